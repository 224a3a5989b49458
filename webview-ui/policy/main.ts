import type { PolicyProtocol, PolicyReport } from '../../src/protocol/policy.ts';
import { connectToExtension } from '../protocol/extension.ts';
import { announcer } from '../shared/announce.ts';
import { h } from '../shared/dom.ts';
import '../shared/page.css';
import '../shared/report.css';
import { icon } from './icon.ts';
import './policy.css';
import { table } from './table.ts';
import { examples, headline, layers } from './words.ts';

const link = connectToExtension<PolicyProtocol>({ report: (report) => show(report) });
const main = document.getElementById('root');
if (!main) throw new Error('the page has no root');

/** The age of a verification is told in minutes. */
const AGE_MS = 30_000;
let shown: PolicyReport | undefined;

type Plain = 'verify' | 'cancel' | 'apply' | 'setUp' | 'openPolicy';
const call = (name: Plain) => () => void link.call(name, undefined).catch((error: unknown) => fail(error));
const button = (look: string, text: string, name: Plain) => h('button', { type: 'button', class: look, onclick: call(name) }, text);

const folder = h('span', { class: 'quiet' });
const verify = button('primary', 'Verify', 'verify');
const cancel = button('secondary', 'Cancel', 'cancel');
const apply = button('secondary', 'Apply…', 'apply');
const setUp = button('primary', 'Set Up Policy…', 'setUp');
const openPolicy = button('plain', 'Open Policy', 'openPolicy');
const state = h('section', { class: 'state' });
const bar = h('progress', { 'aria-label': 'Rules tried' });
const problem = h('p', { class: 'error', role: 'alert' });
const content = h('div');
const notes = h('div');
const voice = announcer();
main.append(h('header', {}, h('h1', {}, 'Policy ', folder), verify, cancel, apply, openPolicy), state, bar, problem, content, notes, voice.element);

function show(report: PolicyReport): void {
  const before = shown;
  shown = report;
  const { running, rows } = report;
  const there = report.state !== 'no-policy';
  folder.textContent = report.folder;
  verify.hidden = !there || running !== undefined;
  cancel.hidden = running === undefined;
  apply.hidden = openPolicy.hidden = !there;
  apply.disabled = running !== undefined;
  // The next step stands out.
  verify.className = report.applied === false ? 'secondary' : 'primary';
  apply.className = report.applied === false ? 'primary' : 'secondary';
  bar.hidden = running === undefined;
  bar.max = Math.max(running?.of ?? 0, 1);
  bar.value = running?.done ?? 0;
  problem.textContent = report.problem ?? '';
  const said = headline(report, Date.now());
  const count = running && running.of > 0 ? ` ${running.done} of ${running.of}.` : '';
  state.replaceChildren(icon(said.mark), h('div', {}, h('h2', {}, said.title), h('p', {}, said.text + count), ...report.obstacles.map((each) => h('p', { class: 'obstacle' }, each)), !there && setUp));
  state.className = `state ${said.mark}`;
  if (before?.running && !running) voice.say(`${said.title}. ${said.text}`);
  draw(rows);
  notes.replaceChildren(...(report.notes.length === 0 ? [] : [h('h2', {}, 'What is not guaranteed'), h('ul', {}, ...report.notes.map((note) => h('li', {}, note)))]));
}

/** The table is made anew; what was open or had the focus in it still has. */
function draw(rows: PolicyReport['rows']): void {
  const keys = (selector: string) => new Set([...content.querySelectorAll<HTMLElement>(selector)].map(({ dataset }) => dataset['key']));
  const open = keys('details[open]');
  const focused = document.activeElement instanceof HTMLElement && content.contains(document.activeElement) ? document.activeElement.dataset['key'] : undefined;
  const { scrollY } = window;
  const legend = h('dl', { class: 'legend quiet' }, ...layers.map(({ name, help }) => h('div', {}, h('dt', {}, name), h('dd', {}, help))));
  content.replaceChildren(...(rows.length === 0 ? (shown?.state === 'no-policy' ? [example()] : []) : [table(rows, open, (file, line) => void link.call('openRule', { file, line }).catch((error: unknown) => fail(error))), legend]));
  if (focused !== undefined) content.querySelector<HTMLElement>(`[data-key="${CSS.escape(focused)}"]`)?.focus();
  window.scrollTo(0, scrollY);
}

/** What a policy can say, where there is none. */
function example(): HTMLElement {
  return h('dl', { class: 'examples' }, ...examples.map(({ rule, means }) => h('div', {}, h('dt', {}, h('code', {}, rule)), h('dd', { class: 'quiet' }, means))));
}

function fail(error: unknown): void {
  problem.textContent = error instanceof Error ? error.message : String(error);
}

setInterval(() => shown && !shown.running && show(shown), AGE_MS);
document.addEventListener('keydown', ({ key }) => {
  if (key === 'Escape' && shown?.running) call('cancel')();
});
link.call('ready', undefined).then(show, fail);
