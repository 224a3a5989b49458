import { WheelhouseError } from '../../base/errors.ts';
import type { CardsContext } from '../context.ts';
import { facesOf } from '../faces.ts';
import { operationId } from '../ids.ts';
import type { Card } from '../model.ts';
import { changeCards, updateCard, type CardEdit } from '../operations/change.ts';
import { answerCard, checkConfidence, previews } from '../operations/review.ts';
import { undo } from '../operations/undo.ts';
import { rightFrom } from '../schedule/model.ts';
import type { CardsStore } from '../store.ts';
import { chooseCards } from './choose.ts';
import type { QuizAnswer, QuizOptions, QuizProgress, QuizQuestion, QuizSession, QuizSummary } from './model.ts';
import { afterAnswer, queueOf, skipped, without, type Queue } from './queue.ts';

/**
 * Starts a quiz on what is due. It can be empty. It is kept for a month, for `resumeQuiz`.
 * @throws WheelhouseError `not-found` for a card in `options.cards` that does not exist, `usage` for a limit below 1.
 */
export async function startQuiz(context: CardsContext, options: QuizOptions = {}): Promise<QuizSession> {
  if (options.limit !== undefined && !(Number.isInteger(options.limit) && options.limit >= 1)) throw new WheelhouseError('usage', `A quiz has at least 1 card, not ${options.limit}.`);
  const store = await context.store();
  await store.refresh();
  const id = `quiz-${context.random.base32(8)}`;
  const { cards, newLater } = chooseCards(context, store, options, id);
  const session = new Session(context, store, id, options, cards, newLater, context.clock.now());
  // An empty quiz has nothing to come back to.
  if (cards.length > 0) await store.append([{ type: 'cards.quizStarted', session: session.id, cards, options: JSON.stringify({ ...options, newLater }) }]);
  return session;
}

/**
 * A quiz that was started in this or another process, as its answers left it.
 * @throws WheelhouseError `not-found`.
 */
export async function resumeQuiz(context: CardsContext, id: string): Promise<QuizSession> {
  const store = await context.store();
  await store.refresh();
  const row = store.db.all('SELECT position, at, cards, options FROM cards_quiz WHERE session = ?', [id])[0];
  if (!row) throw new WheelhouseError('not-found', `There is no quiz ${JSON.stringify(id)}. Start one with "cards quiz".`);
  const { newLater, ...options } = JSON.parse(String(row['options'])) as QuizOptions & { newLater: number };
  const session = new Session(context, store, id, options, JSON.parse(String(row['cards'])) as string[], newLater, Number(row['at']));
  const elsewhere = store.db.all('SELECT DISTINCT c.id FROM cards_review r JOIN cards_card c ON c.key = r.card WHERE r.position > ?1 AND r.session IS NOT ?2 AND r.counted = 1 AND r.undone = 0', [Number(row['position']), id]);
  for (const card of elsewhere) session.leave(String(card['id']));
  const answers = store.db.all('SELECT r.position, c.id, r.confidence, r.took, r.state, r.leech FROM cards_review r JOIN cards_card c ON c.key = r.card WHERE r.position > ? AND r.session = ? AND r.undone = 0 ORDER BY r.position', [Number(row['position']), id]);
  for (const answer of answers) {
    session.replay({ card: String(answer['id']), operation: `review:${String(answer['position'])}`, right: Number(answer['confidence']) >= rightFrom, isNew: answer['state'] === 'new', tookMs: Number(answer['took']), leech: answer['leech'] === 1 });
  }
  return session;
}

/** One step of a session, with what was before it, to be taken back. */
interface Step {
  readonly queue: Queue;
  readonly card: string;
  /** What `undo` is to take back; undefined when nothing was written. */
  readonly operation?: string;
  readonly answer?: { readonly right: boolean; readonly isNew: boolean; readonly tookMs: number; readonly leech: boolean };
}

class Session implements QuizSession {
  readonly id: string;
  readonly #context: CardsContext;
  readonly #store: CardsStore;
  readonly #options: QuizOptions;
  readonly #cards: readonly string[];
  readonly #newLater: number;
  readonly #startedAt: number;
  readonly #steps: Step[] = [];
  /** As often as each card had been answered when this session last saw it: more, and it was answered elsewhere. */
  readonly #reps = new Map<string, number>();
  #queue: Queue;
  /** The question at hand, as it was shown. */
  #card: Card | undefined;

  constructor(context: CardsContext, store: CardsStore, id: string, options: QuizOptions, cards: readonly string[], newLater: number, startedAt: number) {
    this.id = id;
    this.#context = context;
    this.#store = store;
    this.#options = options;
    this.#cards = cards;
    this.#newLater = newLater;
    this.#startedAt = startedAt;
    this.#queue = queueOf(cards);
    for (const card of cards) this.#remember(card);
  }

  /** Takes in an answer of an earlier process. */
  replay({ card, operation, ...answer }: { card: string; operation: string; right: boolean; isNew: boolean; tookMs: number; leech: boolean }): void {
    this.#steps.push({ queue: this.#queue, card, operation, answer });
    this.#queue = answer.leech ? without(afterAnswer(this.#queue, card, answer.right), card) : afterAnswer(this.#queue, card, answer.right);
    this.#remember(card);
  }

  /** Leaves a card out that was answered elsewhere. */
  leave(card: string): void {
    this.#queue = without(this.#queue, card);
  }

  async take(id: string): Promise<QuizQuestion> {
    await this.#store.refresh();
    const card = this.#store.find(id);
    if (!this.#cards.includes(id) || !card) throw new WheelhouseError('not-found', `The quiz ${this.id} does not ask ${JSON.stringify(id)}.`);
    if (!this.#queue.waiting.includes(id) || !this.#isOurs(card)) throw new WheelhouseError('refused', `${id} is finished with in the quiz ${this.id}, or was answered elsewhere. "cards review" rates it anyway.`);
    return this.#question((this.#card = card));
  }

  async current(): Promise<QuizQuestion | undefined> {
    await this.#store.refresh();
    if (this.#card && this.#queue.waiting.includes(this.#card.id)) {
      const now = this.#store.find(this.#card.id);
      if (now && this.#isOurs(now)) return this.#question((this.#card = now));
    }
    this.#card = undefined;
    for (const id of this.#queue.waiting) {
      const card = this.#store.find(id);
      if (card && this.#isOurs(card)) return this.#question((this.#card = card));
      this.#queue = without(this.#queue, id);
    }
    return undefined;
  }

  async questions(): Promise<QuizQuestion[]> {
    await this.#store.refresh();
    const cards = this.#queue.waiting.map((id) => this.#store.find(id)).filter((card) => card !== undefined);
    return cards.filter((card) => this.#isOurs(card)).map((card) => this.#question(card));
  }

  async answer(confidence: number, tookMs = 0): Promise<QuizAnswer> {
    checkConfidence(confidence);
    const shown = this.#card ?? (await this.#atHand());
    await this.#store.refresh();
    const { card, right, leech, counted, operation } = await answerCard(this.#context, this.#store, shown, confidence, { tookMs, session: this.id });
    this.#steps.push({ queue: this.#queue, card: shown.id, operation, answer: { right, isNew: shown.schedule.state === 'new', tookMs, leech } });
    this.#queue = afterAnswer(this.#queue, shown.id, right);
    // It is asked again only where its own answer is the one that stands.
    if (leech || !counted) this.#queue = without(this.#queue, shown.id);
    this.#remember(shown.id);
    this.#card = undefined;
    return { card, right, again: this.#queue.waiting.includes(shown.id), leech, counted };
  }

  async undo(): Promise<QuizQuestion | undefined> {
    const step = this.#steps.pop();
    if (!step) return undefined;
    if (step.operation !== undefined) await undo(this.#context, step.operation);
    this.#queue = step.queue;
    this.#remember(step.card);
    this.#card = this.#store.find(step.card);
    return this.current();
  }

  async skip(): Promise<void> {
    const card = await this.#atHand();
    this.#steps.push({ queue: this.#queue, card: card.id });
    this.#queue = skipped(this.#queue, card.id);
    this.#card = undefined;
  }

  async suspend(): Promise<void> {
    const card = await this.#atHand();
    const operation = operationId(this.#context);
    await changeCards(this.#context, [card.id], { suspended: true }, operation);
    this.#steps.push({ queue: this.#queue, card: card.id, operation });
    this.#queue = without(this.#queue, card.id);
    this.#card = undefined;
  }

  async flag(flag: number): Promise<void> {
    await changeCards(this.#context, [(await this.#atHand()).id], { flag });
  }

  async edit(edit: Pick<CardEdit, 'question' | 'answer' | 'notes' | 'tags'>): Promise<void> {
    await updateCard(this.#context, (await this.#atHand()).id, edit);
  }

  progress(): QuizProgress {
    const { done, waiting } = this.#queue;
    return { total: this.#cards.filter((card) => done.has(card) || waiting.includes(card)).length, done: done.size, answers: this.#steps.filter(({ answer }) => answer).length };
  }

  async summary(): Promise<QuizSummary> {
    await this.#store.refresh();
    const answers = this.#steps.flatMap(({ card, answer }) => (answer ? [{ card, ...answer }] : []));
    const wrong = new Set(answers.filter(({ right }) => !right).map(({ card }) => card));
    const seen = new Set(answers.map(({ card }) => card));
    const learned = new Set(answers.filter(({ isNew }) => isNew).map(({ card }) => card));
    const { project } = this.#options;
    const next = this.#store.db.all("SELECT min(due) AS due FROM cards_card WHERE active = 1 AND suspended = 0 AND state <> 'new' AND (?1 IS NULL OR project = ?1)", [project ?? null])[0]?.['due'];
    return {
      session: this.id,
      startedAt: this.#startedAt,
      progress: this.progress(),
      known: [...seen].filter((card) => !wrong.has(card)).length,
      relearned: wrong.size,
      learned: learned.size,
      learnedCards: [...learned],
      hardCards: [...wrong],
      tookMs: answers.reduce((sum, { tookMs }) => sum + tookMs, 0),
      leeches: answers.filter(({ leech }) => leech).map(({ card }) => card),
      nextDue: typeof next === 'number' ? next : undefined,
      newLater: this.#newLater,
    };
  }

  #question(card: Card): QuizQuestion {
    return {
      card,
      faces: facesOf(card),
      number: this.#cards.indexOf(card.id) + 1,
      repeated: this.#queue.asked.has(card.id),
      previews: previews(this.#context, this.#store, card),
      progress: this.progress(),
    };
  }

  async #atHand(): Promise<Card> {
    await this.current();
    if (!this.#card) throw new WheelhouseError('not-found', 'This quiz has no question left. Start another one.');
    return this.#card;
  }

  /** Whether it is still to be asked here: nobody else has answered or suspended it since. */
  #isOurs(card: Card): boolean {
    return !card.suspended && card.schedule.reps === (this.#reps.get(card.id) ?? card.schedule.reps);
  }

  #remember(id: string): void {
    const card = this.#store.find(id);
    if (card) this.#reps.set(id, card.schedule.reps);
  }
}
