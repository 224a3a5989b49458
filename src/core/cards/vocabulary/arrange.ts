/** The words of a quiz: which come first, and from which side. */
import { pickWords, type Asked, type Direction } from './pick.ts';

/** So many words that were asked last wait while there are others. */
const avoid = 10;
/** More than anybody is asked at once: what comes after them keeps its order. */
const most = 200;

export interface WordCard {
  /** The word: both of its cards have the same note. */
  readonly note: string;
  /** 0 asks the front, 1 the back. */
  readonly ordinal: number;
}

export interface ArrangeOptions {
  /** How many of the cards will be asked. */
  readonly count: number;
  readonly seed: string;
  /** What was asked before, oldest first. */
  readonly history: readonly Asked[];
}

export function askedOf({ note, ordinal }: WordCard): Asked {
  return { id: note, direction: ordinal === 1 ? 'backward' : 'forward' };
}

/**
 * The same cards in another order: a word that was asked lately waits for others, the two sides of a
 * word come far from each other, and of the two the one that was not asked last comes first.
 */
export function arrangeWords<T extends WordCard>(cards: readonly T[], { count, seed, history }: ArrangeOptions): readonly T[] {
  const left = new Map<string, T[]>();
  for (const card of cards) left.set(card.note, [...(left.get(card.note) ?? []), card]);
  const recent = new Set(history.slice(-avoid).map(({ id }) => id));
  const isRecent = (word: string) => recent.has(word);
  const words = [...left.keys()];
  const open = new Set([...words.filter((word) => !isRecent(word)), ...words.filter(isRecent)].slice(0, Math.min(count, most)));
  const asked = [...history];
  const arranged = new Set<T>();
  while (open.size > 0 && arranged.size < count) {
    const [picked] = pickWords([...open], { seed: `${seed} ${arranged.size}`, count: 1, history: asked, avoid });
    const own = left.get(picked?.id ?? '') ?? [];
    const card = own.find((each) => directionOf(each) === picked?.direction) ?? own[0];
    if (!card) break;
    arranged.add(card);
    asked.push(askedOf(card));
    own.splice(own.indexOf(card), 1);
    if (own.length === 0) open.delete(card.note);
  }
  return [...arranged, ...cards.filter((card) => !arranged.has(card))];
}

const directionOf = (card: WordCard): Direction => askedOf(card).direction;
