import type { PolicyRow } from '../../src/protocol/policy.ts';
import { h, unseen } from '../shared/dom.ts';
import { icon } from './icon.ts';
import { cell, layers, place, sorted } from './words.ts';

/**
 * Rules × layers. On a narrow page each rule is a block of its own (see the style sheet).
 * @param open Keys of the rules whose tries are shown.
 */
export function table(rows: readonly PolicyRow[], open: ReadonlySet<string | undefined>, openRule: (file: string, line: number) => void): HTMLElement {
  return h(
    'table',
    {},
    h('caption', { class: 'unseen' }, 'Each rule of the policy, and what each layer did when it was tried'),
    h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, 'Rule'), ...layers.map(({ name, help }) => h('th', { scope: 'col', title: help }, name)))),
    h('tbody', {}, ...sorted(rows).map((row) => line(row, open, openRule))),
  );
}

function line(row: PolicyRow, open: ReadonlySet<string | undefined>, openRule: (file: string, line: number) => void): HTMLElement {
  const key = `${row.file}:${row.line} ${row.rule}`;
  const [access = '', ...pattern] = row.rule.split(' ');
  const name = [h('span', { class: 'quiet' }, `${access} `), h('code', {}, pattern.join(' '))];
  const rule = row.file === '' ? h('span', {}, ...name) : h('button', { type: 'button', class: 'rule', 'data-key': key, title: 'Open the rule', onclick: () => openRule(row.file, row.line) }, ...name);
  const tries = h('details', { open: open.has(key), 'data-key': key }, h('summary', {}, `${place(row)} · ${row.tries.length} ${row.tries.length === 1 ? 'try' : 'tries'}`), h('ul', {}, ...row.tries.map(({ what, holds, message }) => h('li', {}, icon(holds ? 'check' : 'cross'), unseen(holds ? 'stopped: ' : 'not stopped: '), h('code', {}, what), message !== undefined && h('span', { class: 'quiet' }, ` ${message}`)))));
  return h(
    'tr',
    { class: row.holds ? '' : 'open' },
    h('th', { scope: 'row' }, rule, tries),
    ...layers.map(({ layer, name: column }) => {
      const said = cell(row, layer);
      return h('td', { 'data-label': column, title: said.why, class: said.mark }, icon(said.mark), ' ', said.text);
    }),
  );
}
