import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseQuickInput } from '../../../../src/core/review/model.ts';
import { quickInputHint, toQuickInput } from '../../../../src/faces/vscode/review/quickInput.ts';

const hints: [input: string, hint: string | undefined, wrong?: boolean][] = [
  ['', undefined],
  ['   ', undefined],
  ['Close the file', 'Should'],
  ['! Close the file #io #perf', 'Must · #io · #perf'],
  ['?why', 'Question'],
  ['~ spelling', 'Nit'],
  ['!', 'Go on: what should change?', true],
  ['! #io', 'Go on: what should change?', true],
];
for (const [input, hint, wrong = false] of hints) {
  test(`typed: ${JSON.stringify(input)}`, () => assert.deepEqual(quickInputHint(input), hint === undefined ? undefined : { message: hint, wrong }));
}

test('a comment to edit looks as it was typed', () => {
  for (const typed of ['Close the file', '! Close the file #io #perf', '? why #c-2', '~ spelling']) assert.equal(toQuickInput(parseQuickInput(typed)), typed);
});
