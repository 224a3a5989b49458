/** The extension's side of a quiz: the session's questions and answers as what the page shows. */
import { isWheelhouseError, messageOf } from '../../../core/base/errors.ts';
import type { LanguageModel } from '../../../core/models/index.ts';
import type { Explanation, QuizCard, QuizSummary, QuizView } from '../../../protocol/quiz.ts';
import { explainCard, facesOf, languagesOf, privateMarks, showCard, type Card, type CardsContext, type CardSource, type QuizQuestion, type QuizSession } from './core.ts';

export interface QuizHostOptions {
  readonly context: CardsContext;
  readonly session: QuizSession;
  readonly title: string;
  /** The deck that is asked; undefined: all. */
  readonly deck: string | undefined;
  /** What the user reads instead of a path, such as `src/cart.ts:3-9`. */
  readonly labelOf: (source: CardSource) => string;
  readonly model: () => LanguageModel;
  readonly learner: () => { readonly level: string; readonly taste: string };
  /** Something is to be shown that no call of the page has asked for. */
  readonly push: (view: QuizView) => void;
}

const elsewhere = 'That card was answered in another window. This is the next one.';
/** So often a growing explanation is sent. */
const streamMs = 80;
const shownQuestions = 20;

export class QuizHost {
  readonly #options: QuizHostOptions;
  #turn: number;
  #shown: string | undefined;
  #explanation: Explanation = { phase: 'none' };
  #explaining: AbortController | undefined;
  #canUndo = false;

  constructor(options: QuizHostOptions) {
    this.#options = options;
    // Another one than in a window before this one, whose page may still remember its own.
    this.#turn = options.context.clock.now();
    this.#canUndo = options.session.progress().answers > 0;
  }

  get session(): QuizSession {
    return this.#options.session;
  }

  view(notice?: string): Promise<QuizView> {
    return this.#view(notice);
  }

  async rate(turn: number, confidence: number, tookMs: number): Promise<QuizView> {
    return this.#onTurn(turn, async ({ faces }) => {
      const answer = await this.session.answer(confidence, Math.max(0, tookMs));
      this.#canUndo = true;
      this.#next();
      if (!answer.counted) return elsewhere;
      return answer.leech ? `“${shortened(faces.front)}” was forgotten ${answer.card.schedule.lapses} times and is suspended now. Two smaller cards are easier to keep.` : undefined;
    });
  }

  async undo(): Promise<QuizView> {
    const question = await this.session.undo();
    this.#canUndo = question !== undefined && this.session.progress().answers > 0;
    this.#next();
    return this.#view(question ? undefined : 'There is nothing to undo.');
  }

  skip(turn: number): Promise<QuizView> {
    return this.#onTurn(turn, async () => {
      await this.session.skip();
      this.#canUndo = true;
      this.#next();
      return undefined;
    });
  }

  suspend(turn: number): Promise<QuizView> {
    return this.#onTurn(turn, async () => {
      await this.session.suspend();
      this.#canUndo = true;
      this.#next();
      return 'The card is suspended. “u” brings it back.';
    });
  }

  flag(turn: number, flag: number): Promise<QuizView> {
    return this.#onTurn(turn, async () => {
      await this.session.flag(flag);
      return undefined;
    });
  }

  edit(turn: number, fields: { readonly question: string; readonly answer: string; readonly notes: string }): Promise<QuizView> {
    return this.#onTurn(turn, async () => {
      await this.session.edit(fields);
      return undefined;
    });
  }

  /** Asks the model; what it writes is pushed as it comes. */
  explain(turn: number): Promise<QuizView> {
    return this.#onTurn(turn, (question) => {
      this.#stopExplaining();
      const model = this.#options.model();
      const aborting = (this.#explaining = new AbortController());
      this.#explanation = { phase: 'asking', text: '', model: model.name };
      void this.#stream(model, question.card, aborting);
      return Promise.resolve(undefined);
    });
  }

  stopExplaining(): Promise<QuizView> {
    this.#stopExplaining();
    return this.#view();
  }

  /** The source of the card that is shown. */
  async sourceOf(turn: number): Promise<CardSource | undefined> {
    return turn === this.#turn ? (await this.session.current())?.card.source : undefined;
  }

  dispose(): void {
    this.#explaining?.abort();
  }

  async #stream(model: LanguageModel, card: Card, aborting: AbortController): Promise<void> {
    const { context, learner } = this.#options;
    let text = '';
    let timer: NodeJS.Timeout | undefined;
    const isCurrent = () => this.#explaining === aborting;
    const send = () => {
      timer = undefined;
      if (isCurrent()) void this.#view().then(this.#options.push);
    };
    try {
      const onText = (piece: string) => {
        text += piece;
        if (!isCurrent()) return;
        this.#explanation = { phase: 'asking', text, model: model.name };
        timer ??= setTimeout(send, streamMs);
      };
      const answer = await explainCard({ model, random: context.random }, { card, ...learner(), signal: aborting.signal, onText });
      if (isCurrent()) this.#explanation = { phase: 'done', text: answer.text, model: answer.by };
    } catch (error) {
      if (isCurrent()) this.#explanation = { phase: 'failed', text, why: isWheelhouseError(error) && error.code === 'cancelled' ? 'Stopped.' : messageOf(error) };
    }
    clearTimeout(timer);
    send();
  }

  #stopExplaining(): void {
    const { phase } = this.#explanation;
    if (phase === 'asking') this.#explanation = { phase: 'failed', text: this.#explanation.text, why: 'Stopped.' };
    this.#explaining?.abort();
    this.#explaining = undefined;
  }

  /** Does something with the question of this turn; when it is another's by now, only says so. */
  async #onTurn(turn: number, act: (question: QuizQuestion) => Promise<string | undefined>): Promise<QuizView> {
    const question = await this.#current();
    if (turn !== this.#turn || !question) return this.#view(elsewhere);
    return this.#view(await act(question));
  }

  /** The next question is a new turn, even when it is the same card. */
  #next(): void {
    this.#shown = undefined;
  }

  async #current(): Promise<QuizQuestion | undefined> {
    const question = await this.session.current();
    const id = question?.card.id ?? '';
    if (id !== this.#shown) {
      this.#shown = id;
      this.#turn++;
      this.#stopExplaining();
      this.#explanation = { phase: 'none' };
    }
    return question;
  }

  async #view(notice?: string): Promise<QuizView> {
    const question = await this.#current();
    const { total, done } = this.session.progress();
    return {
      session: this.session.id,
      deck: this.#options.deck,
      turn: this.#turn,
      title: this.#options.title,
      now: this.#options.context.clock.now(),
      progress: { total, done },
      card: question && this.#card(question),
      summary: question ? undefined : await this.#summary(),
      canUndo: this.#canUndo,
      notice,
      explanation: this.#explanation,
    };
  }

  #card({ card, previews }: QuizQuestion): QuizCard {
    const { source } = card;
    const faces = facesOf(card, privateMarks);
    const spoken = languagesOf(card);
    const languages = { front: spoken?.front ?? '', back: spoken?.back ?? '' };
    return {
      id: card.id,
      kind: card.kind,
      deck: card.project,
      // Tags of the form `a::b` are for programs.
      tags: card.tags.filter((tag) => !tag.includes('::')),
      state: card.schedule.state,
      front: faces.front,
      back: faces.back,
      notes: card.notes,
      fields: { question: card.question, answer: card.answer, notes: card.notes },
      source: source && { label: this.#options.labelOf(source), language: source.language ?? '', code: source.code ?? '' },
      flag: card.flag,
      expected: faces.typed,
      languages: card.kind === 'reversed' && card.ordinal === 1 ? { front: languages.back, back: languages.front } : languages,
      previews: ([1, 2, 3, 4, 5] as const).map((confidence) => {
        const { label, days, again } = previews[confidence];
        return { label, days, again };
      }),
    };
  }

  async #summary(): Promise<QuizSummary> {
    const { progress, known, relearned, tookMs, nextDue, newLater, learnedCards, hardCards } = await this.session.summary();
    return { answers: progress.answers, known, relearned, tookMs, nextDue, newLater, learned: await this.#questionsOf(learnedCards), hard: await this.#questionsOf(hardCards) };
  }

  /** The first of them, as plain words; a card that was deleted since is left out. */
  async #questionsOf(ids: readonly string[]): Promise<readonly string[]> {
    const cards = await Promise.all(ids.slice(0, shownQuestions).map((id) => showCard(this.#options.context, id).catch(() => undefined)));
    return [...new Set(cards.flatMap((card) => (card ? [shortened(facesOf(card).front)] : [])))];
  }
}

/** Markdown as one line of plain words. */
export function shortened(markdown: string): string {
  const words = markdown
    .replace(/```[^\n]*\n?|`/g, '')
    .replace(/\*\*|__/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  return words.length <= 110 ? words : `${words.slice(0, 108).trimEnd()} …`;
}

