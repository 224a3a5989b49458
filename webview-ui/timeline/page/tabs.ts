/** The page's tabs; arrow keys go from one to the next. */
import type { TabName } from '../view.ts';
import { element, setAttributes } from './dom.ts';

export interface TabTitle {
  readonly name: TabName;
  readonly title: string;
}

export function tabs(titles: readonly TabTitle[], panelId: string, open: (name: TabName) => void): { readonly element: HTMLElement; show(name: TabName): void } {
  const buttons = titles.map(({ name, title }) => {
    const tab = element('button', { type: 'button', role: 'tab', class: 'tab', id: `tab-${name}`, 'aria-controls': panelId }, title);
    tab.addEventListener('click', () => open(name));
    return { name, tab };
  });
  const bar = element('div', { class: 'tabs', role: 'tablist', 'aria-label': 'Views' }, ...buttons.map(({ tab }) => tab));
  bar.addEventListener('keydown', (event) => {
    const at = buttons.findIndex(({ tab }) => tab === document.activeElement);
    const last = buttons.length - 1;
    const next = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at === 0 ? last : at - 1, Home: 0, End: last }[event.key];
    const target = next === undefined ? undefined : buttons[next];
    if (at < 0 || !target) return;
    event.preventDefault();
    target.tab.focus();
    open(target.name);
  });
  return {
    element: bar,
    show: (shown) => buttons.forEach(({ name, tab }) => setAttributes(tab, { 'aria-selected': name === shown ? 'true' : 'false', tabindex: name === shown ? 0 : -1 })),
  };
}
