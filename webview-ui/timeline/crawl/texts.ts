/** The texts of prompts, fetched in pieces around what rolls. */
import type { PromptSource } from '../source.ts';

const piece = 50;
/** Pieces that are kept: enough to turn around in. */
const kept = 8;
/** Longer prompts would fill the screen for minutes. */
const longest = 700;

/** A prompt as the crawl shows it: no walls of empty lines, and cut at a word. */
export function crawlText(text: string): string {
  const tidy = text.replace(/[^\S\n]+/g, ' ').replace(/ ?\n ?/g, '\n').replace(/\n{3,}/g, '\n\n').trim();
  if (tidy.length <= longest) return tidy || '(empty)';
  const cut = tidy.slice(0, longest);
  const space = cut.lastIndexOf(' ');
  return `${(space > longest / 2 ? cut.slice(0, space) : cut).replace(/[\uD800-\uDBFF]$/, '')} …`;
}

export class Texts {
  readonly #source: PromptSource;
  readonly #ids: Uint32Array;
  readonly #pieces = new Map<number, Map<number, string> | 'asked'>();
  readonly #onCome: () => void;
  readonly #onFail: (error: unknown) => void;

  constructor(source: PromptSource, ids: Uint32Array, onCome: () => void, onFail: (error: unknown) => void) {
    this.#source = source;
    this.#ids = ids;
    this.#onCome = onCome;
    this.#onFail = onFail;
  }

  /** undefined: it is under way, and `onCome` will tell. A prompt that is gone has an empty text. */
  get(index: number): string | undefined {
    const number = Math.floor(index / piece);
    this.#ask(number);
    // The neighbour on the nearer side comes before it is needed.
    this.#ask(number + (index % piece < piece / 2 ? -1 : 1));
    const found = this.#pieces.get(number);
    if (found === undefined || found === 'asked') return undefined;
    return crawlText(found.get(this.#ids[index] ?? 0) ?? '');
  }

  #ask(number: number): void {
    if (number < 0 || number * piece >= this.#ids.length || this.#pieces.has(number)) return;
    this.#pieces.set(number, 'asked');
    this.#source.briefs([...this.#ids.subarray(number * piece, (number + 1) * piece)]).then(
      (briefs) => {
        this.#pieces.set(number, new Map(briefs.map(({ id, text }) => [id, text])));
        for (const old of this.#pieces.keys()) {
          if (this.#pieces.size <= kept) break;
          if (Math.abs(old - number) > 1) this.#pieces.delete(old);
        }
        this.#onCome();
      },
      (error: unknown) => this.#onFail(error),
    );
  }
}
