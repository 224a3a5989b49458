/**
 * What Anki's tables have no place for, kept beside them in columns that Anki ignores (`notes.data`,
 * further keys in `cards.data`). It counts only while what stands in Anki's own columns is what we
 * would write for it; when another program changed those, they are right.
 */
import { algorithms, type CardSource, type Confidence, type Schedule } from '../model.ts';
import { answerOfReview, columnsOfSchedule, parseData } from './ankiSchedule.ts';
import { fieldsOf, tagColumn } from './ankiFields.ts';
import type { AnkiAnswer, AnkiCardColumns, ExchangeCard, ExchangedReview } from './model.ts';

const KEY = 'wheelhouse';
const states = ['new', 'learning', 'review', 'relearning'] as const;

type Tuple = readonly (number | null)[];

const tupleOf = (s: Schedule): Tuple => [algorithms.indexOf(s.algorithm), states.indexOf(s.state), s.due, s.interval, s.ease, s.reps, s.lapses, s.box, s.stability, s.difficulty, s.lastReview ?? null];

function scheduleOf(value: unknown): Schedule | undefined {
  if (!Array.isArray(value) || value.length !== 11 || !value.slice(0, 10).every((part) => typeof part === 'number')) return undefined;
  const [algorithm, state, due, interval, ease, reps, lapses, box, stability, difficulty] = value as number[];
  const [a, s] = [algorithms[algorithm ?? -1], states[state ?? -1]];
  const last: unknown = value[10];
  if (a === undefined || s === undefined) return undefined;
  return { algorithm: a, state: s, due: due ?? 0, interval: interval ?? 0, ease: ease ?? 0, reps: reps ?? 0, lapses: lapses ?? 0, box: box ?? 1, stability: stability ?? 0, difficulty: difficulty ?? 0, lastReview: typeof last === 'number' ? last : undefined };
}

/** The further keys of `cards.data`. */
export function keptOfCard(card: ExchangeCard): Record<string, unknown> {
  let previous = '';
  const reviews = (card.reviews ?? []).map(({ at, confidence, tookMs, before, after }) => {
    const [first, second] = [tupleOf(before), tupleOf(after)];
    const known = JSON.stringify(first) === previous;
    previous = JSON.stringify(second);
    return [at, confidence, tookMs, known ? 0 : first, second];
  });
  const { id, note, createdAt, modifiedAt, schedule } = card;
  return { [KEY]: { id, note, createdAt, modifiedAt, schedule: schedule && tupleOf(schedule), ...(reviews.length > 0 && { reviews }) } };
}

type KeptCard = Pick<ExchangeCard, 'id' | 'note' | 'createdAt' | 'modifiedAt' | 'schedule' | 'reviews'>;

export function readKeptCard(columns: AnkiCardColumns, created: number, revlog: readonly AnkiAnswer[]): KeptCard | undefined {
  const kept = parseData(columns.data)[KEY];
  if (typeof kept !== 'object' || kept === null) return undefined;
  const { id, note, createdAt, modifiedAt, schedule: tuple, reviews: tuples } = kept as Record<string, unknown>;
  const schedule = scheduleOf(tuple);
  const expected = columnsOfSchedule(schedule, created, columns.due);
  const same = (['type', 'due', 'ivl', 'factor', 'reps', 'lapses'] as const).every((name) => expected[name] === columns[name]);
  const reviews = reviewsOf(tuples);
  if (!same || (tuple !== undefined && schedule === undefined) || reviews.length !== revlog.length || !reviews.every((review, i) => isRow(answerOfReview(review), revlog[i]))) return undefined;
  const noteOf = typeof note === 'object' && note !== null ? (note as Record<string, unknown>) : undefined;
  return {
    ...(typeof id === 'string' && { id }),
    ...(typeof noteOf?.['id'] === 'string' && Number.isInteger(noteOf['ordinal']) && { note: { id: noteOf['id'], ordinal: Number(noteOf['ordinal']) } }),
    ...(typeof createdAt === 'number' && { createdAt }),
    ...(typeof modifiedAt === 'number' && { modifiedAt }),
    ...(schedule && { schedule }),
    ...(reviews.length > 0 && { reviews }),
  };
}

/** The time is a row's key there, so an answer of the same moment stands a little later. */
const isRow = (expected: AnkiAnswer, row: AnkiAnswer | undefined) => row !== undefined && Math.abs(row[0] - expected[0]) < 1000 && expected.slice(1).every((value, i) => value === row[i + 1]);

function reviewsOf(tuples: unknown): ExchangedReview[] {
  const reviews: ExchangedReview[] = [];
  for (const tuple of Array.isArray(tuples) ? (tuples as unknown[]) : []) {
    if (!Array.isArray(tuple)) return [];
    const [at, confidence, tookMs, first, second] = tuple as unknown[];
    const before = first === 0 ? reviews.at(-1)?.after : scheduleOf(first);
    const after = scheduleOf(second);
    if (typeof at !== 'number' || typeof tookMs !== 'number' || ![1, 2, 3, 4, 5].includes(confidence as number) || before === undefined || after === undefined) return [];
    reviews.push({ at, confidence: confidence as Confidence, tookMs, before, after });
  }
  return reviews;
}

type Draft = Pick<ExchangeCard, 'question' | 'answer' | 'notes' | 'tags' | 'kind' | 'source' | 'project'>;

/** `notes.data` for a card whose fields would be read back as something else. */
export function keptOfNote({ question, answer, notes, tags, kind, source, project }: Draft): string {
  return JSON.stringify({ [KEY]: { question, answer, notes, tags, kind, source, project } });
}

/** @param deck The deck that the card is in now. */
export function readKeptNote(data: string, fields: readonly string[], tags: string, deck: string): Draft | undefined {
  const kept = parseData(data)[KEY];
  if (typeof kept !== 'object' || kept === null) return undefined;
  const { question, answer, notes, tags: keptTags, kind, source, project } = kept as Record<string, unknown>;
  if (typeof question !== 'string' || typeof answer !== 'string') return undefined;
  const here = typeof project === 'string' && deckName(project) === deck ? project : deck;
  const draft: Draft = {
    question,
    answer,
    ...(typeof notes === 'string' && { notes }),
    ...(Array.isArray(keptTags) && { tags: keptTags.filter((tag) => typeof tag === 'string') }),
    ...(typeof kind === 'string' && { kind: kind as NonNullable<Draft['kind']> }),
    ...(typeof source === 'object' && source !== null && { source: source as CardSource }),
    ...(here !== '' && { project: here }),
  };
  const written = fieldsOf(draft);
  const isUnchanged = written.length === fields.length && written.every((field, i) => field === fields[i]) && tagColumn(draft.tags ?? []) === tags;
  return isUnchanged ? draft : undefined;
}

/** A deck as Anki may call it: no empty levels, no line breaks or quotes. */
export const deckName = (project: string): string => project.split('::').map((part) => part.replace(/[\p{Cc}"]/gu, ' ').trim()).filter(Boolean).join('::').normalize('NFC');
