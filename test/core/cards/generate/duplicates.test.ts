import assert from 'node:assert/strict';
import { test } from 'node:test';
import { duplicatesOf, normalised } from '../../../../src/core/cards/generate/duplicates.ts';
import { proportionate } from '../../../helpers/proportionate.ts';

const known = [
  ['array-map', 'In JavaScript, what does `Array.prototype.map` return?', 'A new array with the results of calling the function on every element.'],
  ['array-filter', 'In JavaScript, what does `Array.prototype.filter` return?', 'A new array with the elements for which the function returned a truthy value.'],
  ['closure', 'What does a closure capture in JavaScript: the value of a variable or the variable itself?', 'The variable itself; later changes are seen.'],
  ['sm2', 'What is the lowest easiness factor that SM-2 allows?', '1.3'],
  ['rebase', 'When should you not rebase a branch in Git?', 'When others have based work on its commits.'],
  ['eq', 'In JavaScript, what does `==` do that `===` does not?', 'It converts the operands to a common type first.'],
  ['gil', 'Why do threads not speed up CPU-bound Python code?', 'The global interpreter lock lets only one thread run bytecode at a time.'],
  ['kanji', '水はどう読みますか。', 'みず'],
  ['kanji-fire', '火はどう読みますか。', 'ひ'],
  ['cloze', 'In SQL, {{c1::HAVING::keyword}} filters groups after aggregation.', ''],
  ['mutex', 'In Go, what happens when a goroutine locks a sync.Mutex that it already holds?', 'It deadlocks: the mutex is not reentrant.'],
  ['defer', 'In Go, in which order do deferred calls run?', 'Last in, first out.'],
] as const;
const duplicates = duplicatesOf(known.map(([id, question, answer]) => ({ id, question, answer })));

const cases: [question: string, answer: string, expected: string | undefined][] = [
  // The same, written otherwise.
  ['in javascript what does **Array.prototype.map** return', 'x', 'array-map'],
  ['What does Array.prototype.map return in JavaScript?', 'A new array holding the results of the function for every element.', 'array-map'],
  ['What is the lowest easiness factor allowed by SM-2?', '1.3', 'sm2'],
  ['In Git, when should you not rebase a branch?', 'When other people have based work on its commits.', 'rebase'],
  ['Why don’t threads speed up CPU-bound code in Python?', 'Because of the global interpreter lock only one thread runs bytecode at a time.', 'gil'],
  ['In SQL, HAVING filters groups after aggregation', '', 'cloze'],
  ['水はどう読みますか？', 'みず', 'kanji'],
  ['What happens in Go when a goroutine locks a sync.Mutex it already holds?', 'Deadlock, because the mutex is not reentrant.', 'mutex'],
  // Alike, and another question.
  ['In JavaScript, what does `Array.prototype.reduce` return?', 'The accumulated value of the last call.', undefined],
  ['In JavaScript, what does `Array.prototype.flat` return?', 'A new array with sub-arrays concatenated into it.', undefined],
  ['What is the first interval that SM-2 uses?', 'One day', undefined],
  ['In Go, what happens when a goroutine unlocks a sync.Mutex that it does not hold?', 'It panics: unlock of unlocked mutex.', undefined],
  ['木はどう読みますか。', 'き', undefined],
  ['When should you rebase a branch in Git?', 'Before it is shared, to bring it up to date with main.', undefined],
  ['In JavaScript, what does `??` do that `||` does not?', 'It keeps 0 and the empty string.', undefined],
  ['', '', undefined],
];
for (const [question, answer, expected] of cases) {
  test(`${question.slice(0, 60)} → ${expected ?? 'new'}`, () => assert.equal(duplicates.find({ question, answer }), expected));
}

test('without known cards nothing is a duplicate', () => {
  assert.equal(duplicatesOf([]).find({ question: 'What?', answer: 'That.' }), undefined);
});

const normal: [string, string][] = [
  ['## What is `C++`?\n', 'what is c++'],
  ['Ｆｕｌｌ　ｗｉｄｔｈ', 'full width'],
  ['- **bold**, __too__', 'bold too'],
  ['a == b, a === b!', 'a == b a === b'],
];
for (const [text, expected] of normal) {
  test(`normalised ${JSON.stringify(text)}`, () => assert.equal(normalised(text), expected));
}

test('ten thousand known cards are looked through in proportion to their number', () => {
  const many = (n: number) => Array.from({ length: n }, (_, at) => ({ id: String(at), question: `What does the function number ${at} of module ${at % 97} return for an empty list?`, answer: `Result ${at * 7}` }));
  proportionate({
    n: 10_000,
    make: (n) => duplicatesOf(many(n)),
    run: (index) => {
      for (let at = 0; at < 20; at++) index.find({ question: `What does the function number ${at} of module ${at} give for a list?`, answer: 'x' });
    },
  });
});
