/** The bubble under the pointer, and its card. */
import { debounce } from '../page/dom.ts';
import type { PageState } from '../page/state.ts';
import { Tooltip } from './tooltip.ts';

export interface Place {
  readonly x: number;
  readonly y: number;
}

export class Hovering {
  readonly tooltip = new Tooltip();
  readonly #state: PageState;
  readonly #readLater = debounce(60, () => void this.#read());
  #bubble: { readonly row: number; readonly size: number } | undefined;
  #place: Place = { x: 0, y: 0 };

  constructor(state: PageState) {
    this.#state = state;
  }

  get id(): number | undefined {
    return this.#bubble && this.#state.timeline.prompts.id[this.#bubble.row];
  }

  /** @param place Within the element that holds the card. @returns whether it is another bubble than before. */
  over(bubble: { readonly row: number; readonly size: number } | undefined, place: Place): boolean {
    this.#place = place;
    if (bubble?.row === this.#bubble?.row) return false;
    this.#bubble = bubble;
    if (bubble) {
      this.#show();
      this.#readLater();
    } else this.tooltip.hide();
    return true;
  }

  leave(): void {
    this.#bubble = undefined;
    this.tooltip.hide();
  }

  #show(): void {
    if (!this.#bubble) return;
    const { row, size } = this.#bubble;
    const { prompts, projects } = this.#state.timeline;
    const label = projects[prompts.project[row] ?? 0]?.label ?? '';
    this.tooltip.show({ at: prompts.at[row] ?? 0, length: prompts.length[row] ?? 0, rating: prompts.rating[row] ?? 0, project: label, size }, this.#state.knownBrief(prompts.id[row] ?? 0), this.#place.x, this.#place.y);
  }

  async #read(): Promise<void> {
    const { id } = this;
    if (id === undefined) return;
    try {
      await this.#state.briefs([id]);
    } catch {
      return; // The card stays without a text; a click will say why.
    }
    if (this.id === id) this.#show();
  }
}
