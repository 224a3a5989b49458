/** The word index: FTS4 without the texts, by the prompts' ids. */
import type { Database } from '../../ports/database.ts';
import { ftsPhrase, type Query, type Term } from './query.ts';
import { indexable } from './words.ts';

/** Raise it when texts are indexed in another way: older indexes are then built again. */
export const FULL_TEXT_VERSION = 1;
export const fullTextSchema = `CREATE VIRTUAL TABLE prompts_words USING fts4(content="", text, tokenize=unicode61)`;

/** BM25 with the constants that everybody uses (Robertson and Zaragoza, 2009). */
const K1 = 1.2;
const B = 0.75;

export class FullText {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Ids rise from call to call. In one transaction for many calls, less is written twice. */
  add(prompts: Iterable<{ readonly id: number; readonly text: string }>): void {
    for (const { id, text } of prompts) this.#db.run('INSERT INTO prompts_words (docid, text) VALUES (?, ?)', [id, indexable(text)]);
  }

  /** The ids of all prompts that have all the terms and none of the excluded ones, rising; undefined: the query asks for no word. */
  ids({ terms, excluded }: Query): Uint32Array | undefined {
    if (terms.length === 0) return undefined;
    const found = this.#match(terms.map(ftsPhrase).join(' '));
    if (excluded.length === 0 || found.length === 0) return found;
    return this.without(found, excluded);
  }

  /** Those of the ids whose prompts have none of the terms. */
  without(ids: Uint32Array, excluded: readonly Term[]): Uint32Array {
    const out = new Uint8Array((ids.at(-1) ?? 0) + 1);
    for (const term of excluded) for (const id of this.#match(ftsPhrase(term))) out[id] = 1;
    return ids.filter((id) => out[id] === 0);
  }

  /** How well each prompt fits the terms (BM25), by its id. */
  scores({ terms }: Query): ReadonlyMap<number, number> {
    const rows = this.#db.all("SELECT docid, matchinfo(prompts_words, 'pcnalx') AS info FROM prompts_words WHERE prompts_words MATCH ?", [terms.map(ftsPhrase).join(' ')]);
    return new Map(rows.map((row) => [Number(row['docid']), bm25(row['info'] as Uint8Array)]));
  }

  /** One text of all ids crosses the border to SQLite quicker than a row for each. */
  #match(match: string): Uint32Array {
    const [row] = this.#db.all('SELECT group_concat(docid) AS ids FROM (SELECT docid FROM prompts_words WHERE prompts_words MATCH ? ORDER BY docid)', [match]);
    return typeof row?.['ids'] === 'string' ? numbersOf(row['ids']) : typeof row?.['ids'] === 'number' ? Uint32Array.of(row['ids']) : new Uint32Array(0);
  }
}

function numbersOf(list: string): Uint32Array {
  const numbers = new Uint32Array(list.length / 2 + 1);
  let count = 0;
  let number = 0;
  for (let i = 0; i < list.length; i++) {
    const unit = list.charCodeAt(i);
    if (unit === 44) {
      numbers[count++] = number;
      number = 0;
    } else number = number * 10 + unit - 48;
  }
  numbers[count++] = number;
  return numbers.slice(0, count);
}

/** @param info `matchinfo` with `pcnalx`, for one column: 32-bit words in the machine's order. */
function bm25(info: Uint8Array): number {
  const words = new Uint32Array(info.slice().buffer);
  const [phrases = 0, , total = 0, average = 0, length = 0] = words;
  let score = 0;
  for (let phrase = 0; phrase < phrases; phrase++) {
    const hits = words[5 + 3 * phrase] ?? 0;
    const prompts = words[7 + 3 * phrase] ?? 0;
    const rarity = Math.log(1 + (total - prompts + 0.5) / (prompts + 0.5));
    score += (rarity * hits * (K1 + 1)) / (hits + K1 * (1 - B + (B * length) / Math.max(1, average)));
  }
  return score;
}
