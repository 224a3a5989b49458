/** The page of generated cards: they arrive while the user reads, and none is kept before the user says so. */
import type { PageLink } from '../../src/protocol/page.ts';
import type { ApprovalProtocol, ApprovalView, ProposedCard } from '../../src/protocol/approval.ts';
import { announcer } from '../shared/announce.ts';
import { h, isWriting, key as keyName } from '../shared/dom.ts';
import { chosenKeys, isChosen, nextOpen, openKeys, statusText } from './choice.ts';
import { proposal, type Draft, type ProposalAction } from './proposal.ts';

/** What survives hiding and reloading of the page. */
interface Kept {
  readonly id: string;
  readonly choices: readonly (readonly [number, boolean])[];
  readonly drafts: readonly (readonly [number, Draft])[];
}

export interface ApprovalPageOptions {
  readonly link: PageLink<ApprovalProtocol>;
  readonly root: HTMLElement;
  readonly load: () => unknown;
  readonly save: (state: Kept) => void;
}

const letters: Readonly<Record<string, ProposalAction>> = { k: 'keep', d: 'discard', e: 'edit', ' ': 'choose' };

export class ApprovalPage {
  readonly #options: ApprovalPageOptions;
  readonly #announcer = announcer();
  readonly #heading = h('h1', {});
  readonly #status = h('p', { class: 'quiet', role: 'status' });
  readonly #stop = h('button', { type: 'button', class: 'secondary', onclick: () => this.#change(() => this.#options.link.call('cancel', undefined)) }, 'Stop');
  readonly #deck = h('input', { type: 'text', list: 'decks', onchange: () => this.#change(() => this.#options.link.call('setDeck', { deck: this.#deck.value })) });
  readonly #decks = h('datalist', { id: 'decks' });
  readonly #list = h('section', { class: 'list', 'aria-label': 'Proposed cards' });
  readonly #problem = h('p', { class: 'error', role: 'alert' });
  readonly #footer = h('footer', { class: 'bottom' });
  readonly #choices = new Map<number, boolean>();
  readonly #drafts = new Map<number, Draft>();
  /** What each card looked like when it was drawn. */
  readonly #drawn = new Map<number, string>();
  #view: ApprovalView | undefined;

  constructor(options: ApprovalPageOptions) {
    this.#options = options;
    options.root.append(
      h('header', {}, this.#heading, h('div', { class: 'state' }, this.#status, this.#stop), h('label', { class: 'deck' }, h('span', {}, 'Deck'), this.#deck), this.#decks),
      this.#list,
      this.#problem,
      this.#footer,
      this.#announcer.element,
    );
    document.addEventListener('keydown', (event) => this.#pressed(event));
  }

  async start(): Promise<void> {
    await this.#do(async () => {
      const view = await this.#options.link.call('ready', undefined);
      const kept = this.#options.load() as Partial<Kept> | undefined;
      if (kept?.id === view.id) {
        for (const [key, chosen] of kept.choices ?? []) this.#choices.set(key, chosen);
        for (const [key, draft] of kept.drafts ?? []) this.#drafts.set(key, draft);
      }
      this.show(view);
    });
  }

  show(view: ApprovalView): void {
    const before = this.#view;
    this.#view = view;
    this.#heading.textContent = `Cards from ${view.subject}`;
    this.#status.textContent = statusText(view);
    this.#status.classList.toggle('error', view.phase === 'failed');
    this.#stop.hidden = view.phase !== 'asking';
    if (document.activeElement !== this.#deck) this.#deck.value = view.deck;
    this.#decks.replaceChildren(...view.decks.map((deck) => h('option', { value: deck })));
    for (const card of view.cards) this.#drawCard(card);
    this.#drawFooter(view);
    const added = view.cards.length - (before?.cards.length ?? 0);
    if (before && added > 0 && view.phase === 'asking') this.#announcer.say(`${view.cards.length} cards so far.`);
    this.#keep();
  }

  #drawCard(card: ProposedCard): void {
    const draft = this.#drafts.get(card.key);
    // What is being written must not be drawn anew under the user's hands.
    const look = JSON.stringify([card, isChosen(card, this.#choices), draft !== undefined]);
    if (this.#drawn.get(card.key) === look) return;
    this.#drawn.set(card.key, look);
    const old = this.#element(card.key);
    const fresh = proposal(card, {
      chosen: isChosen(card, this.#choices),
      draft,
      act: (action) => this.#act(card.key, action),
      onDraft: (changed) => {
        this.#drafts.set(card.key, changed);
        this.#keep();
      },
      openLink: (href) => void this.#do(() => this.#options.link.call('openLink', { href })),
    });
    if (!old) {
      this.#list.append(fresh);
      return;
    }
    const hadFocus = old.contains(document.activeElement);
    const action = document.activeElement?.getAttribute('data-action');
    old.replaceWith(fresh);
    if (hadFocus) (draft ? fresh.querySelector('textarea') : (fresh.querySelector<HTMLElement>(`[data-action="${action ?? ''}"]`) ?? fresh))?.focus();
  }

  #drawFooter(view: ApprovalView): void {
    const chosen = chosenKeys(view, this.#choices);
    const open = openKeys(view);
    const kept = view.cards.some(({ state }) => state === 'kept');
    const button = (name: string, kind: string, run: () => void, letter?: string) => h('button', { type: 'button', class: kind, onclick: run }, name, letter !== undefined && keyName(letter));
    const buttons =
      open.length > 0
        ? [
            chosen.length > 0 && button(`Keep selected (${chosen.length})`, 'primary', () => this.#keepCards(chosen), 'Ctrl+Enter'),
            open.length > chosen.length && button(`Keep all (${open.length})`, 'secondary', () => this.#keepCards(open)),
          ]
        : view.phase === 'asking'
          ? []
          : [
              kept && button('Quiz me', 'primary', () => void this.#do(() => this.#options.link.call('quiz', undefined))),
              button('Close', kept ? 'secondary' : 'primary', () => void this.#do(() => this.#options.link.call('close', undefined))),
            ];
    this.#footer.replaceChildren(...buttons.filter((child) => child !== false));
    this.#footer.hidden = this.#footer.childElementCount === 0;
  }

  #element(key: number): HTMLElement | null {
    return this.#list.querySelector<HTMLElement>(`[data-key="${key}"]`);
  }

  #pressed(event: KeyboardEvent): void {
    const run = this.#meant(event);
    if (!run) return;
    event.preventDefault();
    run();
  }

  /** What a key is for; undefined: nothing of ours. */
  #meant({ key, ctrlKey, metaKey, altKey, repeat, target }: KeyboardEvent): (() => void) | undefined {
    const view = this.#view;
    if (!view || altKey) return undefined;
    const current = target instanceof Element ? Number(target.closest('[data-key]')?.getAttribute('data-key') ?? 0) : 0;
    const command = ctrlKey || metaKey;
    if (this.#drafts.has(current)) {
      if (key === 'Escape') return () => this.#act(current, 'cancel');
      return key === 'Enter' && command ? () => this.#act(current, 'save') : undefined;
    }
    if (key === 'Enter' && command && !repeat) return () => this.#keepCards(chosenKeys(view, this.#choices));
    if (isWriting(target) || command) return undefined;
    if (key === 'ArrowDown') return () => this.#move(current, 1);
    if (key === 'ArrowUp') return () => this.#move(current, -1);
    const action = letters[key.toLowerCase()];
    const isOpen = view.cards.some((card) => card.key === current && card.state === 'open');
    // Buttons and boxes take Space for themselves.
    if (action === undefined || repeat || !isOpen || (key === ' ' && target !== this.#element(current))) return undefined;
    return () => this.#act(current, action);
  }

  #move(current: number, step: number): void {
    const keys = this.#view?.cards.map(({ key }) => key) ?? [];
    const at = keys.indexOf(current);
    const next = keys[at < 0 ? 0 : Math.min(keys.length - 1, Math.max(0, at + step))];
    if (next === undefined) return;
    this.#element(next)?.focus();
    this.#element(next)?.scrollIntoView({ block: 'nearest' });
  }

  #act(key: number, action: ProposalAction): void {
    const view = this.#view;
    const card = view?.cards.find((one) => one.key === key);
    if (!view || !card) return;
    const { link } = this.#options;
    const goOn = nextOpen(view, key);
    const answer = (call: () => Promise<ApprovalView>) => this.#change(call, goOn);
    const run: Readonly<Record<ProposalAction, () => void>> = {
      keep: () => answer(() => link.call('keep', { keys: [key] })),
      discard: () => answer(() => link.call('discard', { key })),
      reopen: () => this.#change(() => link.call('reopen', { key })),
      source: () => void this.#do(() => link.call('openSource', { key })),
      choose: () => {
        this.#choices.set(key, !isChosen(card, this.#choices));
        this.show(view);
      },
      edit: () => {
        this.#drafts.set(key, { question: card.question, answer: card.answer, notes: card.notes, tags: card.tags.join(' ') });
        this.#drawCard(card);
        this.#element(key)?.querySelector('textarea')?.focus();
        this.#keep();
      },
      cancel: () => this.#endEdit(key, view),
      save: () => {
        const draft = this.#drafts.get(key);
        if (!draft) return;
        const { tags, ...fields } = draft;
        void this.#do(async () => {
          const saved = await link.call('edit', { key, ...fields, tags: tags.split(/[\s,]+/).map((tag) => tag.replace(/^#/, '')).filter((tag) => tag !== '') });
          this.#endEdit(key, saved);
        });
      },
    };
    run[action]();
  }

  #endEdit(key: number, view: ApprovalView): void {
    this.#drafts.delete(key);
    this.show(view);
    this.#element(key)?.focus();
  }

  #keepCards(keys: readonly number[]): void {
    if (keys.length > 0) this.#change(() => this.#options.link.call('keep', { keys }));
  }

  /** @param focus The card that gets the focus afterwards. */
  #change(call: () => Promise<ApprovalView>, focus?: number): void {
    void this.#do(async () => {
      this.show(await call());
      if (focus !== undefined) this.#element(focus)?.focus();
      else if (document.activeElement === document.body) this.#footer.querySelector('button')?.focus();
    });
  }

  async #do(work: () => Promise<unknown>): Promise<void> {
    try {
      this.#problem.textContent = '';
      await work();
    } catch (error) {
      this.#problem.textContent = error instanceof Error ? error.message : String(error);
    }
  }

  #keep(): void {
    if (this.#view) this.#options.save({ id: this.#view.id, choices: [...this.#choices], drafts: [...this.#drafts] });
  }
}
