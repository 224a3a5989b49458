/** Text as every program can hold it: well-formed, and without NUL, which ends a text in C (it becomes U+FFFD). */
export function storable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\ufffd');
}

/** The same with line feeds only. */
export function normalLines(text: string): string {
  return storable(text).replace(/\r\n?/g, '\n');
}

/** On one line: control characters and line ends become single spaces. */
export function oneLine(text: string): string {
  return storable(text).replace(/[\s\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').trim();
}

/** The first `count` characters (code points), `...` behind them when there are more, as the original cuts. */
export function cutTo(count: number, text: string): string {
  // A code point has at most two units, so the rest need not be looked at.
  const start = Array.from(text.slice(0, 2 * count + 2));
  return start.length > count ? `${start.slice(0, count).join('')}...` : text;
}
