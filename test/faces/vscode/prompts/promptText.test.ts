import assert from 'node:assert/strict';
import { test } from 'node:test';
import { absolute } from '../../../../src/faces/vscode/prompts/paths.ts';
import { count, factsOf, lineOf, nameOfProject } from '../../../../src/faces/vscode/prompts/promptText.ts';

const lines: [text: string, shown: string][] = [
  ['one\n\n two\tthree ', 'one two three'],
  ['$(trash) [a](command:b)', '$\u200b(trash) [a]\u200b(command:b)'],
  ['\u202eright\u202c to\u200b left', 'right to left'],
  ['x'.repeat(200), `${'x'.repeat(109)}…`],
  [`${'x'.repeat(108)}👨‍👩‍👧 end of it`, `${'x'.repeat(108)}…`],
];
for (const [text, shown] of lines) {
  test(`a line of ${JSON.stringify(text.slice(0, 20))}`, () => assert.equal(lineOf(text), shown));
}

test('facts, names and numbers', () => {
  const now = Date.now();
  assert.equal(factsOf({ at: now - 5 * 60_000, rating: 4, project: '/repos/shop' }, now), 'shop · 5 m · ★★★★☆');
  assert.equal(factsOf({ at: now, rating: 0, project: '' }, now), 'now');
  assert.equal(nameOfProject('C:\\work\\shop\\'), 'shop');
  assert.deepEqual([count(1, 'prompt'), count(1234, 'prompt')], ['1 prompt', '1,234 prompts']);
});

test('paths of settings', () => {
  assert.deepEqual(['~', '~/notes', ' notes ', '/else'].map((path) => absolute('/home/u', path)), ['/home/u', '/home/u/notes', '/home/u/notes', '/else']);
});
