/** The user's prompts, open while somebody needs them. */
import type { Prompts } from '../../../adapters/node/prompts/prompts.ts';

export interface Held {
  readonly prompts: Promise<Prompts>;
  /** To be called when they are no longer needed; more than once does no harm. */
  readonly release: () => void;
}

/**
 * Opens the prompts for the first who asks, and closes them, which gives their memory back, with the
 * last who lets go. There is never more than one set open.
 */
export class OpenPrompts {
  readonly #open: () => Promise<Prompts>;
  #holders = 0;
  #opened: Promise<Prompts> | undefined;
  #closing: Promise<void> = Promise.resolve();

  constructor(open: () => Promise<Prompts>) {
    this.#open = open;
  }

  hold(): Held {
    this.#holders++;
    const prompts = (this.#opened ??= this.#closing.then(this.#open));
    prompts.catch(() => {
      // The next one tries again.
      if (this.#opened === prompts) this.#opened = undefined;
    });
    let held = true;
    return {
      prompts,
      release: () => {
        if (!held) return;
        held = false;
        if (--this.#holders === 0) this.#close();
      },
    };
  }

  async use<T>(work: (prompts: Prompts) => Promise<T>): Promise<T> {
    const { prompts, release } = this.hold();
    try {
      return await work(await prompts);
    } finally {
      release();
    }
  }

  /** Resolved when all that was opened and let go is closed. */
  closed(): Promise<void> {
    return this.#closing;
  }

  #close(): void {
    const opened = this.#opened;
    this.#opened = undefined;
    if (opened) this.#closing = this.#closing.then(async () => (await opened.catch(() => undefined))?.dispose());
  }
}
