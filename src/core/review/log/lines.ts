/** Lines as spans, and the few questions about blanks that Org's grammar asks. A blank is a space or a tab. */

export interface Line {
  readonly start: number;
  /** Without the line break. */
  readonly end: number;
  /** Start of the next line. */
  readonly next: number;
}

const tab = 9;
const newline = 10;
const carriageReturn = 13;
const space = 32;
const star = 42;

/** The line at `start`, cut off at `limit`. */
export function lineAt(text: string, start: number, limit: number): Line {
  const found = text.indexOf('\n', start);
  if (found < 0 || found >= limit) return { start, end: limit, next: limit };
  const end = found > start && text.charCodeAt(found - 1) === carriageReturn ? found - 1 : found;
  return { start, end, next: found + 1 };
}

/** The index of the first character in `[start, end)` that is no blank, else `end`. */
export function skipBlanks(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && isBlankCode(text.charCodeAt(at))) at++;
  return at;
}

/** The end of `[start, end)` without the blanks at its end. */
export function skipBlanksBack(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && isBlankCode(text.charCodeAt(at - 1))) at--;
  return at;
}

export function isBlank(line: string): boolean {
  return skipBlanks(line, 0, line.length) === line.length;
}

function isBlankCode(code: number): boolean {
  return code === space || code === tab;
}

/** The columns of blank space that a line begins with; a tab goes to the next multiple of eight, as in Emacs. */
export function indentOf(line: string): number {
  let columns = 0;
  for (let i = 0; i < line.length; i++) {
    const code = line.charCodeAt(i);
    if (code === space) columns++;
    else if (code === tab) columns += 8 - (columns % 8);
    else break;
  }
  return columns;
}

/** The line without its first `columns` columns of blank space, or without as many as it has. */
export function dropIndent(line: string, columns: number): string {
  let at = 0;
  for (let done = 0; done < columns && at < line.length; at++) {
    const code = line.charCodeAt(at);
    if (code === space) done++;
    else if (code === tab) done += 8 - (done % 8);
    else break;
  }
  return line.slice(at);
}

/** The start of the first headline (stars, then a space, at column 0) at or after `from`, else -1. `from` begins a line. */
export function nextHeadline(text: string, from: number): number {
  let start = text.charCodeAt(from) === star ? from : following(text, from);
  while (start >= 0) {
    const afterStars = skipStars(text, start);
    if (text.charCodeAt(afterStars) === space) return start;
    start = following(text, afterStars);
  }
  return -1;
}

/** The index after the stars at `start`. */
export function skipStars(text: string, start: number): number {
  let at = start;
  while (text.charCodeAt(at) === star) at++;
  return at;
}

function following(text: string, from: number): number {
  const found = text.indexOf('\n*', from);
  return found < 0 ? -1 : found + 1;
}

/** The edit text that puts whole lines at `at`, also after a last line that has no line break. */
export function wholeLines(text: string, at: number, eol: string, lines: readonly string[]): string {
  const unfinished = at > 0 && text.charCodeAt(at - 1) !== newline;
  return lines.map((line) => (unfinished ? eol + line : line + eol)).join('');
}
