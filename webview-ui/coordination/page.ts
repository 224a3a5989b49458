/** The page of coordination: it is drawn from what stands now, and keeps the focus where it was. */
import type { CoordinationProtocol, CoordinationView } from '../../src/protocol/coordination.ts';
import type { PageLink } from '../../src/protocol/page.ts';
import { h } from '../shared/dom.ts';
import { Graph } from './graph.ts';
import { repositoryButtons } from './repositories.ts';
import { barriers, blockers, conflicts, holders, section, summary, waitsTable, type Actions, type Look } from './sections.ts';
import { ago, lasting } from './words.ts';

export interface PageOptions {
  readonly link: PageLink<CoordinationProtocol>;
  readonly root: HTMLElement;
  readonly load: () => unknown;
  readonly save: (state: { readonly repository: string }) => void;
}

/** What runs down by the clock is written anew this often. */
const CLOCK_MS = 1000;
/** The user may think as long about a question as they like. */
const ASKING_MS = 3_600_000;

export class CoordinationPage {
  readonly #options: PageOptions;
  readonly #repositories = h('div', { class: 'repositories', role: 'group', 'aria-label': 'Repository' });
  readonly #summary = h('p', { class: 'quiet summary', role: 'status' });
  readonly #problem = h('p', { class: 'error', role: 'alert' });
  readonly #content = h('div', { class: 'content' });
  readonly #open = new Set<string>();
  readonly #graph: Graph;
  readonly #actions: Actions;
  #seen: ReadonlySet<string> = new Set();
  /** How far the extension's clock is ahead of this one. */
  #ahead = 0;

  constructor(options: PageOptions) {
    this.#options = options;
    const { link, root } = options;
    const act = (work: () => Promise<unknown>) => void this.#attempt(work);
    this.#actions = {
      release: (fence, path) => act(() => link.call('release', { fence, path }, { timeoutMs: ASKING_MS })),
      breakBarrier: (name) => act(() => link.call('breakBarrier', { name }, { timeoutMs: ASKING_MS })),
      resolve: (id) => act(() => link.call('resolve', { id }, { timeoutMs: ASKING_MS })),
      openFile: (fence, path) => act(() => link.call('openFile', { fence, path })),
      showSession: (id) => act(() => link.call('showSession', { id })),
    };
    this.#graph = new Graph((id) => this.#seen.has(id) && this.#actions.showSession(id));
    root.append(h('header', {}, h('h1', {}, 'Coordination'), this.#repositories), this.#summary, this.#problem, this.#content);
    setInterval(() => this.#tick(), CLOCK_MS);
  }

  async start(): Promise<void> {
    const kept = this.#options.load() as { readonly repository?: string } | undefined;
    await this.#attempt(async () => this.show(await this.#options.link.call('ready', { repository: kept?.repository })));
  }

  show(view: CoordinationView): void {
    this.#ahead = view.at - Date.now();
    this.#seen = new Set(view.seen);
    const said = summary(view);
    // A region that is written anew is read again.
    if (this.#summary.textContent !== said) this.#summary.textContent = said;
    this.#problem.textContent = view.problem;
    const key = document.activeElement?.getAttribute('data-key') ?? undefined;
    this.#repositories.replaceChildren(...repositoryButtons(view.repositories, view.repository, (id) => void this.#choose(id)));
    for (const details of this.#content.querySelectorAll<HTMLDetailsElement>('details[data-open]')) {
      if (details.open) this.#open.add(details.dataset['open'] ?? '');
      else this.#open.delete(details.dataset['open'] ?? '');
    }
    this.#content.replaceChildren(...this.#parts({ view, now: view.at, actions: this.#actions }));
    for (const details of this.#content.querySelectorAll<HTMLDetailsElement>('details[data-open]')) details.open = this.#open.has(details.dataset['open'] ?? '');
    if (key !== undefined) this.#options.root.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus({ preventScroll: true });
  }

  /** What the user has chosen is kept; what the extension chose for want of it is not. */
  #choose(repository: string): Promise<void> {
    return this.#attempt(async () => {
      this.#options.save({ repository });
      this.show(await this.#options.link.call('choose', { repository }));
    });
  }

  #parts(look: Look): readonly HTMLElement[] {
    const { view } = look;
    const isEmpty = [view.sessions, view.waits, view.barriers, view.blockers, view.conflicts].every(({ length }) => length === 0);
    if (isEmpty) return view.problem === '' ? [this.#empty(view)] : [];
    return [
      holders(look),
      ...(view.waits.length === 0 ? [] : [section('Who waits for whom', h('p', { class: 'quiet' }, 'Solid lines lead to barriers, dashed ones to blockers.'), h('div', { class: 'scroller', tabindex: 0, role: 'group', 'aria-label': 'Picture: who waits for whom' }, this.#graph.draw(view)), waitsTable(view))]),
      ...(view.barriers.length === 0 ? [] : [barriers(look)]),
      ...(view.blockers.length === 0 ? [] : [blockers(look)]),
      ...(view.conflicts.length === 0 ? [] : [conflicts(look)]),
    ];
  }

  #empty({ repository, installed, autoClaim }: CoordinationView): HTMLElement {
    const { link } = this.#options;
    if (repository === '') return h('div', { class: 'empty' }, h('p', {}, 'Coordination is about the sessions of one repository. Open its folder, or start a session in it.'));
    return h(
      'div',
      { class: 'empty' },
      h('p', {}, 'When several sessions work in one repository, each claims the files that it is about to change, and the others are stopped before they edit them. Who holds what, who waits for whom and where they got in each other’s way appears here.'),
      h('p', { class: 'quiet' }, 'Once there is something, it looks like this: ', h('span', { class: 'mono' }, 'src/parser.ts'), ' · invoice-rounding · exclusive · 14 m left · “the parser is being rewritten”.'),
      !installed && h('button', { type: 'button', class: 'primary', 'data-key': 'install', onclick: () => void this.#attempt(() => link.call('install', undefined, { timeoutMs: ASKING_MS })) }, 'Install for Claude Code'),
      installed && !autoClaim && h('button', { type: 'button', class: 'secondary', 'data-key': 'settings', onclick: () => void this.#attempt(() => link.call('openSettings', undefined)) }, 'Let the first edit of a file claim it…'),
    );
  }

  #tick(): void {
    const now = Date.now() + this.#ahead;
    for (const element of this.#content.querySelectorAll<HTMLElement>('[data-until]')) write(element, lasting(Number(element.dataset['until']) - now));
    for (const element of this.#content.querySelectorAll<HTMLElement>('[data-since]')) write(element, ago(Number(element.dataset['since']), now));
  }

  async #attempt(work: () => Promise<unknown>): Promise<void> {
    try {
      this.#problem.textContent = '';
      await work();
    } catch (error) {
      this.#problem.textContent = error instanceof Error ? error.message : String(error);
    }
  }
}

function write(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
