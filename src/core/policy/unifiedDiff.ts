/** The difference of two short texts as `diff -u` prints it; '' when there is none. */
const CONTEXT = 3;
/** Above this many pairs of a line before and a line after, the changed part is one block. */
const MOST_CELLS = 4_000_000;

type Line = readonly [sign: ' ' | '-' | '+', text: string];

export function unifiedDiff(before: string, after: string, name: string): string {
  if (before === after) return '';
  const lines = compared(linesOf(before), linesOf(after));
  const changed = lines.flatMap(([sign], at) => (sign === ' ' ? [] : [at]));
  const hunks: string[] = [];
  for (let at = 0; at < changed.length; ) {
    let end = at;
    while (end + 1 < changed.length && (changed[end + 1] as number) - (changed[end] as number) <= 2 * CONTEXT) end++;
    const [from, to] = [Math.max(0, (changed[at] as number) - CONTEXT), Math.min(lines.length, (changed[end] as number) + CONTEXT + 1)];
    hunks.push(hunk(lines, from, to));
    at = end + 1;
  }
  return `--- ${before === '' ? '/dev/null' : name}\n+++ ${after === '' ? '/dev/null' : name}\n${hunks.join('')}`;
}

function hunk(lines: readonly Line[], from: number, to: number): string {
  const count = (part: readonly Line[], other: '-' | '+') => part.filter(([sign]) => sign !== other).length;
  const [head, body] = [lines.slice(0, from), lines.slice(from, to)];
  const range = (other: '-' | '+') => `${count(head, other) + (count(body, other) > 0 ? 1 : 0)},${count(body, other)}`;
  return `@@ -${range('+')} +${range('-')} @@\n${body.map(([sign, text]) => sign + (text.endsWith('\n') ? text : `${text}\n\\ No newline at end of file\n`)).join('')}`;
}

function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function compared(before: readonly string[], after: readonly string[]): Line[] {
  let [start, tail] = [0, 0];
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  while (tail < before.length - start && tail < after.length - start && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  const same = (part: readonly string[]) => part.map((text): Line => [' ', text]);
  return [...same(before.slice(0, start)), ...middle(before.slice(start, before.length - tail), after.slice(start, after.length - tail)), ...same(before.slice(before.length - tail))];
}

/** By the longest common subsequence. */
function middle(before: readonly string[], after: readonly string[]): Line[] {
  const [rows, columns] = [before.length, after.length];
  if (rows * columns > MOST_CELLS) return [...before.map((text): Line => ['-', text]), ...after.map((text): Line => ['+', text])];
  const lengths = new Uint32Array((rows + 1) * (columns + 1));
  const at = (row: number, column: number) => lengths[row * (columns + 1) + column] ?? 0;
  for (let row = rows - 1; row >= 0; row--) {
    for (let column = columns - 1; column >= 0; column--) lengths[row * (columns + 1) + column] = before[row] === after[column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1));
  }
  const lines: Line[] = [];
  for (let [row, column] = [0, 0]; row < rows || column < columns; ) {
    if (row < rows && column < columns && before[row] === after[column]) {
      lines.push([' ', before[row] as string]);
      row++;
      column++;
    } else if (column >= columns || (row < rows && at(row + 1, column) >= at(row, column + 1))) lines.push(['-', before[row++] as string]);
    else lines.push(['+', after[column++] as string]);
  }
  return lines;
}
