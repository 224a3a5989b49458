/** What stands on the lanes when nothing is in view, and the way to something. */
import { element } from '../page/dom.ts';

/** Why nothing is seen; undefined when something is. */
export type Reason = 'none' | 'filtered' | 'elsewhere';

const texts: Readonly<Record<Reason, string>> = {
  none: 'No prompts yet. What you ask an agent appears here: a bubble for each prompt, a lane for each project.',
  filtered: 'No prompt passes the filters.',
  elsewhere: 'Nothing happened in this stretch of time.',
};

export class Emptiness {
  readonly element = element('div', { class: 'emptiness', hidden: true });
  readonly #ways: Readonly<Partial<Record<Reason, { readonly name: string; readonly go: () => void }>>>;
  #reason: Reason | undefined;

  constructor(clearFilters: () => void, goToNearest: () => void) {
    this.#ways = { filtered: { name: 'Clear the filters', go: clearFilters }, elsewhere: { name: 'Go to the nearest prompts', go: goToNearest } };
  }

  show(reason: Reason | undefined): void {
    if (reason === this.#reason) return;
    this.#reason = reason;
    this.element.hidden = reason === undefined;
    if (reason === undefined) return;
    this.element.replaceChildren(element('p', {}, texts[reason]));
    const way = this.#ways[reason];
    if (!way) return;
    const go = element('button', { type: 'button', class: 'button' }, way.name);
    go.addEventListener('click', way.go);
    // The lanes below would take it for a drag.
    go.addEventListener('pointerdown', (event) => event.stopPropagation());
    this.element.append(go);
  }
}
