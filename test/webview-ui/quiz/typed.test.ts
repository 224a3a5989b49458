import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compareTyped, isRight } from '../../../webview-ui/quiz/typed.ts';

const marks = { same: '', missing: '-', extra: '+' } as const;
/** `[-missing]` was left out, `[+extra]` was too much. */
const shown = (expected: string, typed: string) => compareTyped(expected, typed).map(({ text, kind }) => (kind === 'same' ? text : `[${marks[kind]}${text}]`)).join('');

const cases: { expected: string; typed: string; shown: string }[] = [
  { expected: 'receive', typed: 'recieve', shown: 'rec[-e]i[+e]ve' },
  { expected: 'Promise.all', typed: 'promise.al', shown: 'Promise.al[-l]' },
  { expected: 'der  Baum', typed: ' der Baum ', shown: 'der Baum' },
  { expected: 'naïve', typed: 'naïve', shown: 'naïve' },
  { expected: '日本語', typed: '日本', shown: '日本[-語]' },
  { expected: '👩‍👩‍👧', typed: '👩', shown: '[-👩‍👩‍👧][+👩]' },
  { expected: 'abc', typed: '', shown: '[-abc]' },
];
for (const { expected, typed, shown: wanted } of cases) {
  test(`${JSON.stringify(typed)} for ${JSON.stringify(expected)}`, () => assert.equal(shown(expected, typed), wanted));
}

test('only case and spaces may differ', () => {
  assert(isRight('A  Promise', 'a promise'));
  assert(!isRight('a promise', 'a promises'));
});

test('a very long answer is compared as a whole, at once', () => {
  const long = 'x'.repeat(200_000);
  assert.deepEqual(compareTyped(long, 'y'), [{ text: 'y', kind: 'extra' }, { text: long, kind: 'missing' }]);
});

test('what is the same or missing is what was expected; what is the same or extra was typed', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 30 }).map((value) => value.normalize('NFC').trim().replace(/\s+/gu, ' '));
  fc.assert(
    fc.property(text, text, (expected, typed) => {
      const segments = compareTyped(expected, typed);
      const joined = (...kinds: string[]) => segments.filter(({ kind }) => kinds.includes(kind)).map(({ text }) => text).join('');
      assert.equal(joined('same', 'missing'), expected);
      assert.equal(joined('same', 'extra').toLowerCase(), typed.toLowerCase());
    }),
    { seed: 5 },
  );
});
