/** What can be done with the prompts of a marked area. */
import { plural, spanLabel } from '../../shared/format.ts';
import type { TabName } from '../view.ts';
import { button, element } from './dom.ts';
import { icon } from './icons.ts';
import type { PageState } from './state.ts';

export class MarkBar {
  readonly element = element('div', { class: 'mark-bar', role: 'region', 'aria-label': 'Marked prompts', hidden: true });
  readonly #state: PageState;
  readonly #text = element('span', { class: 'mark-text' });

  /** @param tabs The tabs that can play prompts. */
  constructor(state: PageState, tabs: readonly TabName[]) {
    this.#state = state;
    this.element.append(this.#text, element('span', { class: 'spring' }));
    if (tabs.includes('theatre')) this.element.append(button('Theatre', () => state.open('theatre'), { icon: icon('play'), text: 'Theatre' }));
    if (tabs.includes('crawl')) this.element.append(button('Crawl', () => state.open('crawl'), { icon: icon('arrowUp'), text: 'Crawl' }));
    if (state.source.can.exportCsv) this.element.append(button('Save as CSV', () => this.#save(), { icon: icon('save'), text: 'Save as CSV' }));
    this.element.append(button('Clear the mark', () => state.setMark(undefined), { icon: icon('close') }));
  }

  update(): void {
    const { mark } = this.#state;
    this.element.hidden = mark === undefined;
    if (mark) this.#text.textContent = `${plural(mark.ids.length, 'prompt')} marked, ${spanLabel(mark.span)}`;
  }

  #save(): void {
    this.#state.source.exportCsv([...(this.#state.mark?.ids ?? [])]).catch((error: unknown) => this.#state.fail(error));
  }
}
