/** Decks in words. */
import type { Deck } from './core.ts';

export const noDeck = 'No deck';
export const nameOfDeck = (deck: string) => (deck === '' ? noDeck : deck);

type Counts = Pick<Deck, 'due' | 'new' | 'learning'>;

export const count = (number: number, one: string) => `${number.toLocaleString('en')} ${one}${number === 1 ? '' : 's'}`;

/** How many cards a quiz would ask. */
export const waiting = ({ due, new: fresh, learning }: Counts) => due + fresh + learning;

/** `5 due · 3 new · 1 learning`, or when the next one comes. */
export function deckDescription(deck: Deck, now: number): string {
  const parts = [
    [deck.due, 'due'],
    [deck.learning, 'learning'],
    [deck.new, 'new'],
  ] as const;
  const words = parts.filter(([number]) => number > 0).map(([number, name]) => `${number} ${name}`);
  if (words.length > 0) return words.join(' · ');
  return deck.nextDue === undefined ? '' : `next ${comingDay(deck.nextDue, now)}`;
}

/** Those to be learned from first, then by name. */
export function byNeed(one: Deck, other: Deck): number {
  return Number(waiting(other) > 0) - Number(waiting(one) > 0) || one.project.localeCompare(other.project, 'en');
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** `in 5 h`, `tomorrow`, `in 4 days`. */
export function comingDay(at: number, now: number): string {
  const startOfDay = (time: number) => new Date(time).setHours(0, 0, 0, 0);
  const days = Math.round((startOfDay(at) - startOfDay(now)) / dayMs);
  if (days <= 0) return `in ${Math.max(1, Math.round((at - now) / hourMs))} h`;
  return days === 1 ? 'tomorrow' : `in ${days} days`;
}

/** For a tooltip. */
export function deckDetails(deck: Deck, now: number): string {
  const lines = [
    `${count(deck.total, 'card')}${deck.suspended > 0 ? `, ${deck.suspended} suspended` : ''}.`,
    waiting(deck) > 0 ? `To be asked now: ${deckDescription(deck, now)}.` : 'Nothing to be asked now.',
    deck.newTotal > deck.new ? `${count(deck.newTotal - deck.new, 'new card')} for other days.` : '',
    deck.nextDue === undefined ? '' : `The next one comes ${comingDay(deck.nextDue, now)}.`,
  ];
  return lines.filter((line) => line !== '').join('\n');
}
