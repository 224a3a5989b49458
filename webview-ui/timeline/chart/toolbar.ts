/** The line above the lanes: what is seen, and the same movements for the mouse. */
import { button, element } from '../page/dom.ts';
import { icon } from '../page/icons.ts';
import { keyHelp } from './keys.ts';
import { openPopover } from '../page/popover.ts';

export interface ToolbarActions {
  zoom(factor: number): void;
  all(): void;
  toggleMarking(): void;
  /** Only where days follow each other. */
  readonly days?: { previous(): void; next(): void; pick(anchor: HTMLElement): void; today(): void };
}

export class Toolbar {
  readonly element = element('div', { class: 'toolbar', role: 'toolbar', 'aria-label': 'View' });
  readonly #range: HTMLElement;
  readonly #count = element('span', { class: 'toolbar-count' });
  readonly #mark: HTMLButtonElement;

  constructor(actions: ToolbarActions) {
    const { days } = actions;
    if (days) {
      const pick = button('Pick a day', () => days.pick(pick), { icon: icon('calendar'), text: '', className: 'range-button' });
      pick.setAttribute('aria-haspopup', 'dialog');
      this.#range = pick.lastElementChild as HTMLElement;
      this.element.append(
        button('Day before with prompts', () => days.previous(), { icon: icon('chevronLeft') }),
        pick,
        button('Next day with prompts', () => days.next(), { icon: icon('chevronRight') }),
        button('Last day', () => days.today(), { text: 'Last day', className: 'quiet' }),
      );
    } else {
      this.#range = element('span', { class: 'toolbar-title' });
      this.element.append(this.#range);
    }
    this.#mark = button('Mark an area (S)', () => actions.toggleMarking(), { icon: icon('area') });
    const help = button('Keys', () => openPopover(help, 'Keys', helpTable()), { text: '?', className: 'quiet help-button' });
    this.element.append(
      this.#count,
      element('span', { class: 'spring' }),
      this.#mark,
      button('Zoom out (−)', () => actions.zoom(1.5), { icon: icon('minus') }),
      button('Zoom in (+)', () => actions.zoom(1 / 1.5), { icon: icon('plus') }),
      button('Everything (0)', () => actions.all(), { icon: icon('fit') }),
      help,
    );
    this.setMarking(false);
  }

  show(range: string, count: string): void {
    if (this.#range.textContent !== range) this.#range.textContent = range;
    if (this.#count.textContent !== count) this.#count.textContent = count;
  }

  setMarking(on: boolean): void {
    this.#mark.setAttribute('aria-pressed', on ? 'true' : 'false');
  }
}

function helpTable(): HTMLElement {
  return element('dl', { class: 'key-help' }, ...keyHelp.flatMap(([keys, meaning]) => [element('dt', {}, element('kbd', {}, keys)), element('dd', {}, meaning)]));
}
