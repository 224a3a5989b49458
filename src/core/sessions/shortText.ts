/** Of a text of which only a line is shown, more than this is not even looked at. */
const LOOKED_AT = 4000;

/**
 * A text as one line that is safe to show anywhere: control characters, invisible direction marks
 * and runs of white space become one space, lone surrogates U+FFFD; cut with an ellipsis.
 * @param max In characters (code points).
 */
export function shortLine(text: string, max = 120): string {
  const line = text
    .slice(0, LOOKED_AT)
    .replace(/[\s\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]+/g, ' ')
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
    .trim();
  if (line.length <= max) return line;
  const characters = Array.from(line);
  return characters.length <= max ? line : `${characters.slice(0, max - 1).join('').trimEnd()}…`;
}
