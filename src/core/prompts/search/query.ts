import { wordsOf } from './words.ts';

/** One condition of a query: these words in a row. */
export interface Term {
  readonly words: readonly string[];
  /** The last word may be the beginning of one. */
  readonly isPrefix: boolean;
}

export interface Query {
  readonly terms: readonly Term[];
  readonly excluded: readonly Term[];
  /** Parts without a letter or digit, such as `=>` or an emoji: no word index has them, the text must contain them. */
  readonly literals: readonly string[];
}

/** Half of all words begin with one of few letters: what begins with less than this is not looked for. */
const SHORTEST_PREFIX = 3;

/** `two words` both occur; `"a phrase"`; `-word` does not; the last word, while it is typed, may be a beginning. */
export function parseQuery(text: string): Query {
  const terms: Term[] = [];
  const excluded: Term[] = [];
  const literals: string[] = [];
  for (const match of text.matchAll(/(-?)"([^"]*)"?|\S+/g)) {
    const quoted = match[2] !== undefined;
    const minus = quoted ? match[1] === '-' : /^-[^-\s]/.test(match[0]);
    const content = quoted ? (match[2] ?? '') : minus ? match[0].slice(1) : match[0];
    const words = wordsOf(content);
    const isPrefix = !quoted && !minus && match.index + match[0].length === text.length && (words.at(-1)?.length ?? 0) >= SHORTEST_PREFIX;
    if (words.length > 0) (minus ? excluded : terms).push({ words, isPrefix });
    else if (!minus && content.trim() !== '') literals.push(content.trim());
  }
  return { terms, excluded, literals };
}

/** In the language of FTS4. A quoted phrase has no operators in it. */
export function ftsPhrase({ words, isPrefix }: Term): string {
  return `"${words.join(' ')}${isPrefix ? '*' : ''}"`;
}
