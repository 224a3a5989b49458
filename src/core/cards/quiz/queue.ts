/** The order of a session as a pure function of what was answered. */

/** A forgotten card comes after so many others, or all that remain. */
export const gap = 3;
/** A card that was asked so often in one session is left for another day: more of it tires and teaches nothing. */
export const maxAsked = 8;

export interface Queue {
  /** The cards to ask, the next one first. */
  readonly waiting: readonly string[];
  /** How often each was answered. */
  readonly asked: ReadonlyMap<string, number>;
  /** Those that are finished with. */
  readonly done: ReadonlySet<string>;
}

export function queueOf(cards: readonly string[]): Queue {
  return { waiting: [...new Set(cards)], asked: new Map(), done: new Set() };
}

/** After an answer: known, the card is done; forgotten, it comes again after `gap` others, or all there are. */
export function afterAnswer(queue: Queue, card: string, right: boolean): Queue {
  const asked = new Map(queue.asked).set(card, (queue.asked.get(card) ?? 0) + 1);
  const others = queue.waiting.filter((other) => other !== card);
  const done = right || (asked.get(card) ?? 0) >= maxAsked;
  if (done) return { waiting: others, asked, done: new Set(queue.done).add(card) };
  return { ...queue, waiting: [...others.slice(0, gap), card, ...others.slice(gap)], asked };
}

/** Puts a card behind all others. */
export function skipped(queue: Queue, card: string): Queue {
  return { ...queue, waiting: [...queue.waiting.filter((other) => other !== card), card] };
}

/** Takes a card out that is not to be asked any more: suspended, deleted, or answered elsewhere. */
export function without(queue: Queue, card: string): Queue {
  const done = queue.asked.has(card) ? new Set(queue.done).add(card) : queue.done;
  return { ...queue, waiting: queue.waiting.filter((other) => other !== card), done };
}
