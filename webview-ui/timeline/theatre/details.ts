/** Whole prompts, fetched when they come near, forgotten when they are far. */
import type { PromptDetail } from '../../../src/protocol/timeline.ts';
import type { PromptSource } from '../source.ts';

const kept = 12;

export class Details {
  readonly #source: PromptSource;
  readonly #asked = new Map<number, Promise<PromptDetail>>();

  constructor(source: PromptSource) {
    this.#source = source;
  }

  get(id: number): Promise<PromptDetail> {
    const known = this.#asked.get(id);
    if (known) return known;
    const asked = this.#source.prompt(id);
    this.#asked.set(id, asked);
    // What failed may go better the next time.
    asked.catch(() => this.#asked.delete(id));
    for (const old of this.#asked.keys()) {
      if (this.#asked.size <= kept) break;
      this.#asked.delete(old);
    }
    return asked;
  }

  /** A note or a text may be different now. */
  forget(): void {
    this.#asked.clear();
  }
}
