/**
 * A sliding window over any number of paragraphs: only those that can be seen exist.
 * Positions are pixels on the plane, growing downward; what is above comes first.
 */

export interface RollStage {
  /** How many paragraphs there are. */
  count(): number;
  /** Makes a paragraph and tells its height; undefined when its text is not there yet. */
  mount(index: number): number | undefined;
  unmount(index: number): void;
  place(index: number, top: number): void;
}

interface Mounted {
  readonly index: number;
  top: number;
  readonly height: number;
}

/** Enough that the shortest prompts reach up to where the text fades; more would cost frames (measured: 20 hold 59 a second, 200 do not). */
export const windowSize = 16;

export class Roll {
  readonly #stage: RollStage;
  #mounted: Mounted[] = [];

  constructor(stage: RollStage) {
    this.#stage = stage;
  }

  get first(): number | undefined {
    return this.#mounted[0]?.index;
  }

  get last(): number | undefined {
    return this.#mounted.at(-1)?.index;
  }

  get size(): number {
    return this.#mounted.length;
  }

  /** Begins anew with one paragraph. @returns whether its text was there. */
  start(index: number, top: number): boolean {
    this.clear();
    return this.#add(index, (_height) => top, 'below');
  }

  clear(): void {
    for (const { index } of this.#mounted) this.#stage.unmount(index);
    this.#mounted = [];
  }

  /** Takes away what is out of sight, and adds what comes into sight, within the window's size. */
  show(from: number, to: number): void {
    while (this.#mounted.length > 1 && (this.#mounted[0]?.top ?? 0) + (this.#mounted[0]?.height ?? 0) < from) this.#drop('first');
    while (this.#mounted.length > 1 && (this.#mounted.at(-1)?.top ?? 0) > to) this.#drop('last');
    for (let end = this.#mounted.at(-1); end && end.top + end.height < to; end = this.#mounted.at(-1)) {
      const below = end.top + end.height;
      // What comes from below is nearer to the reader than what leaves above.
      if (this.#mounted.length >= windowSize) this.#drop('first');
      if (!this.#add(end.index + 1, () => below, 'below')) break;
    }
    for (let start = this.#mounted[0]; start && start.top > from && this.#mounted.length < windowSize; start = this.#mounted[0]) {
      const above = start.top;
      if (!this.#add(start.index - 1, (height) => above - height, 'above')) break;
    }
  }

  /** The paragraph at a position; between and beyond paragraphs the nearest. */
  at(position: number): number | undefined {
    let best: Mounted | undefined;
    let distance = Infinity;
    for (const item of this.#mounted) {
      const away = Math.max(item.top - position, position - (item.top + item.height), 0);
      if (away < distance) {
        best = item;
        distance = away;
      }
    }
    return best?.index;
  }

  /** Where a paragraph is; undefined when it is not in the window. */
  spanOf(index: number): { readonly top: number; readonly bottom: number } | undefined {
    const item = this.#mounted.find((one) => one.index === index);
    return item && { top: item.top, bottom: item.top + item.height };
  }

  /** Moves everything, so that positions stay small however long it rolls. */
  shift(by: number): void {
    for (const item of this.#mounted) {
      item.top += by;
      this.#stage.place(item.index, item.top);
    }
  }

  #add(index: number, topOf: (height: number) => number, side: 'above' | 'below'): boolean {
    if (index < 0 || index >= this.#stage.count()) return false;
    const height = this.#stage.mount(index);
    if (height === undefined) return false;
    const item = { index, top: topOf(height), height };
    if (side === 'below') this.#mounted.push(item);
    else this.#mounted.unshift(item);
    this.#stage.place(index, item.top);
    return true;
  }

  #drop(end: 'first' | 'last'): void {
    const item = end === 'first' ? this.#mounted.shift() : this.#mounted.pop();
    if (item) this.#stage.unmount(item.index);
  }
}
