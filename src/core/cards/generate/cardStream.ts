/**
 * Finds the complete objects of a JSON list while the text still grows. It only has to see where an
 * object ends; whoever is called reads it. Text that is too broken for that (quotes without escape
 * around braces) yields nothing here and is left to the reading of the whole.
 */
export class ObjectStream {
  readonly #onObject: (text: string) => void;
  #buffer = '';
  /** How far the buffer has been looked at. */
  #at = 0;
  #isText = false;
  /** Open containers: where an object begins in the buffer, or `list`. */
  #open: (number | 'list')[] = [];
  /** Whether a list inside the outermost object held objects: then that one is only their wrapping. */
  #isWrapper = false;

  constructor(onObject: (text: string) => void) {
    this.#onObject = onObject;
  }

  add(piece: string): void {
    this.#buffer += piece;
    for (; this.#at < this.#buffer.length; this.#at++) {
      const c = this.#buffer.charAt(this.#at);
      if (this.#isText) {
        if (c === '\\') {
          // What it escapes may not have come yet.
          if (this.#at + 1 === this.#buffer.length) return;
          this.#at += 1;
        } else if (c === '"') this.#isText = false;
      } else if (c === '"') this.#isText = this.#open.length > 0;
      else if (c === '{') this.#open.push(this.#at);
      else if (c === '[') this.#open.push('list');
      else if (c === '}' || c === ']') this.#close(c);
    }
    this.#forget();
  }

  /** Begins anew: what came so far belongs to an answer that will not be used. */
  reset(): void {
    this.#buffer = '';
    this.#at = 0;
    this.#isText = false;
    this.#open = [];
    this.#isWrapper = false;
  }

  #close(bracket: string): void {
    const start = this.#open.pop();
    if (typeof start !== 'number' || bracket !== '}') return;
    const isOutermost = this.#open.length === 0;
    if (this.#open.at(-1) === 'list') {
      this.#isWrapper = true;
      this.#onObject(this.#buffer.slice(start, this.#at + 1));
    } else if (isOutermost && !this.#isWrapper) {
      this.#onObject(this.#buffer.slice(start, this.#at + 1));
    }
    if (isOutermost) this.#isWrapper = false;
  }

  /** Drops what can no longer be part of an object to come. */
  #forget(): void {
    const starts = (this.#isWrapper ? this.#open.slice(1) : this.#open).filter((open) => open !== 'list');
    const from = starts[0] ?? this.#at;
    if (from < 4096) return;
    this.#buffer = this.#buffer.slice(from);
    this.#at -= from;
    this.#open = this.#open.map((open) => (open === 'list' ? open : Math.max(0, open - from)));
  }
}
