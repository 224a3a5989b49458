/** Search within the page: words that all occur, the last may be a beginning; "a phrase"; -word excludes. */

export interface Query {
  readonly wanted: readonly RegExp[];
  readonly unwanted: readonly RegExp[];
}

export function parseQuery(text: string): Query {
  const wanted: RegExp[] = [];
  const unwanted: RegExp[] = [];
  const parts = [...text.matchAll(/(-?)(?:"([^"]*)"?|(\S+))/gu)];
  parts.forEach(([, minus, phrase, word], i) => {
    const letters = words(phrase ?? word ?? '');
    if (letters.length === 0) return;
    const open = phrase === undefined && i === parts.length - 1 && !minus;
    (minus ? unwanted : wanted).push(pattern(letters, open));
  });
  return { wanted, unwanted };
}

const words = (text: string): string[] => text.match(/[\p{L}\p{N}_]+/gu) ?? [];

/** Words in a row, whatever stands between them that is no letter. */
function pattern(letters: readonly string[], open: boolean): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}_])${letters.join('[^\\p{L}\\p{N}_]+')}${open ? '[\\p{L}\\p{N}_]*' : '(?![\\p{L}\\p{N}_])'}`, 'iu');
}

export function matches({ wanted, unwanted }: Query, text: string): boolean {
  return wanted.every((one) => one.test(text)) && !unwanted.some((one) => one.test(text));
}

const around = 60;

/** The neighbourhood of the first hit; every hit in it stands between U+E000 and U+E001. */
export function snippet({ wanted }: Query, text: string): string {
  const clean = text.replace(/[\uE000\uE001]/g, '');
  const first = Math.min(...wanted.map((one) => one.exec(clean)?.index ?? Infinity));
  const start = Number.isFinite(first) ? wordStart(clean, Math.max(0, first - around), first) : 0;
  const cut = wholeLetters(clean, start, start + 4 * around);
  const all = wanted.length === 0 ? undefined : new RegExp(wanted.map((one) => one.source).join('|'), 'giu');
  const hits = all ? cut.replace(all, (hit) => `\uE000${hit}\uE001`) : cut;
  return `${start > 0 ? '…' : ''}${hits}${start + 4 * around < clean.length ? '…' : ''}`.replace(/\s+/g, ' ');
}

/** The next word that begins between the two places, or the first place when none does. */
function wordStart(text: string, from: number, to: number): number {
  if (from === 0) return 0;
  const space = text.slice(from, to).search(/\s\S/);
  return space < 0 ? from : from + space + 1;
}

/** A cut that halves no surrogate pair. */
function wholeLetters(text: string, from: number, to: number): string {
  return text.slice(from, to).replace(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g, '');
}
