/**
 * Where a card stands, in Anki's columns and in ours.
 * Anki's meaning of them: https://github.com/ankidroid/Anki-Android/wiki/Database-Structure
 */
import type { Schedule } from '../model.ts';
import { ankiEase, confidenceOfEase, type AnkiAnswer, type AnkiCardColumns, type ExchangedReview } from './model.ts';

const DAY = 86_400_000;
/** New, learning, review, relearning. */
const states = ['new', 'learning', 'review', 'relearning'] as const;
const initialEase = 2.5;

export interface CardData {
  /** FSRS: stability in days, difficulty 1-10, last review in seconds. */
  readonly s?: number;
  readonly d?: number;
  readonly lrt?: number;
}

export function parseData(text: string): Record<string, unknown> {
  if (!text.startsWith('{')) return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

const finite = (value: unknown): number | undefined => (typeof value === 'number' && Number.isFinite(value) ? value : undefined);

/**
 * @param created The collection's `crt`, seconds.
 * @param cardId Its milliseconds are when the card was made.
 */
export function scheduleOfAnki(columns: AnkiCardColumns, created: number, cardId: number, revlog: readonly AnkiAnswer[]): Schedule {
  const data = parseData(columns.data);
  const [stability, difficulty] = [finite(data['s']), finite(data['d'])];
  const state = states[columns.type] ?? 'review';
  // Learning steps within a day are due at a second, all else on a day; a buried or suspended card has only its number to tell.
  const isMoment = columns.queue === 1 || (columns.queue < 0 && columns.due > 1_000_000_000);
  const due = state === 'new' ? cardId : isMoment ? columns.due * 1000 : (created + columns.due * 86_400) * 1000;
  const last = revlog.findLast(([, ease]) => ease > 0);
  const lastReview = last?.[0] ?? (finite(data['lrt']) === undefined ? undefined : Number(data['lrt']) * 1000);
  const isStep = isMoment && (state === 'learning' || state === 'relearning');
  // A step within a day is shorter than one, whatever the dates say.
  const minutes = isStep && lastReview !== undefined ? Math.min(1439 / 1440, Math.max(0, due - lastReview) / DAY) : undefined;
  return {
    algorithm: stability !== undefined && difficulty !== undefined ? 'fsrs' : 'sm2',
    state,
    due,
    interval: columns.ivl < 0 ? -columns.ivl / 86_400 : (minutes ?? (state === 'learning' ? 0 : columns.ivl)),
    ease: columns.factor >= 1000 ? columns.factor / 1000 : initialEase,
    reps: columns.reps,
    lapses: columns.lapses,
    box: 1,
    stability: stability ?? 0,
    difficulty: difficulty ?? 0,
    lastReview: lastReview ?? (state === 'review' && columns.ivl > 0 ? due - columns.ivl * DAY : undefined),
  };
}

/** @param position Among the new cards, from 1. */
export function columnsOfSchedule(schedule: Schedule | undefined, created: number, position: number): Omit<AnkiCardColumns, 'ord' | 'flags' | 'data'> {
  if (schedule === undefined || schedule.state === 'new') return { type: 0, queue: 0, due: position, ivl: 0, factor: 0, reps: schedule?.reps ?? 0, lapses: schedule?.lapses ?? 0, left: 0 };
  const { state, due, interval } = schedule;
  const isStep = (state === 'learning' || state === 'relearning') && interval < 1;
  // An hour more: what a day begins with may differ by that between summer and winter.
  const day = Math.floor((due / 1000 - created + 3600) / 86_400);
  return {
    type: states.indexOf(state),
    queue: isStep ? 1 : state === 'review' ? 2 : 3,
    due: isStep ? Math.floor(due / 1000) : day,
    ivl: state === 'learning' ? 0 : Math.max(1, Math.round(interval)),
    factor: Math.round((schedule.ease > 0 ? schedule.ease : initialEase) * 1000),
    reps: schedule.reps,
    lapses: schedule.lapses,
    // One step left today, one in all.
    left: isStep ? 1001 : 0,
  };
}

/** The JSON of `cards.data` as Anki reads it, with more keys that it ignores. */
export function dataOfSchedule(schedule: Schedule | undefined, more: Record<string, unknown>): string {
  const fsrs = schedule?.algorithm === 'fsrs' && schedule.stability > 0 ? { s: round(schedule.stability, 4), d: round(schedule.difficulty, 3) } : {};
  const lrt = schedule?.lastReview === undefined ? {} : { lrt: Math.floor(schedule.lastReview / 1000) };
  return JSON.stringify({ ...more, ...fsrs, ...lrt });
}

const round = (value: number, places: number) => Number(value.toFixed(places));
const days = (interval: number) => (interval < 0 ? -interval / 86_400 : interval);

/** Rows of the review log, oldest first, as answers. Rows of a rescheduling (ease 0) are none. */
export function reviewsOfAnki(revlog: readonly AnkiAnswer[], cardId: number, algorithm: Schedule['algorithm']): ExchangedReview[] {
  let before: Schedule = { algorithm, state: 'new', due: cardId, interval: 0, ease: initialEase, reps: 0, lapses: 0, box: 1, stability: 0, difficulty: 0, lastReview: undefined };
  const reviews: ExchangedReview[] = [];
  for (const [at, ease, ivl, lastIvl, factor, time, type] of revlog) {
    if (ease < 1 || ease > 4) continue;
    const isLapse = type === 1 && ease === 1;
    const asked: Schedule = { ...before, interval: days(lastIvl), ...(type === 1 ? { state: 'review' as const } : type === 2 ? { state: 'relearning' as const } : {}) };
    const after: Schedule = {
      ...asked,
      state: ivl > 0 ? (isLapse ? 'relearning' : 'review') : type === 1 || type === 2 ? 'relearning' : 'learning',
      due: at + days(ivl) * DAY,
      interval: days(ivl),
      // With FSRS the column has the difficulty, 100-1100.
      ...(algorithm === 'fsrs' && factor >= 100 && factor <= 1100 ? { difficulty: 1 + ((factor - 100) / 1000) * 9 } : factor >= 1300 ? { ease: factor / 1000 } : {}),
      reps: asked.reps + 1,
      lapses: asked.lapses + (isLapse ? 1 : 0),
      lastReview: at,
    };
    reviews.push({ at, confidence: confidenceOfEase(ease), tookMs: time, before: asked, after });
    before = after;
  }
  return reviews;
}

export function answerOfReview({ at, confidence, tookMs, before, after }: ExchangedReview): AnkiAnswer {
  const interval = (schedule: Schedule) => (schedule.interval >= 1 ? Math.round(schedule.interval) : -Math.round(schedule.interval * 86_400));
  const factor = after.algorithm === 'fsrs' && after.difficulty >= 1 ? Math.round(100 + ((after.difficulty - 1) / 9) * 1000) : after.algorithm === 'sm2' ? Math.round(after.ease * 1000) : 0;
  const type = before.state === 'review' ? 1 : before.state === 'relearning' ? 2 : 0;
  return [Math.floor(at), ankiEase(confidence), interval(after) || 0, interval(before) || 0, factor, Math.min(Math.round(tookMs), 0x7fffffff), type];
}
