import type { Secret } from './redact.ts';
import { looksRandom } from './redactLooks.ts';

/** Tokens are at least so long; longer runs are encoded data. */
const SHORTEST = 28;
const LONGEST = 128;

/** 1: may stand in a token; 2: ends none, for what it touches is a path, a host or base64. */
const kinds = new Uint8Array(128);
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-') kinds[character.charCodeAt(0)] = 1;
for (const character of '+/=.') kinds[character.charCodeAt(0)] = 2;

/** Runs of letters and digits that look random. Written out, because it looks at every character of every text. */
export function* randomRuns(text: string): Iterable<Secret> {
  let start = 0;
  for (let at = 0; at <= text.length; at++) {
    const unit = at < text.length ? text.charCodeAt(at) : 0;
    if (unit < 128 && kinds[unit] === 1) continue;
    const length = at - start;
    if (length >= SHORTEST && length <= LONGEST && isFree(text, start, at) && looksRandom(text.slice(start, at))) yield { kind: 'token', start, end: at };
    start = at + 1;
  }
}

/** A full stop behind it may end the sentence. */
function isFree(text: string, start: number, end: number): boolean {
  const [before, after] = [text.charCodeAt(start - 1), text.charCodeAt(end)];
  return kinds[before] !== 2 && (kinds[after] !== 2 || text[end] === '.');
}
