/** The parts of the page, from what stands. */
import type { BarrierStand, BlockerStand, ConflictStand, CoordinationView, HeldPath, SessionStand } from '../../src/protocol/coordination.ts';
import { h, unseen, type Child } from '../shared/dom.ts';
import { plural } from '../shared/format.ts';
import { ago, exactly, lasting } from './words.ts';

export interface Actions {
  readonly release: (fence: number, path: string) => void;
  readonly breakBarrier: (name: string) => void;
  readonly resolve: (id: string) => void;
  readonly openFile: (fence: number, path: string) => void;
  readonly showSession: (id: string) => void;
}

/** With `now` by the extension's clock. */
export interface Look {
  readonly view: CoordinationView;
  readonly now: number;
  readonly actions: Actions;
}

const statusWords = { in_progress: 'in progress', blocked: 'blocked', completed: 'completed' } as const;

export const section = (title: string, ...children: readonly Child[]) => h('section', { 'aria-label': title }, h('h2', {}, title), ...children);

/** How much there is, in one sentence. */
export function summary({ sessions, waits, barriers, blockers }: CoordinationView): string {
  const holders = sessions.filter(({ paths }) => paths.length > 0);
  const paths = holders.reduce((sum, session) => sum + session.paths.length, 0);
  const waiting = new Set([...waits.map(({ from }) => from), ...barriers.flatMap(({ state, waiters }) => (state === 'waiting' ? waiters.map(({ session }) => session) : []))]).size;
  const parts = [
    holders.length === 0 ? 'Nobody holds anything' : `${plural(holders.length, 'session holds', 'sessions hold')} ${plural(paths, 'path')}`,
    waiting === 0 ? 'nobody waits' : plural(waiting, 'session waits', 'sessions wait'),
    ...(blockers.length === 0 ? [] : [plural(blockers.length, 'blocker')]),
  ];
  return `${parts.join(', ')}.`;
}

export function holders({ view, now, actions }: Look): HTMLElement {
  const { sessions } = view;
  const trees = new Set(sessions.flatMap(({ paths }) => paths.map(({ worktree }) => worktree)));
  const head = ['Path', 'Mode', 'Since', 'Left', 'Reason', 'Worktree', ''];
  const columns = h('tr', {}, ...head.map((name, index) => h('th', { scope: 'col', class: hideable(index) }, name === '' ? unseen('Action') : name)));
  return section(
    'Who holds what',
    sessions.length === 0
      ? h('p', { class: 'quiet' }, 'Nobody holds anything now.')
      : h('table', { class: 'held' }, sessions.some(({ paths }) => paths.length > 0) && h('thead', {}, columns), ...sessions.map((session) => h('tbody', {}, sessionRow(session, head.length, actions), ...session.paths.map((path) => pathRow(path, trees.size > 1, now, actions))))),
  );
}

const hideable = (column: number) => (column === 2 || column === 4 || column === 5 ? 'wide' : '');

function sessionRow({ id, name, seen, status, note, paths }: SessionStand, columns: number, { showSession }: Actions): HTMLElement {
  const said = [...(status === null ? [] : [statusWords[status]]), ...(note === '' ? [] : [note])].join(': ');
  const label: Child = seen === '' ? h('strong', {}, name) : h('button', { type: 'button', class: 'link', 'data-key': `session ${id}`, title: 'Go to this session', onclick: () => showSession(id) }, name);
  return h('tr', { class: 'holder' }, h('th', { scope: 'rowgroup', colspan: columns }, label, ' ', h('span', { class: 'quiet' }, [seen === '' ? 'not seen on this machine' : seen, ...(said === '' ? [] : [`says: ${said}`]), ...(paths.length === 0 ? ['holds nothing'] : [])].join(' · '))));
}

function pathRow({ fence, path, mode, since, until, why, worktree }: HeldPath, severalTrees: boolean, now: number, { release, openFile }: Actions): HTMLElement {
  const key = `${fence} ${path}`;
  const short = [`since ${ago(since, now)}`, ...(severalTrees ? [worktree] : []), ...(why === '' ? [] : [why])].join(' · ');
  return h(
    'tr',
    {},
    h('td', { class: 'path' }, h('button', { type: 'button', class: 'link mono', 'data-key': `open ${key}`, onclick: () => openFile(fence, path) }, path), h('div', { class: 'narrow quiet' }, short)),
    h('td', { class: 'short' }, mode),
    h('td', { class: 'wide short', title: exactly(since), 'data-since': since }, ago(since, now)),
    h('td', { class: 'left short', title: `until ${exactly(until)}, unless it does something before`, 'data-until': until }, lasting(until - now)),
    h('td', { class: 'wide' }, why === '' ? h('span', { class: 'quiet' }, 'none given') : why),
    h('td', { class: 'wide' }, worktree),
    h('td', { class: 'act' }, h('button', { type: 'button', class: 'secondary', 'data-key': `release ${key}`, 'aria-label': `Release ${path}`, onclick: () => release(fence, path) }, 'Release')),
  );
}

/** The same as the graph. */
export function waitsTable({ waits, names }: CoordinationView): HTMLElement {
  const rows = waits.map(({ from, to, kind, because }) => [names[from] ?? from, kind === 'barrier' && names[to] === undefined ? 'any session' : (names[to] ?? to), kind === 'barrier' ? `barrier ${because}` : because]);
  return h('details', { 'data-open': 'waits' }, h('summary', { 'data-key': 'waits table' }, 'As a table'), h('table', {}, h('thead', {}, h('tr', {}, ...['Who', 'Waits for', 'Because of'].map((name) => h('th', { scope: 'col' }, name)))), h('tbody', {}, ...rows.map((row) => h('tr', {}, ...row.map((text) => h('td', {}, text)))))));
}

export function barriers(look: Look): HTMLElement {
  return section('Barriers', h('ul', { class: 'cards' }, ...look.view.barriers.map((barrier) => barrierItem(barrier, look))));
}

function barrierItem(barrier: BarrierStand, { view: { names }, now, actions }: Look): HTMLElement {
  const { name, state, reason, count, required, arrived, missing, deadline, waiters } = barrier;
  const nameOf = (id: string) => names[id] ?? id;
  const open = state === 'waiting';
  const stands = open ? h('span', { class: 'quiet' }, 'breaks in ', h('span', { 'data-until': deadline, title: exactly(deadline) }, lasting(deadline - now))) : h('span', { class: 'quiet' }, state === 'open' ? 'open' : `broken: ${reason}`);
  const members = required.length === 0 ? arrived : required;
  const more = required.length === 0 && open ? count - arrived.length : 0;
  return h(
    'li',
    { class: open ? '' : 'over' },
    h('div', { class: 'line' }, h('strong', {}, name), h('span', { class: 'figure' }, `${arrived.length} of ${count}`), stands, open && h('button', { type: 'button', class: 'secondary', 'data-key': `break ${name}`, 'aria-label': `Break the barrier ${name}`, onclick: () => actions.breakBarrier(name) }, 'Break')),
    h('ul', { class: 'members' }, ...members.map((id) => h('li', { class: missing.includes(id) ? 'missing' : 'arrived' }, h('span', { 'aria-hidden': 'true' }, missing.includes(id) ? '○ ' : '✓ '), nameOf(id), h('span', { class: 'quiet' }, missing.includes(id) ? ' missing' : ' arrived'))), more > 0 && h('li', { class: 'missing' }, h('span', { 'aria-hidden': 'true' }, '○ '), `any ${more} more`)),
    open && waiters.length > 0 && h('p', { class: 'quiet' }, `Waiting there: ${waiters.map(({ session, since }) => `${nameOf(session)} (${ago(since, now)})`).join(', ')}.`),
  );
}

export function blockers({ view: { blockers: all, names }, now, actions }: Look): HTMLElement {
  const item = ({ id, session, text, on, since }: BlockerStand) =>
    h('li', {}, h('div', { class: 'line' }, h('strong', {}, names[session] ?? session), h('span', { class: 'grow' }, text), h('span', { class: 'quiet' }, [...(on === null ? [] : [`by ${names[on] ?? on}`]), ago(since, now)].join(' · ')), h('button', { type: 'button', class: 'secondary', 'data-key': `resolve ${id}`, 'aria-label': `Resolve: ${text}`, onclick: () => actions.resolve(id) }, 'Resolve')));
  return section('Blockers', h('ul', { class: 'cards' }, ...all.map(item)));
}

export function conflicts({ view: { conflicts: all, names }, now }: Look): HTMLElement {
  const row = ({ at, session, holder, path, more, held, how }: ConflictStand) =>
    h('tr', {}, h('td', { class: 'short', title: exactly(at), 'data-since': at }, ago(at, now)), h('td', {}, names[session] ?? session), h('td', {}, how === 'edit' ? 'edit' : 'claim'), h('td', {}, h('span', { class: 'mono' }, path), more > 0 && ` and ${more} more`, held !== path && h('div', { class: 'quiet' }, `in ${held}`)), h('td', {}, names[holder] ?? holder));
  return section(
    'Recent conflicts',
    h('p', { class: 'quiet' }, 'Somebody wanted what another held, and was stopped.'),
    h('table', {}, h('thead', {}, h('tr', {}, ...['When', 'Who', 'Wanted to', 'Path', 'Held by'].map((name) => h('th', { scope: 'col' }, name)))), h('tbody', {}, ...all.map(row))),
  );
}
