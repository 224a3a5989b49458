/** Times are told apart to the millisecond; so many words of one millisecond keep the order of their arrival. */
const PER_MILLISECOND = 1000;

/**
 * Numbers the lines of a file that several writers, or one that does not wait for itself, append to:
 * by their times where they were overtaken on the way, by their place where the clock was set back.
 */
export class Sequence {
  readonly #window: number;
  #latest = -Infinity;
  #epoch = 0;
  #count = 0;

  /** @param windowMs A line that is earlier than the one before it by no more than this was overtaken. */
  constructor(windowMs: number) {
    this.#window = windowMs;
  }

  next(at: number): number {
    if (at < this.#latest - this.#window) this.#epoch += this.#latest - at + 1;
    this.#latest = at;
    return (this.#epoch + at) * PER_MILLISECOND + (this.#count++ % PER_MILLISECOND);
  }
}
