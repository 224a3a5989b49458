import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { guessLanguage, languagesOf, languageTag, pickWords, readWordPairs, spokenText, vocabularyDrafts, type WordPair } from '../../../../src/core/cards/vocabulary/index.ts';
import { proportionate } from '../../../helpers/proportionate.ts';

const lines: [line: string, pair: WordPair | undefined][] = [
  ['Hund\tdog', { front: 'Hund', back: 'dog', notes: '' }],
  ['Hund\t\tdog', { front: 'Hund', back: 'dog', notes: '' }],
  ['水\tみず\twater; a first word', { front: '水', back: 'みず', notes: 'water; a first word' }],
  ['Hund = dog', { front: 'Hund', back: 'dog', notes: '' }],
  ['Hund=dog', { front: 'Hund', back: 'dog', notes: '' }],
  ['a=b = equals', { front: 'a=b', back: 'equals', notes: '' }],
  ['chien; dog; le chien dort', { front: 'chien', back: 'dog', notes: 'le chien dort' }],
  ['well-known - bien connu', { front: 'well-known', back: 'bien connu', notes: '' }],
  ['собака — dog', { front: 'собака', back: 'dog', notes: '' }],
  ['كلب = dog', { front: 'كلب', back: 'dog', notes: '' }],
  ['to go - gehen - ging', { front: 'to go', back: 'gehen', notes: 'ging' }],
  ['well-known', undefined],
  ['Hund =', undefined],
  ['just words', undefined],
  [`${'x'.repeat(501)}\tlong`, undefined],
];
for (const [line, pair] of lines) {
  test(`a line: ${JSON.stringify(line.slice(0, 40))}`, () => {
    const { pairs, problems } = readWordPairs(line);
    assert.deepEqual(pairs, pair === undefined ? [] : [pair]);
    assert.deepEqual(problems.map((problem) => problem.line), pair === undefined ? [1] : []);
  });
}

test('a file: mark, comments, blank lines, any line ends, repeats', () => {
  const { pairs, problems } = readWordPairs('\ufeff# German\r\nHund\tdog\r\n\r\nKatze\tcat\rHUND\tDog\nbroken\n');
  assert.deepEqual(pairs.map(({ front }) => front), ['Hund', 'Katze']);
  assert.deepEqual(problems, [{ line: 6, message: 'There is no tab, “=”, “;” or “ - ” with a word on both sides of it.' }]);
});

test('100,000 lines are read in proportion to their number', () => {
  const lines = (n: number) => Array.from({ length: n }, (_, at) => `word ${at} - Wort ${at}`).join('\n');
  assert.equal(readWordPairs(lines(100_000)).pairs.length, 100_000);
  proportionate({ n: 100_000, make: lines, run: readWordPairs });
});

const guesses: [words: string[], language: string | undefined][] = [
  [['水', '火', '食べる'], 'ja'],
  [['水', '火'], 'zh'],
  [['カメラ'], 'ja'],
  [['물', '불'], 'ko'],
  [['вода', 'огонь'], 'ru'],
  [['вода', 'їжа'], 'uk'],
  [['νερό'], 'el'],
  [['ماء'], 'ar'],
  [['پنجره', 'آب'], 'fa'],
  [['מים'], 'he'],
  [['पानी'], 'hi'],
  [['น้ำ'], 'th'],
  [['წყალი'], 'ka'],
  [['Straße', 'Hund'], 'de'],
  [['niño', 'perro'], 'es'],
  [['nước', 'lửa'], 'vi'],
  [['dog', 'cat'], undefined],
  [['dog', 'cat', 'вода (water)', 'огонь'], 'ru'],
  [[], undefined],
];
for (const [words, language] of guesses) {
  test(`the language of ${words.join(', ')}`, () => assert.equal(guessLanguage(words), language));
}

const tags: [string, string | undefined][] = [['de', 'de'], ['PT_br', 'pt-BR'], [' zh-hant-tw ', 'zh-Hant-TW'], ['', undefined], ['no language', undefined], ['x; rm', undefined]];
for (const [tag, expected] of tags) test(`tag ${JSON.stringify(tag)}`, () => assert.equal(languageTag(tag), expected));

test('pairs become cards that know their languages', () => {
  const { drafts, languages } = vocabularyDrafts(readWordPairs('水\tmizu *water*\t1. a [note]\n食べる\tto eat').pairs, { project: 'Japanese', back: 'en' });
  assert.deepEqual(languages, { front: 'ja', back: 'en' });
  assert.deepEqual(drafts[0], { question: '水', answer: 'mizu \\*water\\*', project: 'Japanese', tags: ['vocabulary', 'vocabulary::ja::en'], kind: 'reversed', notes: '\\1. a \\[note\\]' });
  assert.deepEqual(drafts.map(({ tags: own = [] }) => languagesOf({ tags: own })), [languages, languages]);
  assert.equal(spokenText(drafts[0].answer), 'mizu *water*');
  assert.throws(() => vocabularyDrafts([], { project: 'x', front: 'no language' }), { code: 'invalid-input', message: /no language tag/ });
});

const cardTags: [string[], object | undefined][] = [
  [['vocabulary', 'vocabulary::und::de'], { front: undefined, back: 'de' }],
  [['vocabulary'], { front: undefined, back: undefined }],
  [['vocabulary', 'vocabulary::-::!'], { front: undefined, back: undefined }],
  [['other'], undefined],
];
for (const [own, expected] of cardTags) test(`languages of ${own.join(' ')}`, () => assert.deepEqual(languagesOf({ tags: own }), expected));

const spoken: [string, string][] = [
  ['**bold** `code` [link](http://x) ![p](y)', 'bold code link p'],
  ['a\n```js\nx()\n```\nb', 'a b'],
  ['{{c1::Paris::city}} is', 'Paris is'],
  ['2 \\* 3', '2 * 3'],
];
for (const [markdown, expected] of spoken) test(`spoken: ${JSON.stringify(markdown)}`, () => assert.equal(spokenText(markdown), expected));

test('words rest after they were asked, both directions come in turn, and nobody is forgotten', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.string(), fc.integer({ min: 0, max: 20 }), (size, seed, avoid) => {
      const ids = Array.from({ length: size }, (_, at) => `w${at}`);
      const picked = pickWords(ids, { seed, count: size * 12, avoid });
      const apart = Math.min(avoid, Math.floor(size / 2));
      picked.forEach(({ id, direction }, at) => {
        assert.ok(!picked.slice(Math.max(0, at - apart), at).some((before) => before.id === id), 'it rests');
        const before = picked.slice(0, at).findLast((each) => each.id === id);
        assert.notEqual(before?.direction, direction);
      });
      assert.equal(new Set(picked.map(({ id }) => id)).size, size, 'nobody is forgotten');
      assert.equal(picked.length, size * 12);
    }),
    { seed: 21, numRuns: 60 },
  );
});

test('a round goes on from the history, and the same seed picks the same', () => {
  const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
  const history = pickWords(ids, { seed: 'monday', count: 5 });
  const next = pickWords(ids, { seed: 'tuesday', count: 3, history });
  const resting = history.slice(-3).map(({ id }) => id);
  assert.ok(!resting.includes(next[0]!.id));
  assert.deepEqual(pickWords(ids, { seed: 'tuesday', count: 3, history }), next);
  assert.ok(pickWords(ids, { seed: 'x', count: 20, direction: 'forward' }).every(({ direction }) => direction === 'forward'));
  assert.deepEqual(pickWords([], { seed: 'x', count: 3 }), []);
  const orders = new Set(Array.from({ length: 20 }, (_, seed) => pickWords(ids, { seed: String(seed), count: 6 }).map(({ id }) => id).join('')));
  assert.ok(orders.size > 15);
});
