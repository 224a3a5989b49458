/** The prompt that the keys are at: where they lead, and what a screen reader hears. */
import { moment, plural } from '../../shared/format.ts';
import type { PageState } from '../page/state.ts';
import type { Axis } from './axis.ts';
import type { ChartAction } from './keys.ts';
import { acrossLanes, alongLane, endOf, nearest, type Places } from './neighbours.ts';
import { beginning } from './tooltip.ts';

export type Move = ChartAction & { readonly kind: 'step' | 'lane' | 'end' };

export class Cursor {
  id: number | undefined;
  readonly #state: PageState;
  readonly #axis: Axis;

  constructor(state: PageState, axis: Axis) {
    this.#state = state;
    this.#axis = axis;
  }

  /** -1 without one. */
  get row(): number {
    return this.id === undefined ? -1 : this.#state.rowOf(this.id);
  }

  /** Its place on the axis. */
  get place(): number | undefined {
    return this.row < 0 ? undefined : this.#axis.placeOf(this.#state.timeline, this.row);
  }

  /** @param middle Of the visible stretch: where it begins. @returns whether there was somewhere to go. */
  move(action: Move, places: Places, middle: number): boolean {
    // While something is searched, the keys go from hit to hit.
    const least = this.#state.found ? 2 : 1;
    const { row, place } = this;
    const next = action.kind === 'end' ? endOf(places, action.which, least) : place === undefined ? nearest(places, middle, least) : action.kind === 'step' ? alongLane(places, row, place, action.by, least) : acrossLanes(places, row, place, action.by, least);
    if (next === undefined) {
      this.#state.announce(row < 0 ? 'No prompts' : 'No more prompts in this direction');
      return false;
    }
    this.id = this.#state.timeline.prompts.id[next];
    void this.#announce(next);
    return true;
  }

  async #announce(row: number): Promise<void> {
    const { prompts, projects } = this.#state.timeline;
    const id = prompts.id[row] ?? 0;
    const rating = prompts.rating[row] ?? 0;
    const [brief] = await this.#state.briefs([id]).catch(() => []);
    if (this.id !== id) return;
    this.#state.announce([moment(prompts.at[row] ?? 0), projects[prompts.project[row] ?? 0]?.label ?? '', rating === 0 ? 'unrated' : plural(rating, 'star'), beginning(brief?.text ?? '', 120)].join(', '));
  }
}
