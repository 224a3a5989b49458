import type { WordCount } from '../model.ts';
import { stopWords } from './stopWords.ts';
import { isTechnical } from './technical.ts';

/** A word: letters and digits, and what may stand inside of one, as in `don't`, `snake_case`, `node.js`, `src/core`, `--flag`. */
const WORD = /[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}_]|['’.\-/+#](?=[\p{L}\p{N}_]))*[+#]{0,2}/gu;
/** The same where all is ASCII, three times as quick. */
const ASCII_WORD = /[A-Za-z0-9](?:[A-Za-z0-9_]|['.\-/+#](?=[A-Za-z0-9_]))*[+#]{0,2}/g;
const ASCII = /^[\u0000-\u007f]*$/;
const LONGEST = 40;
/** What clients put in for pasted text and images. */
const PUT_IN = /\[[^\]\n]{0,20} #\d+[^\]\n]{0,20}\]/g;

/** Counts words over many texts. A word is counted once for each time it stands there. */
export class WordCounter {
  readonly #technical: boolean;
  /** As they are written; what is done for each occurrence is done a hundred times as often as what is done for each word. */
  readonly #counts = new Map<string, number>();

  /** @param technical Only words of programming. */
  constructor(technical: boolean) {
    this.#technical = technical;
  }

  add(text: string): void {
    const own = text.includes(' #') ? text.replace(PUT_IN, ' ') : text;
    for (const word of own.match(ASCII.test(own) ? ASCII_WORD : WORD) ?? []) this.#counts.set(word, (this.#counts.get(word) ?? 0) + 1);
  }

  /** The most frequent ones, most frequent first. Technical words as they are mostly written, others in lower case. */
  top(limit: number): readonly WordCount[] {
    const words = new Map<string, { count: number; spelling: string; most: number }>();
    for (const [written, count] of this.#counts) {
      if (written.length < 2 || written.length > LONGEST) continue;
      const lower = written.toLowerCase();
      if (this.#technical ? !isTechnical(written, lower) : stopWords.has(lower) || /^[\p{N}.\-/]+$/u.test(lower)) continue;
      const word = words.get(lower);
      if (word === undefined) {
        words.set(lower, { count, spelling: written, most: count });
        continue;
      }
      word.count += count;
      if (count > word.most) Object.assign(word, { spelling: written, most: count });
    }
    return [...words]
      .sort(([a, x], [b, y]) => y.count - x.count || (a < b ? -1 : 1))
      .slice(0, limit)
      .map(([lower, { count, spelling }]) => ({ word: this.#technical ? spelling : lower, count }));
  }
}
