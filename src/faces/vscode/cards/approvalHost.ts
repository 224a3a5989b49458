/** The extension's side of proposed cards: what the model writes, what the user decides, and what is kept of it. */
import { isWheelhouseError, messageOf } from '../../../core/base/errors.ts';
import type { ApprovalView, ProposedCard } from '../../../protocol/approval.ts';
import type { Card, CardDraft, CardSource, GeneratedCard, GeneratedCards, CardsRequest } from './core.ts';

/** A proposed card with all that is known of it. */
export interface Proposal {
  readonly key: number;
  readonly draft: CardDraft;
  readonly duplicate: ProposedCard['duplicate'];
  readonly state: ProposedCard['state'];
  /** Of a kept card. */
  readonly id?: string;
}

/** All of a set of proposals, as it is put away while the window is closed. */
export interface ApprovalState {
  readonly id: string;
  readonly subject: string;
  readonly model: string;
  readonly phase: ApprovalView['phase'];
  readonly note: string;
  readonly deck: string;
  readonly proposals: readonly Proposal[];
}

export interface ApprovalOptions {
  /** Keeps cards; gives them in the same order. */
  readonly keep: (drafts: readonly CardDraft[]) => Promise<readonly Card[]>;
  readonly remove: (id: string) => Promise<unknown>;
  readonly find: (id: string) => Promise<Card | undefined>;
  readonly decks: () => Promise<readonly string[]>;
  readonly labelOf: (source: CardSource) => string;
  /** Something is to be shown that no call of the page has asked for. */
  readonly push: (view: ApprovalView) => void;
  /** The set has changed, and is to be put away. */
  readonly store: (state: ApprovalState) => void;
}

export class ApprovalHost {
  readonly #options: ApprovalOptions;
  #state: ApprovalState;
  #decks: readonly string[] = [];
  #asking: AbortController | undefined;
  /** Keeping is done one after the other, so that no card is kept twice. */
  #working: Promise<unknown> = Promise.resolve();

  constructor(state: ApprovalState, options: ApprovalOptions) {
    this.#options = options;
    // A model that was asked by a window that is gone will not answer any more.
    this.#state = state.phase === 'asking' ? { ...state, phase: 'stopped' } : state;
  }

  /** Asks the model, and shows its cards as they come. Resolves when it has ended, however it did. */
  async ask(generate: (request: Pick<CardsRequest, 'onCard' | 'signal'>) => Promise<GeneratedCards>): Promise<void> {
    const asking = (this.#asking = new AbortController());
    this.#change({ phase: 'asking' });
    // Cards come one after the other, and each looks up what it resembles.
    let adding: Promise<unknown> = Promise.resolve();
    try {
      const { by, problem } = await generate({
        signal: asking.signal,
        onCard: (card) => {
          adding = adding.then(() => this.#add(card));
        },
      });
      await adding;
      this.#change({ phase: asking.signal.aborted ? 'stopped' : 'done', model: by, note: asking.signal.aborted ? '' : (problem ?? '') });
    } catch (error) {
      await adding;
      if (isWheelhouseError(error) && error.code === 'cancelled') this.#change({ phase: 'stopped' });
      else this.#change({ phase: 'failed', note: messageOf(error) });
    }
    this.#asking = undefined;
    await this.#push();
  }

  async view(): Promise<ApprovalView> {
    this.#decks = await this.#options.decks();
    const { proposals, ...rest } = this.#state;
    return { ...rest, decks: this.#decks, cards: proposals.map((proposal) => this.#shown(proposal)) };
  }

  keep(keys: readonly number[]): Promise<ApprovalView> {
    return this.#inTurn(async () => {
      const chosen = this.#state.proposals.filter(({ key, state }) => keys.includes(key) && state === 'open');
      const kept = await this.#options.keep(chosen.map(({ draft }) => ({ ...draft, project: this.#state.deck })));
      chosen.forEach(({ key }, i) => {
        const id = kept[i]?.id;
        this.#replace(key, { state: 'kept', ...(id !== undefined && { id }) });
      });
    });
  }

  discard(key: number): Promise<ApprovalView> {
    return this.#inTurn(() => {
      if (this.#find(key)?.state === 'open') this.#replace(key, { state: 'discarded' });
    });
  }

  reopen(key: number): Promise<ApprovalView> {
    return this.#inTurn(async () => {
      const { state, id } = this.#find(key) ?? {};
      if (state === 'kept' && id !== undefined && (await this.#options.find(id))) await this.#options.remove(id);
      this.#replace(key, { state: 'open' });
    });
  }

  edit(key: number, { tags, notes, ...fields }: { readonly question: string; readonly answer: string; readonly notes: string; readonly tags: readonly string[] }): Promise<ApprovalView> {
    return this.#inTurn(() => {
      const found = this.#find(key);
      if (found?.state === 'open') this.#replace(key, { draft: { ...found.draft, ...fields, notes, tags } });
    });
  }

  setDeck(deck: string): Promise<ApprovalView> {
    return this.#inTurn(() => this.#change({ deck: deck.trim() }));
  }

  async cancel(): Promise<ApprovalView> {
    this.#asking?.abort();
    return this.view();
  }

  sourceOf(key: number): CardSource | undefined {
    return this.#find(key)?.draft.source;
  }

  get deck(): string {
    return this.#state.deck;
  }

  dispose(): void {
    this.#asking?.abort();
  }

  async #add({ draft, duplicateOf }: GeneratedCard): Promise<void> {
    const known = duplicateOf === undefined ? undefined : await this.#options.find(duplicateOf);
    const proposal: Proposal = { key: this.#state.proposals.length + 1, draft, state: 'open', duplicate: known && { question: known.question, answer: known.answer, deck: known.project } };
    this.#change({ proposals: [...this.#state.proposals, proposal] });
    await this.#push();
  }

  async #push(): Promise<void> {
    this.#options.push(await this.view());
  }

  #find(key: number): Proposal | undefined {
    return this.#state.proposals.find((proposal) => proposal.key === key);
  }

  #replace(key: number, change: Partial<Proposal>): void {
    this.#change({ proposals: this.#state.proposals.map((proposal) => (proposal.key === key ? { ...proposal, ...change } : proposal)) });
  }

  #change(change: Partial<ApprovalState>): void {
    this.#state = { ...this.#state, ...change };
    this.#options.store(this.#state);
  }

  #inTurn(work: () => Promise<void> | void): Promise<ApprovalView> {
    const done = this.#working.then(work).then(() => this.view());
    this.#working = done.catch(() => undefined);
    return done;
  }

  #shown({ key, draft, state, duplicate }: Proposal): ProposedCard {
    const { source } = draft;
    return {
      key,
      state,
      duplicate,
      question: draft.question,
      answer: draft.answer,
      notes: draft.notes ?? '',
      tags: draft.tags ?? [],
      kind: draft.kind ?? 'basic',
      code: source && { label: this.#options.labelOf(source), language: source.language ?? '', code: source.code ?? '' },
    };
  }
}
