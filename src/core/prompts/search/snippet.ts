import type { Query, Term } from './query.ts';
import { isUnspaced } from './words.ts';

/** Around hits in a snippet: characters that no text has a use for. */
export const HIT_START = '\ue000';
export const HIT_END = '\ue001';

const LONGEST = 240;
/** A hit further on in a text is not shown. */
const LOOKED_THROUGH = 100_000;
/** So much is shown before the first hit. */
const BEFORE = 60;

/** Makes snippets for a query: the stretch of a text around its first hit, on one line, with the hits marked. */
export function snippetsFor({ terms, literals }: Query): (text: string) => string {
  const parts = [...terms.map(patternOf), ...literals.map(escaped)];
  const pattern = parts.length === 0 ? undefined : new RegExp(parts.join('|'), 'giu');
  return (text) => {
    const plain = text.slice(0, LOOKED_THROUGH).replace(/[\s\u0000-\u001f\u007f-\u009f\ue000\ue001]+/g, ' ').trim();
    if (pattern === undefined) return cut(plain, 0);
    const first = plain.search(pattern);
    const start = first <= BEFORE ? 0 : plain.indexOf(' ', first - BEFORE) + 1 || first - BEFORE;
    return cut(plain, Math.min(start, Math.max(first, 0))).replace(pattern, (hit) => `${HIT_START}${hit}${HIT_END}`);
  };
}

function cut(text: string, start: number): string {
  const end = start + LONGEST;
  const stretch = text.slice(start, end).replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '');
  return `${start > 0 ? '…' : ''}${stretch}${end < text.length ? '…' : ''}`;
}

function patternOf({ words, isPrefix }: Term): string {
  const spaced = !words.some(isUnspaced);
  const between = spaced ? '[^\\p{L}\\p{N}]+' : '[^\\p{L}\\p{N}]*';
  const body = words.map(escaped).join(between);
  return spaced ? `(?<![\\p{L}\\p{N}])${body}${isPrefix ? '[\\p{L}\\p{N}\\p{M}]*' : '(?![\\p{L}\\p{N}])'}` : body;
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
