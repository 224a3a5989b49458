/** What the quiz says. */
import type { QuizSummary, QuizView } from '../../src/protocol/quiz.ts';
import { comingMoment, spent } from '../shared/time.ts';

export const ratings = ['Forgot', 'Almost', 'Hard', 'Good', 'Easy'] as const;

export const states = { new: 'New', learning: 'Learning', review: 'Review', relearning: 'Learning again' } as const;

const count = (number: number, one: string) => `${number} ${one}${number === 1 ? '' : 's'}`;

/** `Good: again in 4 days`. */
export function spokenRating(confidence: number, { days, again, label }: { readonly days: number; readonly again: boolean; readonly label: string }): string {
  const when = again ? 'again in this quiz' : days > 0 && days < 1000 ? `again in ${count(days, 'day')}` : `again in ${label}`;
  return `${ratings[confidence - 1] ?? ''}: ${when}`;
}

export interface EndWords {
  readonly heading: string;
  readonly lines: readonly string[];
}

/** What was done, and when to come back. */
export function endWords({ summary, now }: Pick<QuizView, 'summary' | 'now'>): EndWords {
  if (!summary || summary.answers === 0) {
    return { heading: 'Nothing is due', lines: [comeBack(summary, now)] };
  }
  const cards = summary.known + summary.relearned;
  const lines = [`${count(cards, 'card')} in ${spent(summary.tookMs)}${summary.known === cards ? ', all known at the first go.' : `, ${summary.known} known at the first go.`}`];
  return { heading: 'Done for now', lines: [...lines, comeBack(summary, now)] };
}

function comeBack(summary: QuizSummary | undefined, now: number): string {
  const later = summary && summary.newLater > 0 ? `${count(summary.newLater, 'new card')} will come on other days.` : '';
  if (summary?.nextDue === undefined) return later === '' ? 'No card is waiting to come again.' : later;
  const next = summary.nextDue <= now ? 'More cards are due already.' : `The next card is due ${comingMoment(summary.nextDue, now)}.`;
  return later === '' ? next : `${next} ${later}`;
}
