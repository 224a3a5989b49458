import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { LineRange, TextChange } from '../../../../src/core/review/anchor/index.ts';
import { followEdits } from '../../../../src/core/review/anchor/index.ts';

const change = (startLine: number, startCharacter: number, endLine: number, endCharacter: number, text: string): TextChange => ({
  range: { start: { line: startLine, character: startCharacter }, end: { line: endLine, character: endCharacter } },
  text,
});

/** Lines 4 to 6 (1-based) of a text whose lines are ten characters long. */
const cases: readonly { name: string; changes: readonly TextChange[]; expected: LineRange | undefined }[] = [
  { name: 'typing above', changes: [change(0, 3, 0, 3, 'abc')], expected: { start: 4, end: 6 } },
  { name: 'Enter above', changes: [change(0, 10, 0, 10, '\n')], expected: { start: 5, end: 7 } },
  { name: 'Enter at the end of the line above', changes: [change(2, 10, 2, 10, '\n  ')], expected: { start: 5, end: 7 } },
  { name: 'whole lines pasted right above', changes: [change(3, 0, 3, 0, 'x\ny\n')], expected: { start: 6, end: 8 } },
  { name: 'CRLF pasted right above', changes: [change(3, 0, 3, 0, 'x\r\ny\r\n')], expected: { start: 6, end: 8 } },
  { name: 'the line above deleted', changes: [change(2, 0, 3, 0, '')], expected: { start: 3, end: 5 } },
  { name: 'joined with the line above', changes: [change(2, 10, 3, 0, '')], expected: { start: 3, end: 5 } },
  { name: 'Enter within', changes: [change(4, 5, 4, 5, '\n')], expected: { start: 4, end: 7 } },
  { name: 'a line within deleted', changes: [change(4, 0, 5, 0, '')], expected: { start: 4, end: 5 } },
  { name: 'the first line deleted', changes: [change(3, 0, 4, 0, '')], expected: { start: 4, end: 5 } },
  { name: 'the last line deleted', changes: [change(5, 0, 6, 0, '')], expected: { start: 4, end: 5 } },
  { name: 'deleted from above into it', changes: [change(1, 0, 4, 0, '')], expected: { start: 2, end: 3 } },
  { name: 'deleted from within to below', changes: [change(5, 0, 8, 0, '')], expected: { start: 4, end: 5 } },
  { name: 'the last lines replaced by others', changes: [change(4, 0, 6, 0, 'x\ny\nz\n')], expected: { start: 4, end: 7 } },
  { name: 'Enter at its end', changes: [change(5, 10, 5, 10, '\n')], expected: { start: 4, end: 6 } },
  { name: 'typing below', changes: [change(6, 0, 6, 0, 'x\ny\n')], expected: { start: 4, end: 6 } },
  { name: 'deleted as a whole', changes: [change(3, 0, 6, 0, '')], expected: undefined },
  { name: 'the whole document replaced', changes: [change(0, 0, 9, 10, 'anything')], expected: undefined },
  { name: 'two cursors, in either order', changes: [change(0, 0, 0, 0, 'a\n'), change(2, 0, 2, 0, 'b\n')], expected: { start: 6, end: 8 } },
  { name: 'two cursors, bottom first', changes: [change(2, 0, 2, 0, 'b\n'), change(0, 0, 0, 0, 'a\n')], expected: { start: 6, end: 8 } },
];
for (const { name, changes, expected } of cases) {
  test(`following: ${name}`, () => {
    assert.deepEqual(followEdits({ start: 4, end: 6 }, changes), expected);
  });
}

/** A text as characters that know whether they stood in the range: the model that says what is left of it. */
type Character = readonly [text: string, inRange: boolean];

function offsetOf(text: readonly Character[], line: number, character: number): number {
  let at = 0;
  for (let n = 0; n < line; n++) at = text.findIndex(([c], i) => i >= at && c === '\n') + 1;
  return at + character;
}

function linesWithMark(text: readonly Character[]): LineRange | undefined {
  let line = 1;
  const marked: number[] = [];
  for (const [c, inRange] of text) {
    if (inRange) marked.push(line);
    if (c === '\n') line++;
  }
  return marked.length === 0 ? undefined : { start: marked[0]!, end: marked.at(-1)! };
}

test('following agrees with a model of marked characters', () => {
  const count = 8;
  const position = fc.record({ line: fc.nat(count - 1), character: fc.nat(4) });
  const edit = fc.record({ one: position, other: position, text: fc.constantFrom('', 'x', '\n', 'x\n', 'x\ny', '\nx\n', 'x\ny\nz\n') });
  fc.assert(fc.property(edit, fc.nat(count - 1), fc.nat(3), ({ one, other, text }, from, length) => {
    const range = { start: from + 1, end: Math.min(count, from + 1 + length) };
    const [start, end] = [one, other].sort((x, y) => x.line - y.line || x.character - y.character) as [typeof one, typeof one];
    const before = Array.from({ length: count }, (_, i) => ['a', 'b', 'c', 'd', ...(i < count - 1 ? ['\n'] : [])].map((c): Character => [c, i + 1 >= range.start && i + 1 <= range.end])).flat();
    const at = offsetOf(before, start.line, start.character);
    const to = offsetOf(before, end.line, end.character);
    const after: Character[] = [...before.slice(0, at), ...Array.from(text, (c): Character => [c, false]), ...before.slice(to)];
    const expected = linesWithMark(after);
    const actual = followEdits(range, [{ range: { start, end }, text }]);
    const insertedTo = start.line + 1 + text.split('\n').length - 1;
    if (!expected) {
      // Nothing is left; what replaced a part of a line may still stand for it.
      if (actual) assert.ok(actual.start >= start.line + 1 && actual.end <= insertedTo);
      return;
    }
    assert.ok(actual);
    // A last line that is split keeps its first part only: the edit event does not tell a split from a new line.
    const splitsLast = at === to && start.line + 1 === range.end && text.includes('\n') && start.character > 0;
    assert.ok(actual.start <= expected.start && (splitsLast || actual.end >= expected.end), JSON.stringify({ actual, expected }));
    // Only new text may make it larger than the model's.
    if (actual.start < expected.start) assert.ok(actual.start >= start.line + 1 && expected.start <= insertedTo);
    if (actual.end > expected.end) assert.ok(actual.end <= insertedTo);
  }), { seed: 4711, numRuns: 3000 });
});
