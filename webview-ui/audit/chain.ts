/** Whether the record is whole: at the top, in a sentence. */
import type { AuditChain } from '../../src/protocol/audit.ts';
import { h, svg } from '../shared/dom.ts';

export function chainView(chain: AuditChain, checked: string, actions: { readonly open: (index: number) => void; readonly again: () => void }): HTMLElement {
  const check = h('button', { type: 'button', class: 'plain', title: 'Check the whole record again', onclick: actions.again }, checked === 'now' ? 'checked just now' : `checked ${checked} ago`);
  if (chain.state === 'empty') return h('span', { class: 'quiet' }, chain.text);
  if (chain.state === 'unbroken') return h('span', { class: 'whole' }, link(false), h('span', {}, chain.text), check);
  return h(
    'div',
    { class: 'broken', role: 'alert' },
    link(true),
    h('div', {}, h('strong', {}, 'The record is broken. '), ...chain.breaks.slice(0, 5).map(({ message }, index) => h('p', {}, message, ' ', h('button', { type: 'button', class: 'link', onclick: () => actions.open(index) }, 'Show'))), chain.breaks.length > 5 && h('p', {}, `And ${chain.breaks.length - 5} more.`), check),
  );
}

function link(broken: boolean): SVGElement {
  const path = broken ? 'M6.5 9.5l-2 2a2.1 2.1 0 0 1-3-3l2-2M9.5 6.5l2-2a2.1 2.1 0 0 1 3 3l-2 2M6 2.5v2M2.5 6h2M10 13.5v-2M13.5 10h-2' : 'M6.5 9.5l3-3M7 4.6l2-2a3 3 0 0 1 4.3 4.3l-2 2M9 11.4l-2 2a3 3 0 0 1-4.3-4.3l2-2';
  return svg('svg', { class: 'icon', viewBox: '0 0 16 16', width: '16', height: '16', 'aria-hidden': 'true' }, svg('path', { d: path, fill: 'none', stroke: 'currentColor', 'stroke-width': '1.5', 'stroke-linecap': 'round' }));
}
