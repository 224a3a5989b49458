/** The prompts that are played: which, when, and how they are rated now. */
import type { ViewContext } from '../view.ts';
import type { Stretch } from './places.ts';

export class Playlist {
  readonly ids: Uint32Array;
  readonly times: Float64Array;
  readonly title: string;
  readonly #context: ViewContext;

  /** @param context Its selection is what is played. */
  constructor(context: ViewContext) {
    const { prompts } = context.timeline;
    const known = context.selection.ids.filter((id) => context.rowOf(id) >= 0);
    this.#context = context;
    this.ids = known;
    this.times = Float64Array.from(known, (id) => prompts.at[context.rowOf(id)] ?? 0);
    this.title = context.selection.title;
  }

  get count(): number {
    return this.ids.length;
  }

  get stretch(): Stretch {
    return { from: this.times[0] ?? 0, to: this.times[this.count - 1] ?? 0 };
  }

  /** What the timeline says now: ratings change while the stretch plays. */
  ratingAt(index: number): number {
    return this.#column(index, 'rating');
  }

  lengthAt(index: number): number {
    return this.#column(index, 'length');
  }

  projectAt(index: number): string {
    return this.#context.timeline.projects[this.#column(index, 'project')]?.label ?? '';
  }

  ratings(): Uint8Array {
    return Uint8Array.from(this.ids, (_, index) => this.ratingAt(index));
  }

  indexOf(id: number | undefined): number {
    return id === undefined ? -1 : this.ids.indexOf(id);
  }

  /** Whether the same prompts would be played now. */
  isStillOf(context: ViewContext): boolean {
    const { ids } = context.selection;
    return ids.length === this.count && this.ids.every((id, index) => id === ids[index]);
  }

  #column(index: number, name: 'rating' | 'length' | 'project'): number {
    const id = this.ids[index];
    return id === undefined ? 0 : (this.#context.timeline.prompts[name][this.#context.rowOf(id)] ?? 0);
  }
}
