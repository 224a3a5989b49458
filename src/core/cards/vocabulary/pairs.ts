/** Word pairs as people write them down: one a line. */

export interface WordPair {
  readonly front: string;
  readonly back: string;
  /** An example or a remark; empty: none. */
  readonly notes: string;
}

export interface ReadPairs {
  readonly pairs: readonly WordPair[];
  /** Lines that are no pair, 1-based. */
  readonly problems: readonly { readonly line: number; readonly message: string }[];
}

/** Longer than any word or saying. */
const maxSide = 500;

/**
 * What may stand between the sides, surest first: the first one that a line has counts for it. A
 * hyphen or an equals sign inside a word is part of the word, so the hyphen needs blanks around it.
 */
const separators: readonly RegExp[] = [/\t+/, /\s+=>?\s+|\s+→\s+/, /=/, /\s*;\s*/, /\s+[-–—]\s+/];

/**
 * Reads pairs with a tab, `=`, `;` or ` - ` between the sides, and a remark behind a second one.
 * Empty lines and lines that begin with `#` are passed over; a pair that was there before is, too.
 */
export function readWordPairs(text: string): ReadPairs {
  const pairs: WordPair[] = [];
  const problems: { line: number; message: string }[] = [];
  const seen = new Set<string>();
  text.replace(/^\ufeff/, '').split(/\r\n?|\n/).forEach((content, at) => {
    if (content.trim() === '' || content.trimStart().startsWith('#')) return;
    const sides = sidesOf(content.normalize('NFC'));
    if (typeof sides === 'string') {
      problems.push({ line: at + 1, message: sides });
      return;
    }
    const [front, back, notes] = sides;
    const key = `${front}\t${back}`.toLowerCase();
    if (seen.has(key)) return;
    seen.add(key);
    pairs.push({ front, back, notes });
  });
  return { pairs, problems };
}

/** @returns Front, back and remark, or a sentence that says what is wrong with the line. */
function sidesOf(line: string): [string, string, string] | string {
  for (const separator of separators) {
    const first = separator.exec(line);
    if (first === null) continue;
    const front = line.slice(0, first.index).trim();
    const rest = line.slice(first.index + first[0].length);
    const second = separator.exec(rest);
    const back = (second === null ? rest : rest.slice(0, second.index)).trim();
    const notes = second === null ? '' : rest.slice(second.index + second[0].length).trim();
    if (front === '' || back === '') continue;
    return Math.max(front.length, back.length, notes.length) > maxSide ? `One side is longer than ${maxSide} characters.` : [front, back, notes];
  }
  return 'There is no tab, “=”, “;” or “ - ” with a word on both sides of it.';
}
