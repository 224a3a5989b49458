import type { AuditAsk, AuditChain, AuditDetail, AuditProtocol, AuditRow } from '../../src/protocol/audit.ts';
import type { PageLink } from '../../src/protocol/page.ts';
import { announcer } from '../shared/announce.ts';
import { h, isWriting, key } from '../shared/dom.ts';
import { age, plural } from '../shared/format.ts';
import { chainView } from './chain.ts';
import { detailView } from './detail.ts';
import { Filters } from './filters.ts';
import { countMarks, nextMarked, noFilter, Rows } from './rows.ts';
import { Table } from './table.ts';
import { spoken } from './words.ts';

const AGES_MS = 30_000;
/** A record that grows is checked anew now and then. */
const VERIFY_MS = 60_000;

export interface Outside {
  readonly link: PageLink<AuditProtocol>;
  readonly root: HTMLElement;
  readonly load: () => unknown;
  readonly save: (state: unknown) => void;
}

export class AuditPage {
  readonly #link: Outside['link'];
  readonly #rows = new Rows();
  readonly #filters: Filters;
  readonly #table = new Table((row) => this.#detail(row));
  readonly #announcer = announcer();
  readonly #problem = h('p', { class: 'error', role: 'alert' });
  readonly #chain = h('div', { class: 'chain' }, h('span', { class: 'quiet' }, 'Checking whether the record is whole…'));
  readonly #summary = h('p', { class: 'summary', role: 'status' });
  readonly #next = h('button', { type: 'button', class: 'secondary', 'aria-keyshortcuts': 'N', onclick: () => this.#goToMarked(1) }, 'Next Violation or Near-Miss', key('N'));
  readonly #nothing = h('div', { class: 'nothing', hidden: true });
  readonly #content = h('div', { class: 'content' });
  readonly #exports = h('div', { class: 'exports' });
  #shown: readonly AuditRow[] = [];
  #revision = 0;
  #reading = Promise.resolve();
  #verifiedAt = 0;
  #found: AuditChain | undefined;
  #started = false;
  #sought = false;

  constructor({ link, root, load, save }: Outside) {
    this.#link = link;
    this.#filters = new Filters(load(), (filter) => {
      save(filter);
      this.#sought = false;
      this.#apply(true);
    });
    const exporting = (format: 'csv' | 'json', name: string) => h('button', { type: 'button', class: 'secondary', title: `Save the calls that are shown as ${name}`, onclick: () => void this.#attempt(() => this.#export(format)) }, `Export ${name}`);
    this.#exports.append(exporting('csv', 'CSV'), exporting('json', 'JSON'));
    this.#content.append(this.#filters.element, h('div', { class: 'bar' }, this.#summary, this.#next), this.#table.element, this.#nothing);
    root.append(h('header', {}, h('h1', {}, 'Audit'), this.#chain, this.#exports), this.#problem, this.#content, this.#announcer.element);
    window.addEventListener('keydown', (event) => this.#onKey(event));
    window.setInterval(() => {
      this.#table.redraw();
      this.#showChain();
    }, AGES_MS);
  }

  async start(): Promise<void> {
    await this.#attempt(async () => {
      await this.#readAll();
      await this.#verify();
    });
  }

  ask({ session, filter }: AuditAsk): void {
    this.#filters.set({ ...noFilter, session: session ?? '', show: filter });
  }

  /** There is something new. */
  changed(revision: number): void {
    if (!this.#started || revision <= this.#revision) return;
    this.#reading = this.#reading.then(() => this.#attempt(() => this.#readChanges()));
  }

  async #readAll(): Promise<void> {
    const { total, revision, hooks, ask, problem } = await this.#link.call('ready', undefined, { timeoutMs: 120_000 });
    this.#rows.clear();
    const all: AuditRow[] = [];
    while (all.length < total) {
      const rows = JSON.parse(await this.#link.call('rows', { from: all.length })) as readonly AuditRow[];
      if (rows.length === 0) break;
      all.push(...rows);
      if (all.length < total) this.#summary.textContent = `Reading ${all.length.toLocaleString('en')} of ${plural(total, 'call')}…`;
    }
    this.#rows.add(all);
    this.#revision = revision;
    this.#started = true;
    if (problem !== '') this.#problem.textContent = `These files could not be read, so their calls are missing: ${problem}`;
    if (total === 0) this.#showEmpty(hooks);
    else this.#content.hidden = false;
    if (ask) this.ask(ask);
    this.#apply(false);
  }

  async #readChanges(): Promise<void> {
    const { rows, revision, again } = await this.#link.call('changes', { since: this.#revision });
    if (again) return this.#readAll();
    const before = this.#rows.total;
    this.#revision = Math.max(revision, this.#revision);
    this.#rows.add(rows);
    if (before === 0 && rows.length > 0) {
      document.querySelector('.empty')?.remove();
      this.#content.hidden = false;
    }
    this.#apply(false);
    const marked = rows.filter((row) => row.mark === 'violation');
    const [last] = marked;
    if (last !== undefined) this.#announcer.say(spoken(last, 'now'));
    if (before === 0 || Date.now() - this.#verifiedAt > VERIFY_MS) await this.#verify();
  }

  /** @param byUser The filters were changed: what is on top is shown. */
  #apply(byUser: boolean): void {
    const { filter } = this.#filters;
    this.#shown = this.#rows.filtered(filter, Date.now());
    this.#filters.offer(this.#rows.sessions(), this.#rows.tools());
    this.#table.show(this.#shown);
    const { violations, near } = countMarks(this.#shown);
    const of = this.#shown.length === this.#rows.total ? '' : ` of ${this.#rows.total.toLocaleString('en')}`;
    this.#summary.textContent = `${this.#shown.length.toLocaleString('en')}${of} ${this.#rows.total === 1 ? 'call' : 'calls'} · ${plural(violations, 'violation')} · ${plural(near, 'near-miss', 'near-misses')}`;
    this.#next.disabled = violations + near === 0;
    this.#exports.hidden = this.#shown.length === 0;
    const none = this.#shown.length === 0 && this.#rows.total > 0;
    this.#table.element.hidden = none;
    this.#nothing.hidden = !none;
    if (none) this.#nothing.replaceChildren(h('p', {}, 'No call passes these filters.'), h('button', { type: 'button', class: 'secondary', onclick: () => this.#filters.set(noFilter) }, 'Show All'));
    if (byUser && this.#shown.length > 0) this.#table.goToTop();
  }

  #showEmpty(hooks: boolean): void {
    this.#content.hidden = true;
    const install = h('button', { type: 'button', class: 'primary', onclick: () => void this.#attempt(() => this.#link.call('install', undefined, { timeoutMs: 600_000 })) }, 'Install for Claude Code');
    const text = hooks
      ? 'The hooks are installed. As soon as a session uses a tool, it is here: who tried what, on which path, who allowed or denied it, and what came of it.'
      : 'This page shows every tool call of every session: who tried what, on which path, who allowed or denied it, and what came of it. Claude Code tells of them through hooks, which are not installed yet.';
    const sample = h('div', { class: 'sample', 'aria-hidden': 'true' }, h('span', { class: 'quiet' }, '3 m'), h('span', {}, 'Read'), h('code', {}, '/home/you/project/.env'), h('span', {}, 'denied by policy'));
    this.#content.before(h('div', { class: 'empty' }, h('p', {}, text), sample, ...(hooks ? [] : [install])));
  }

  #detail(row: AuditRow): HTMLElement {
    const place = h('div', { class: 'detail' }, h('p', { class: 'quiet' }, 'Reading…'));
    const holder = h('div', {}, place);
    const show = (detail: AuditDetail) =>
      place.replaceWith(
        detailView(row, detail, {
          openPath: (n, path) => void this.#attempt(() => this.#link.call('openPath', { n, path })),
          openRule: (n) => void this.#attempt(() => this.#link.call('openRule', { n })),
          openSession: (n) => void this.#attempt(() => this.#link.call('openSession', { n })),
          only: (session) => this.#filters.set({ ...this.#filters.filter, session }),
        }),
      );
    this.#link.call('detail', { n: row.n }).then(show, (error: unknown) => {
      place.textContent = error instanceof Error ? error.message : String(error);
    });
    return holder;
  }

  async #verify(): Promise<void> {
    this.#verifiedAt = Date.now();
    this.#found = await this.#link.call('verify', undefined, { timeoutMs: 120_000 });
    this.#showChain();
  }

  /** Whether it is whole, and when that was found out. */
  #showChain(): void {
    if (this.#found === undefined) return;
    const focused = this.#chain.contains(document.activeElement);
    this.#chain.replaceChildren(
      chainView(this.#found, age(this.#found.checkedAt, Date.now()), {
        open: (index) => void this.#attempt(() => this.#link.call('openBreak', { index })),
        again: () => void this.#attempt(() => this.#verify()),
      }),
    );
    if (focused) this.#chain.querySelector('button')?.focus();
  }

  async #export(format: 'csv' | 'json'): Promise<void> {
    const { path } = await this.#link.call('exportRows', { format, rows: this.#shown.map(({ n }) => n) }, { timeoutMs: 600_000 });
    if (path !== null) this.#announcer.say(`Exported to ${path}`);
  }

  #goToMarked(step: 1 | -1): void {
    // The first press finds the first one, also when the first row is one.
    const from = this.#sought ? this.#table.at : -step;
    this.#sought = true;
    const at = nextMarked(this.#shown, from, step);
    if (at < 0) this.#announcer.say('There is no violation and no near-miss among these calls.');
    else this.#table.goTo(at);
  }

  #onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
    if (event.key === 'n') this.#goToMarked(1);
    else if (event.key === 'N') this.#goToMarked(-1);
    else if (event.key === '/') this.#filters.focus();
    else return;
    event.preventDefault();
  }

  async #attempt(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#problem.textContent = error instanceof Error ? error.message : String(error);
    }
  }
}
