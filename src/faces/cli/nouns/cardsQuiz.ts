/** A quiz in the terminal. */
import { plain } from '../../../core/base/plain.ts';
import { createInterface } from 'node:readline/promises';
import { startQuiz, toJson, type CardsContext, type QuizOptions, type QuizQuestion, type QuizSession, type QuizSummary } from '../../../core/cards/index.ts';
import type { Answer } from '../verb.ts';
import { timeUntil } from './cardsText.ts';

/** The questions, with a session to answer them by `submit-and-next`, or by `review`. */
export async function quiz(cards: CardsContext, options: QuizOptions): Promise<Answer> {
  const session = await startQuiz(cards, options);
  const questions = await session.questions();
  const { newLater, nextDue } = await session.summary();
  const lines = questions.length === 0 ? [nothingDue(nextDue, newLater, cards.clock.now())] : [
    ...questions.flatMap(({ number, card, faces }) => [`Question ${number}/${questions.length}: ${faces.front}`, `  ${card.id}`]),
    '',
    `Answer with: wheelhouse cards submit-and-next ${session.id} CARD CONFIDENCE (1 forgotten … 5 perfect)`,
  ];
  return { json: { session: session.id, total: questions.length, cards: questions.map(({ card }) => toJson(card)), newLater, nextDue: nextDue === undefined ? null : new Date(nextDue).toISOString() }, text: plain(lines.join('\n')) };
}

/** Asks on the terminal, until the end or Ctrl+D. What was answered is kept either way. `json`: standard output is for the summary alone. */
export async function interactiveQuiz(cards: CardsContext, options: QuizOptions, { signal, json }: { signal: AbortSignal; json: boolean }): Promise<Answer> {
  const session = await startQuiz(cards, options);
  const lines = createInterface({ input: process.stdin, signal });
  const input = lines[Symbol.asyncIterator]();
  const say = (text: string) => void (json ? process.stderr : process.stdout).write(plain(text));
  const read = async (): Promise<string | undefined> => {
    try {
      const line = await input.next();
      return line.done === true ? undefined : line.value.trim();
    } catch {
      return undefined;
    }
  };
  try {
    for (let question = await session.current(); question && (await ask(session, question, say, read)); question = await session.current());
  } finally {
    lines.close();
  }
  const summary = await session.summary();
  say('\n');
  return { json: summary, text: summaryText(summary, cards.clock.now()) };
}

/** @returns false when the user wants to end. */
async function ask(session: QuizSession, { number, faces, card, previews, progress }: QuizQuestion, say: (text: string) => void, read: () => Promise<string | undefined>): Promise<boolean> {
  const started = performance.now();
  say(`\nQuestion ${number}/${progress.total}: ${faces.front}\n${faces.typed === undefined ? '(Enter shows the answer)' : '(type the answer)'} `);
  if ((await read()) === undefined) return false;
  say(`Answer: ${faces.back}\n${card.notes === '' ? '' : `Notes: ${card.notes}\n`}`);
  const choices = ([1, 2, 3, 4, 5] as const).map((confidence) => `${confidence} ${previews[confidence].label}`).join(', ');
  for (;;) {
    say(`Confidence (${choices}; u takes the last answer back, s skips, q ends): `);
    const word = await read();
    if (word === undefined || word === 'q') return false;
    if (word === 'u') {
      await session.undo();
      return true;
    }
    if (word === 's') {
      await session.skip();
      return true;
    }
    if (!/^[1-5]$/.test(word)) continue;
    const { leech } = await session.answer(Number(word), performance.now() - started);
    if (leech) say(`${card.id} was forgotten so often that it is suspended. Rewrite it, then: wheelhouse cards resume ${card.id}\n`);
    return true;
  }
}

function nothingDue(nextDue: number | undefined, newLater: number, now: number): string {
  return [`Nothing is due.${nextDue === undefined ? '' : ` The next card comes ${timeUntil(nextDue, now)}.`}`, ...(newLater > 0 ? [laterText(newLater)] : [])].join(' ');
}

const laterText = (newLater: number) => `${newLater} new ${newLater === 1 ? 'card waits' : 'cards wait'} for another day (cards algorithm --new-per-day changes the limit).`;

export function summaryText(summary: QuizSummary, now: number): string {
  const { progress, known, relearned, learned, leeches, nextDue, newLater } = summary;
  if (progress.answers === 0) return nothingDue(nextDue, newLater, now);
  const lines = [`${progress.done} of ${progress.total} cards done: ${known} known, ${relearned} learned again, ${learned} for the first time.`];
  if (leeches.length > 0) lines.push(`Suspended, for they were forgotten too often: ${leeches.join(', ')}.`);
  if (nextDue !== undefined) lines.push(`The next card comes ${timeUntil(nextDue, now)}.`);
  if (newLater > 0) lines.push(laterText(newLater));
  return lines.join('\n');
}
