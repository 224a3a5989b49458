/**
 * 10,000 cards with 200,000 reviews: how long the Learn view, the next card and an answer take; what
 * the image costs at the start. And how well each algorithm foretells a log of 12,580 reviews,
 * or the one that WHEELHOUSE_REVIEW_LOG names.
 */
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCards } from '../src/adapters/node/cards/cards.ts';
import { openUserData, type UserData } from '../src/adapters/node/user-data.ts';
import { cardStats, createCards, decks, listCards, predictions, startQuiz, type CardsContext, type Confidence, type Schedule } from '../src/core/cards/index.ts';
import { toTuple, type CardsEvent } from '../src/core/cards/events.ts';
import { newSchedule } from '../src/core/cards/schedule/model.ts';
import { answered } from '../src/core/cards/schedule/schedule.ts';
import { settingsOf } from '../src/core/cards/settings.ts';
import { Judge } from '../src/core/cards/stats/judge.ts';
import { readReviewLog, reviewLog } from './cardsLog.ts';
import { figure, medianMs, type Figure } from './figure.ts';

const minuteMs = 60_000;

export async function run(): Promise<Figure[]> {
  return [...(await large(10_000, 200_000)), ...foretold(1_205, 12_580)];
}

async function large(cards: number, reviews: number): Promise<Figure[]> {
  const home = mkdtempSync(join(tmpdir(), 'wheelhouse-bench-'));
  try {
    const first = open(home);
    await fill(first.context, cards, reviews);
    await first.user.dispose();

    const times = { open: [] as number[], decks: [] as number[] };
    let last = open(home);
    for (let i = 0; i < 5; i++) {
      await last.user.dispose();
      last = open(home);
      times.open.push(await timed(() => last.context.store()));
      times.decks.push(await timed(() => decks(last.context)));
    }
    const { context, user } = last;
    const quiz = await startQuiz(context, { limit: 500 });
    const next: number[] = [];
    const answer: number[] = [];
    for (let i = 0; i < 200; i++) {
      next.push(await timed(() => quiz.current()));
      answer.push(await timed(() => quiz.answer(4, 3000)));
    }
    const start = await medianMs(5, () => startQuiz(context, { limit: 20 }));
    const stats = await medianMs(3, () => cardStats(context));
    const foretelling = await medianMs(1, () => predictions(context));
    const blocked = { stats: await longestBlock(() => cardStats(context)), foretelling: await longestBlock(() => predictions(context)) };
    const image = statSync(join(user.folder, 'image.sqlite')).size;
    await user.dispose();
    const of = `${cards} cards with ${reviews} reviews`;
    return [
      figure(`the Learn view's decks, of ${of}`, median(times.decks), 'ms', 5),
      figure('opening them from the image', median(times.open), 'ms', 5),
      figure('the image of them', image / 1024 / 1024, 'MB', 1),
      figure('starting a quiz', start, 'ms', 5),
      figure('next card', median(next), 'ms', next.length),
      figure('next card, 95 of 100', quantile(next, 0.95), 'ms', next.length),
      figure('an answer until it is in the journal', median(answer), 'ms', answer.length),
      figure('an answer, 95 of 100', quantile(answer, 0.95), 'ms', answer.length),
      figure('statistics', stats, 'ms', 3),
      figure('judging four algorithms by all reviews', foretelling, 'ms', 1),
      figure('the longest that statistics hold everything else up', blocked.stats, 'ms', 1),
      figure('the longest that judging holds everything else up', blocked.foretelling, 'ms', 1),
    ];
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** Log loss of each algorithm: on the user's own log, where one is named, else on a generated one. */
function foretold(cards: number, reviews: number): Figure[] {
  const path = process.env['WHEELHOUSE_REVIEW_LOG'];
  const log = path === undefined ? reviewLog(cards, reviews) : readReviewLog(readFileSync(path, 'utf8'));
  const firsts = new Map<number, { day: number; confidence: Confidence }[]>();
  for (const { card, day, confidence } of log) {
    const days = firsts.get(card) ?? [];
    firsts.set(card, days);
    if (day > (days.at(-1)?.day ?? -Infinity)) days.push({ day, confidence });
  }
  const judge = new Judge();
  for (const days of firsts.values()) judge.add({ settings: (algorithm) => settingsOf(algorithm, { fuzz: false }), days });
  const judged = judge.verdict();
  const constant = judged.find(({ by }) => by === 'constant')?.logLoss ?? NaN;
  const of = `a ${path === undefined ? 'generated' : 'real'} log of ${log.length} reviews`;
  return judged.filter(({ by }) => by !== 'constant').map(({ by, logLoss, reviews: n }) => figure(`log loss of ${by} on ${of} (baseline: a constant that knows the average)`, logLoss, 'nats', n, constant));
}

function open(home: string): { user: UserData; context: CardsContext } {
  const user = openUserData({ env: { HOME: home, XDG_DATA_HOME: join(home, 'data'), XDG_CONFIG_HOME: join(home, 'config') }, actor: 'user' });
  return { user, context: openCards(user, { algorithm: 'fsrs' }) };
}

/** Makes the cards and answers them as the log says, the last answers lying a few days back. */
async function fill(context: CardsContext, cards: number, reviews: number): Promise<void> {
  const log = reviewLog(cards, reviews);
  const made = await createCards(context, Array.from({ length: cards }, (_, i) => ({ question: `What does function number ${i} return when the list is empty?`, answer: `Value ${i}, because of the guard in its first line.`, project: `deck ${i % 12}`, tags: [`tag${i % 7}`] })));
  const store = await context.store();
  const settings = settingsOf('fsrs', { fuzz: false });
  const lastDay = log.reduce((most, { day }) => Math.max(most, day), 0);
  const today = context.days.dayOf(context.clock.now());
  const schedules = new Map<number, Schedule>();
  let events: CardsEvent[] = [];
  for (const { card, day, minute, confidence } of log) {
    const before = schedules.get(card) ?? newSchedule('fsrs', made[card]?.createdAt ?? 0, settings);
    const at = context.days.startOf(today - 3 - lastDay + day) + 8 * 60 * minuteMs + minute * minuteMs + card;
    const { schedule, first } = answered(before, confidence, at, { days: context.days, settings, seed: String(card) });
    schedules.set(card, schedule);
    events.push({ type: 'cards.reviewed', card: made[card]?.id ?? '', confidence, tookMs: 2000 + ((card * 37) % 9000), before: toTuple(before), after: toTuple(schedule), first });
    if (events.length === 5000) {
      await store.append(events);
      events = [];
    }
  }
  await store.append(events);
  await listCards(context, { limit: 1 });
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** The longest time, in milliseconds of this thread's own work, for which nothing else could run. */
async function longestBlock(work: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let last = process.threadCpuUsage();
  let isOver = false;
  const look = () => {
    const { user, system } = process.threadCpuUsage(last);
    last = process.threadCpuUsage();
    longest = Math.max(longest, (user + system) / 1000);
    if (!isOver) setImmediate(look);
  };
  look();
  await work();
  isOver = true;
  look();
  return longest;
}

function quantile(values: readonly number[], share: number): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length * share)] ?? NaN;
}

const median = (values: readonly number[]) => quantile(values, 0.5);
