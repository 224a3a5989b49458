/** The quiz page: shows what the extension says, and keeps only what is the page's own: whether the card is turned, and what is being typed. */
import type { PageLink } from '../../src/protocol/page.ts';
import type { CardFields, QuizProtocol, QuizView } from '../../src/protocol/quiz.ts';
import { announcer } from '../shared/announce.ts';
import { h, isWriting } from '../shared/dom.ts';
import { speakHere } from '../shared/voices.ts';
import { cardElements, showExplanation, type CardElements } from './card.ts';
import { controls } from './controls.ts';
import { editorForm } from './editor.ts';
import { endScreen } from './end.ts';
import { actionFor, canWait, type Action, type Pressed, type Situation } from './keys.ts';
import { endWords } from './words.ts';

/** What survives hiding and reloading of the page. */
export interface QuizPageState {
  /** What the extension needs to go on with the quiz. */
  readonly session: string;
  readonly deck: string | undefined;
  readonly turn: number;
  readonly card: string;
  readonly revealed: boolean;
  readonly typed: string;
  readonly draft: CardFields | undefined;
}

export interface QuizPageOptions {
  readonly link: PageLink<QuizProtocol>;
  readonly root: HTMLElement;
  readonly load: () => unknown;
  readonly save: (state: QuizPageState) => void;
}

export class QuizPage {
  readonly #options: QuizPageOptions;
  readonly #announcer = announcer();
  readonly #fill = h('div', { class: 'bar' });
  readonly #progress = h('div', { class: 'progress', role: 'progressbar', 'aria-label': 'Progress', 'aria-valuemin': 0 }, this.#fill);
  readonly #count = h('span', { class: 'quiet count' });
  readonly #title = h('h1', {});
  readonly #stage = h('div', { class: 'stage' });
  readonly #problem = h('p', { class: 'error problem', role: 'alert' });
  #view: QuizView | undefined;
  #revealed = false;
  #typed = '';
  #draft: CardFields | undefined;
  #elements: CardElements | undefined;
  #shownAt = performance.now();
  #busy = false;
  /** Keys that were pressed while something was on its way; they mean what they mean on what is shown then. */
  #waiting: Pressed[] = [];

  constructor(options: QuizPageOptions) {
    this.#options = options;
    options.root.append(this.#progress, h('header', { class: 'top' }, this.#title, this.#count), this.#stage, this.#problem, this.#announcer.element);
    document.addEventListener('keydown', (event) => this.#pressed(event));
    // A page may only take the focus when the user is in it.
    window.addEventListener('focus', () => document.activeElement === document.body && this.#focus());
  }

  async start(): Promise<void> {
    await this.#do(async () => this.show(await this.#options.link.call('ready', undefined), this.#options.load()));
  }

  /** @param kept What the page kept when it was hidden or reloaded. */
  show(view: QuizView, kept?: unknown): void {
    const before = this.#view;
    this.#view = view;
    const { card } = view;
    const isNew = before === undefined || before.turn !== view.turn || before.card?.id !== card?.id;
    if (isNew) {
      const mine = isState(kept) && kept.turn === view.turn && kept.card === card?.id ? kept : undefined;
      this.#revealed = mine?.revealed ?? false;
      this.#typed = mine?.typed ?? '';
      this.#draft = mine?.draft;
      this.#shownAt = performance.now();
    }
    this.#head(view);
    if (isNew || JSON.stringify(before.card) !== JSON.stringify(card) || (card === undefined && JSON.stringify(before.summary) !== JSON.stringify(view.summary))) {
      this.#draw();
      if (isNew) this.#announce(view);
    } else if (this.#elements) {
      showExplanation(this.#elements.explanation, view.explanation, this.#openLink);
      if (before.explanation.phase !== view.explanation.phase) this.#drawControls();
    }
    if (!isNew && before.explanation.phase === 'asking' && view.explanation.phase !== 'asking') this.#announcer.say(view.explanation.phase === 'failed' ? view.explanation.why : 'The explanation is complete.');
    if (view.notice !== undefined && view.notice !== before?.notice) this.#say(view.notice);
    this.#keep();
  }

  #head({ title, progress: { done, total } }: QuizView): void {
    this.#title.textContent = title;
    this.#count.textContent = total === 0 ? '' : `${Math.min(done, total)} of ${total}`;
    this.#progress.setAttribute('aria-valuemax', String(Math.max(total, 1)));
    this.#progress.setAttribute('aria-valuenow', String(Math.min(done, total)));
    this.#fill.style.width = `${total === 0 ? 0 : (100 * Math.min(done, total)) / total}%`;
  }

  #announce(view: QuizView): void {
    const { heading, lines } = endWords(view);
    this.#announcer.say(view.card ? `Question: ${this.#elements?.front.textContent ?? ''}` : [heading, ...lines].join('. '));
  }

  #draw(): void {
    const view = this.#view;
    if (!view) return;
    this.#elements = undefined;
    this.#problem.textContent = '';
    const { card } = view;
    if (!card) {
      this.#stage.replaceChildren(endScreen(view, (action) => this.#act(action)));
    } else if (this.#draft) {
      const form = editorForm(
        this.#draft,
        (fields) => {
          this.#draft = fields;
          this.#keep();
        },
        () => this.#act('save'),
        () => this.#act('cancel'),
      );
      this.#stage.replaceChildren(form);
    } else {
      this.#elements = cardElements(card, this.#revealed, this.#typed, {
        openLink: this.#openLink,
        openSource: () => this.#act('source'),
        onTyped: (text) => {
          this.#typed = text;
          this.#keep();
        },
      });
      showExplanation(this.#elements.explanation, view.explanation, this.#openLink);
      this.#stage.replaceChildren(this.#elements.article, controls(view, card, this.#revealed, (action) => this.#act(action)));
    }
    this.#focus();
  }

  #drawControls(): void {
    const old = this.#stage.querySelector('.actions');
    const view = this.#view;
    if (!old || !view?.card) return;
    const focused = old.contains(document.activeElement) ? document.activeElement?.getAttribute('aria-keyshortcuts') : undefined;
    const fresh = controls(view, view.card, this.#revealed, (action) => this.#act(action));
    old.replaceWith(fresh);
    fresh.querySelector<HTMLElement>(`[aria-keyshortcuts="${focused ?? ''}"]`)?.focus();
  }

  /** The next thing to do has the focus, so that Enter and Tab go on from there. */
  #focus(): void {
    if (!document.hasFocus()) return;
    const within = (selector: string) => this.#stage.querySelector<HTMLElement>(selector);
    if (this.#draft) within('textarea')?.focus();
    else if (this.#elements) (this.#revealed ? this.#elements.answer : (this.#elements.input ?? within('.reveal')))?.focus({ preventScroll: !this.#revealed });
    else within('.end h2')?.focus();
  }

  #pressed(event: KeyboardEvent): void {
    const writing = isWriting(event.target);
    if (this.#busy) {
      if (writing || !canWait(event)) return;
      event.preventDefault();
      this.#waiting.push(event);
      return;
    }
    const action = this.#actionFor(event, { writing, onButton: event.target instanceof HTMLButtonElement });
    if (action === undefined) return;
    event.preventDefault();
    this.#act(action);
  }

  #actionFor(pressed: Pressed, where: Omit<Situation, 'phase'>): Action | undefined {
    return actionFor(pressed, { ...where, phase: this.#draft ? 'editing' : !this.#view?.card ? 'end' : this.#revealed ? 'answer' : 'question' });
  }

  #act(action: Action): void {
    const view = this.#view;
    if (!view || this.#busy) return;
    const { turn, card } = view;
    const { link } = this.#options;
    const run = (work: () => Promise<unknown>) => void this.#attempt(work);
    const change = (call: () => Promise<QuizView>) => void this.#do(async () => this.show(await call()));
    const anywhere: Partial<Record<Action, () => void>> = {
      undo: () => (view.canUndo ? change(() => link.call('undo', undefined)) : this.#say('There is nothing to undo.')),
      restart: () => change(() => link.call('restart', undefined)),
      close: () => run(() => link.call('close', undefined)),
      stats: () => run(() => link.call('openStats', undefined)),
    };
    const onCard = card && {
      reveal: () => this.#reveal(),
      edit: () => this.#draftIs(card.fields),
      cancel: () => this.#draftIs(undefined),
      save: () => this.#saveDraft(),
      skip: () => change(() => link.call('skip', { turn })),
      suspend: () => change(() => link.call('suspend', { turn })),
      flag: () => change(() => link.call('flag', { turn, flag: card.flag > 0 ? 0 : 1 })),
      explain: () => (view.explanation.phase === 'asking' ? change(() => link.call('stopExplaining', undefined)) : this.#explain(turn)),
      source: () => (card.source ? run(() => link.call('openSource', { turn })) : this.#say('This card was not made from code.')),
      speak: () => run(() => this.#speak()),
    } satisfies Partial<Record<Action, () => void>>;
    if (typeof action !== 'number') ({ ...anywhere, ...onCard })[action]?.();
    else if (card) change(() => link.call('rate', { turn, confidence: action, tookMs: Math.round(performance.now() - this.#shownAt) }));
  }

  #draftIs(fields: CardFields | undefined): void {
    this.#draft = fields;
    this.#draw();
    this.#keep();
  }

  #reveal(): void {
    this.#revealed = true;
    this.#draw();
    this.#keep();
    this.#announcer.say(`Answer: ${this.#elements?.answer.textContent ?? ''}`);
  }

  #explain(turn: number): void {
    void this.#do(async () => {
      this.show(await this.#options.link.call('explain', { turn }));
      this.#elements?.explanation.scrollIntoView({ block: 'nearest' });
    });
  }

  #saveDraft(): void {
    const draft = this.#draft;
    const view = this.#view;
    if (!draft || !view) return;
    void this.#do(async () => {
      const saved = await this.#options.link.call('edit', { turn: view.turn, ...draft });
      this.#draft = undefined;
      this.show(saved);
      this.#draw();
      this.#say('The card is changed.');
    });
  }

  async #speak(): Promise<void> {
    const card = this.#view?.card;
    const elements = this.#elements;
    if (!card || !elements) return;
    const text = ((this.#revealed ? elements.answer.querySelector('.back') : elements.front)?.textContent ?? '').slice(0, 2_000);
    const language = this.#revealed ? card.languages.back : card.languages.front;
    const spoken = (await speakHere(text, language)) || (await this.#options.link.call('speak', { text, language: language === '' ? undefined : language }));
    if (!spoken) this.#say(language === '' ? 'There is no voice on this machine.' : `There is no voice for “${language}” on this machine.`);
  }

  readonly #openLink = (href: string): void => void this.#attempt(() => this.#options.link.call('openLink', { href }));

  /** Says something once, for eyes and ears. */
  #say(text: string): void {
    this.#problem.classList.remove('error');
    this.#problem.textContent = text;
  }

  /** One thing at a time; keys wait meanwhile, a second click does not. */
  async #do(work: () => Promise<unknown>): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    const done = await this.#attempt(work);
    this.#busy = false;
    // After a failure nothing is as those keys expected it.
    if (!done) this.#waiting = [];
    this.#goOn();
  }

  #goOn(): void {
    for (let key = this.#waiting.shift(); key; key = this.#waiting.shift()) {
      const action = this.#actionFor(key, { writing: isWriting(document.activeElement), onButton: false });
      if (action !== undefined) this.#act(action);
      if (this.#busy) return;
    }
  }

  /** For what changes nothing on the page, and so need not hold it up. @returns whether it was done. */
  async #attempt(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      this.#problem.classList.add('error');
      this.#problem.textContent = error instanceof Error ? error.message : String(error);
      return false;
    }
  }

  #keep(): void {
    const view = this.#view;
    if (view) this.#options.save({ session: view.session, deck: view.deck, turn: view.turn, card: view.card?.id ?? '', revealed: this.#revealed, typed: this.#typed, draft: this.#draft });
  }
}

function isState(value: unknown): value is QuizPageState {
  if (typeof value !== 'object' || value === null) return false;
  const { turn, card, revealed, typed } = value as Partial<QuizPageState>;
  return typeof turn === 'number' && typeof card === 'string' && typeof revealed === 'boolean' && typeof typed === 'string';
}
