/** What a user types to find notes, in the language of FTS4. */

export const HIT_START = '\ue000';
export const HIT_END = '\ue001';

/** Scripts that are written without spaces: each of their characters is indexed as a word. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu;
const WORD = /[\p{L}\p{N}\p{M}\p{Co}]+/gu;
const SHORTEST_PREFIX = 2;

export function indexable(text: string): string {
  return text.toWellFormed().replace(UNSPACED, ' $& ');
}

/**
 * `two words` both occur; `"a phrase"`; `-word` does not; the last word may be a beginning.
 * @returns undefined when there is no word to look for.
 */
export function ftsQuery(text: string): string | undefined {
  const terms: string[] = [];
  const excluded: string[] = [];
  for (const match of text.slice(0, 1000).matchAll(/(-?)"([^"]*)"?|\S+/g)) {
    const quoted = match[2] !== undefined;
    const minus = quoted ? match[1] === '-' : /^-[^-\s]/.test(match[0]);
    const words = indexable(quoted ? (match[2] ?? '') : match[0]).match(WORD) ?? [];
    if (words.length === 0) continue;
    const isLast = match.index + match[0].length === Math.min(text.length, 1000);
    const prefix = !quoted && !minus && isLast && (words.at(-1)?.length ?? 0) >= SHORTEST_PREFIX ? '*' : '';
    (minus ? excluded : terms).push(`"${words.join(' ')}${prefix}"`);
  }
  return terms.length === 0 ? undefined : [terms.join(' '), ...excluded].join(' NOT ');
}

/** Lines that say something about a note and nothing of it: drawers, keywords, the marks around a frontmatter. */
const ABOUT = /^[ \t]*(?:…[ \t]*)?(?::[\w+-]+:|#\+\w+:|---[ \t]*$)/;

/** What was cut out of a note, in one line. Where something was left out stands `…`. */
export function readableSnippet(cut: string): string {
  const lines = cut.split('\n').map((line) => (ABOUT.test(line.replace(/[\ue000\ue001]/g, '')) ? '…' : line));
  const text = lines.join(' ').replace(/\s+/g, ' ').replace(/…(?: ?…)+/g, '…').trim();
  return text === '…' ? '' : text.replace(/^… /, '…');
}
