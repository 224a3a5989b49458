/** Which cards a quiz asks, and in which order. */
import type { CardsContext } from '../context.ts';
import { newToday } from '../operations/decks.ts';
import { sqlOf } from '../operations/list.ts';
import { learnAheadMs } from '../schedule/schedule.ts';
import type { CardsStore } from '../store.ts';
import { arrangeWords, askedOf, type WordCard } from '../vocabulary/arrange.ts';
import { vocabularyTag } from '../vocabulary/cards.ts';
import type { Asked } from '../vocabulary/pick.ts';
import type { QuizOptions } from './model.ts';

export interface Chosen {
  readonly cards: readonly string[];
  /** New cards that the limit of the day keeps back. */
  readonly newLater: number;
}

export const defaultLimit = 20;

interface Candidate extends WordCard {
  readonly id: string;
  readonly project: string;
  readonly tags: string;
}

/**
 * First what is within its steps, then what is due, for longest first, then new cards in the order in
 * which they were made, as far as the day's limit of their deck goes. Words of another language have
 * an order of their own among them (see `arrangeWords`). Cards of one note do not follow each other
 * where others can stand between: one would give the other away.
 * @param seed By which words are drawn.
 */
export function chooseCards(context: CardsContext, store: CardsStore, options: QuizOptions, seed: string): Chosen {
  if (options.cards) return { cards: [...new Set(options.cards.map((id) => store.card(id).id))], newLater: 0 };
  const now = context.clock.now();
  const limit = options.limit ?? defaultLimit;
  const { project, tags, algorithm } = options;
  const [condition, parameters] = sqlOf({ ...(project !== undefined && { project }), ...(tags && { tags }), ...(algorithm && { algorithm }), suspended: false }, now);
  const history = remembered(store);
  const ask = (state: string, values: readonly number[], order: string): readonly Candidate[] => {
    const found = store.db.all(`SELECT c.id, c.note, c.ordinal, c.project, n.tags FROM cards_card c JOIN cards_note n ON n.id = c.note WHERE c.active = 1 ${condition} AND ${state} ORDER BY ${order}`, [...parameters, ...values]) as unknown as Candidate[];
    return withWordsArranged(found, (words) => arrangeWords(words, { count: limit, seed, history: history() }));
  };
  const chosen: Candidate[] = [];
  const take = (candidates: readonly Candidate[]) => {
    const taken = candidates.slice(0, limit - chosen.length);
    chosen.push(...taken);
    history(taken.filter(isWord));
  };
  take(ask("c.state IN ('learning', 'relearning') AND c.due <= CAST(? AS INTEGER)", [now + learnAheadMs], 'c.due, c.key'));
  take(ask("c.state = 'review' AND c.due <= CAST(? AS INTEGER)", [now], 'c.due, c.key'));

  const started = new Map(newToday(context, store));
  const rooms = new Map<string, number>();
  const fresh: Candidate[] = [];
  let newLater = 0;
  for (const card of ask("c.state = 'new'", [], 'n.created, c.key')) {
    const room = rooms.get(card.project) ?? Math.max(0, store.settings(card.project, context.defaultAlgorithm).newPerDay - (started.get(card.project) ?? 0));
    rooms.set(card.project, room);
    if (room === 0) newLater++;
    else if (chosen.length + fresh.length < limit) {
      rooms.set(card.project, room - 1);
      fresh.push(card);
    }
  }
  take(fresh);
  return { cards: apart(chosen).map(({ id }) => id), newLater };
}

const isWord = ({ tags }: Candidate) => tags.includes(JSON.stringify(vocabularyTag));

/** Words change places among themselves only. */
function withWordsArranged(cards: readonly Candidate[], arrange: (words: readonly Candidate[]) => readonly Candidate[]): readonly Candidate[] {
  const words = cards.filter(isWord);
  if (words.length < 2) return cards;
  const arranged = arrange(words).values();
  return cards.map((card) => (isWord(card) ? (arranged.next().value ?? card) : card));
}

/** So many answers are looked at for words that were asked lately. */
const lookedAt = 200;

/** The words that were asked last, oldest first; read when it is needed first. What is given is asked after them. */
function remembered(store: CardsStore): (now?: readonly Candidate[]) => readonly Asked[] {
  let known: Asked[] | undefined;
  const read = () =>
    (store.db.all(`SELECT c.note, c.ordinal, n.tags FROM (SELECT card, at, position FROM cards_review WHERE undone = 0 ORDER BY at DESC, position DESC LIMIT ${lookedAt}) r JOIN cards_card c ON c.key = r.card JOIN cards_note n ON n.id = c.note ORDER BY r.at, r.position`) as unknown as Candidate[]).filter(isWord).map(askedOf);
  return (now = []) => {
    if (now.length > 0) (known ??= read()).push(...now.map(askedOf));
    return (known ??= read());
  };
}

/** Moves a card behind the next one of another note where two of a note would follow each other. */
function apart<T extends { readonly note: string }>(cards: readonly T[]): T[] {
  const left = [...cards];
  const ordered: T[] = [];
  while (left.length > 0) {
    const last = ordered.at(-1)?.note;
    const other = left.findIndex(({ note }) => note !== last);
    ordered.push(...left.splice(Math.max(0, other), 1));
  }
  return ordered;
}
