/** What an open row shows. All of it is text. */
import type { AuditDetail, AuditRow } from '../../src/protocol/audit.ts';
import { exactMoment } from '../shared/format.ts';
import { h, type Child } from '../shared/dom.ts';
import { decisionWords, layerWords, took } from './words.ts';

export interface DetailActions {
  openPath(n: number, path: number): void;
  openRule(n: number): void;
  openSession(n: number): void;
  only(session: string): void;
}

export function detailView(row: AuditRow, detail: AuditDetail, actions: DetailActions): HTMLElement {
  const by = row.layer === 'none' ? '' : ` by ${row.layer === 'agent' ? 'the agent’s own rules' : `the ${layerWords[row.layer]}`}`;
  const entry = (name: string, ...value: Child[]) => (value.every((child) => child === '' || child === false) ? [] : [h('dt', {}, name), h('dd', {}, ...value)]);
  return h(
    'div',
    { class: 'detail' },
    h(
      'dl',
      {},
      ...entry('Decision', `${decisionWords[row.decision]}${by}${row.inferred ? ' (inferred: no event said so)' : ''}`),
      ...entry('Near-miss', row.mark === 'near-miss' && detail.why),
      ...entry('Reason', detail.reason),
      ...entry('Rule', detail.rule !== '' && h('code', {}, detail.rule), detail.ruleAt !== '' && link(shortPlace(detail.ruleAt), 'Open the policy at this rule', () => actions.openRule(row.n))),
      ...entry('Command', detail.command !== '' && h('pre', { tabindex: '0', 'aria-label': 'Command' }, detail.command)),
      ...detail.paths.flatMap(({ asked, real }, index) => entry(index === 0 ? 'Path' : '', link(asked, 'Open this file', () => actions.openPath(row.n, index)), real !== asked && h('span', { class: 'real' }, 'in truth ', h('code', {}, real)))),
      ...entry('Input', detail.input !== '' && detail.command === '' && h('pre', { tabindex: '0', 'aria-label': 'Input' }, pretty(detail.input))),
      ...entry('Error', detail.error !== '' && h('pre', { tabindex: '0', 'aria-label': 'Error' }, detail.error)),
      ...entry('When', `${exactMoment(row.at)}${row.durationMs === null ? '' : `, took ${took(row.durationMs)}`}`),
      ...entry('Session', h('code', {}, row.session), row.agent !== '' && ` subagent ${row.agent}${detail.agentType === '' ? '' : ` (${detail.agentType})`}`, detail.mode !== '' && `, mode ${detail.mode}`),
      ...entry('Folder', detail.cwd !== '' && h('code', {}, detail.cwd)),
      ...entry('Record', h('code', {}, detail.line)),
    ),
    h(
      'div',
      { class: 'actions' },
      detail.alive && h('button', { type: 'button', class: 'secondary', onclick: () => actions.openSession(row.n) }, 'Go to Session'),
      h('button', { type: 'button', class: 'secondary', onclick: () => actions.only(row.session) }, 'Only This Session'),
    ),
  );
}

function link(text: string, title: string, work: () => void): HTMLElement {
  return h('button', { type: 'button', class: 'link', title, onclick: work }, text);
}

const shortPlace = (place: string): string => place.slice(Math.max(place.lastIndexOf('/'), place.lastIndexOf('\\')) + 1);

function pretty(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    // It was shortened, or what was a secret is none of JSON any more.
    return json;
  }
}
