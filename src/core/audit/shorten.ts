/** Long texts, with their secrets taken out before they are cut: half a secret would not be known for one. */

/** Of longer texts no more is looked at. */
const MOST_LOOKED_AT = 16 * 1024;
const MOST_FIELD = 200;
const MOST_FIELDS = 40;
const MOST_INPUT = 2000;
const MOST_DEPTH = 6;

/** @param most Characters that are kept. */
export function shortened(redact: (text: string) => string, text: string, most: number): string {
  const safe = redact(text.slice(0, Math.max(MOST_LOOKED_AT, most)));
  const cut = safe.length > most || text.length > MOST_LOOKED_AT;
  return cut ? `${wholeCharacters(safe.slice(0, most))}… (${text.length} characters)` : safe;
}

/** A tool's input as JSON: each text is shortened by itself, so that small fields after a long one are still there. */
export function shortInput(redact: (text: string) => string, input: unknown): string | undefined {
  if (input === undefined) return undefined;
  const json = JSON.stringify(small(redact, input, 0)) as string | undefined;
  // Once more as a whole: what a field's name gives away, such as "password", is seen only now.
  return json === undefined ? undefined : shortened(redact, json, MOST_INPUT);
}

function small(redact: (text: string) => string, value: unknown, depth: number): unknown {
  if (typeof value === 'string') return shortened(redact, value, MOST_FIELD);
  if (typeof value !== 'object' || value === null) return value;
  if (depth === MOST_DEPTH) return '…';
  if (Array.isArray(value)) {
    const kept = (value as unknown[]).slice(0, MOST_FIELDS).map((item) => small(redact, item, depth + 1));
    return value.length > MOST_FIELDS ? [...kept, `… (${value.length} in all)`] : kept;
  }
  const entries = Object.entries(value);
  const kept = entries.slice(0, MOST_FIELDS).map(([name, item]) => [name.slice(0, 100), small(redact, item, depth + 1)]);
  return Object.fromEntries(entries.length > MOST_FIELDS ? [...kept, ['…', `${entries.length} in all`]] : kept) as unknown;
}

/** Without the half of a character that was cut in two. */
function wholeCharacters(text: string): string {
  const last = text.charCodeAt(text.length - 1);
  return last >= 0xd800 && last <= 0xdbff ? text.slice(0, -1) : text;
}
