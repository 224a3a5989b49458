import { parseKey } from './identity.ts';
import type { PromptIndex } from './promptIndex.ts';
import type { PromptMark } from './store.ts';

/** Ratings and notes by row. */
export class Marks {
  /** 0 is unrated. Rows beyond its end are unrated. */
  readonly rating: Uint8Array;
  readonly notes = new Map<number, string>();
  /** The key under which a prompt was marked; a new mark takes the same, so that one prompt has one. */
  readonly keys = new Map<number, string>();
  /** How many belong to prompts that the index does not have. */
  readonly unknown: number;

  /** @param marks Of two that mean the same prompt, the later counts. */
  constructor(index: PromptIndex, marks: readonly PromptMark[]) {
    this.rating = new Uint8Array(index.table.count);
    let unknown = 0;
    for (const mark of marks) {
      const key = parseKey(mark.key);
      const row = key && index.rowOf(key);
      if (row === undefined) {
        unknown += 1;
        continue;
      }
      this.keys.set(row, mark.key);
      this.rating[row] = mark.rating;
      if (mark.note === undefined) this.notes.delete(row);
      else this.notes.set(row, mark.note);
    }
    this.unknown = unknown;
  }
}
