/** A record of a file (names and values, from JSON or a table) as a card, or why it is none. */
import { algorithms, cardKinds, type CardSource, type Schedule } from '../model.ts';
import type { ExchangeCard } from './model.ts';

/** Longest text of one side, in UTF-16 units. */
export const MAX_TEXT = 1024 * 1024;
const MAX_TAGS = 1000;

/** By what names files call the parts of a card, lower case. */
const names = {
  question: ['question', 'front', 'q', 'prompt', 'text'],
  answer: ['answer', 'back', 'a', 'response', 'definition'],
  project: ['project', 'deck', 'topic'],
  tags: ['tags', 'tag', 'labels'],
  notes: ['notes', 'note', 'extra', 'explanation'],
} as const;
export type Part = keyof typeof names;

/** Which part of a card a column or key names. */
export function partOf(name: string): Part | undefined {
  const lower = name.trim().toLowerCase();
  return (Object.keys(names) as Part[]).find((part) => (names[part] as readonly string[]).includes(lower));
}

export type RecordValues = ReadonlyMap<string, unknown>;

/** An object's own entries with lower-case names; the first of several that differ in case counts. */
export function recordOf(object: object): Map<string, unknown> {
  const record = new Map<string, unknown>();
  for (const [key, value] of Object.entries(object)) {
    const name = key.trim().toLowerCase();
    if (!record.has(name)) record.set(name, value);
  }
  return record;
}

export function valueOf(record: RecordValues, part: Part): unknown {
  for (const name of names[part]) if (record.has(name)) return record.get(name);
  return undefined;
}

export function looksLikeCard(record: RecordValues): boolean {
  return valueOf(record, 'question') !== undefined || valueOf(record, 'answer') !== undefined;
}

export const hasCloze = (text: string) => /\{\{c\d{1,3}::/.test(text);

/** @returns the card, or a sentence that says what is wrong with it. */
export function cardOfRecord(record: RecordValues, inherited: { project?: string; tags?: readonly string[] } = {}): ExchangeCard | string {
  const question = textOf(valueOf(record, 'question'));
  const answer = textOf(valueOf(record, 'answer')) ?? '';
  // Beside an `ordinal`, `note` names the note that the card belongs to.
  const ordinal = numberOf(record.get('ordinal'));
  const notes = textOf(ordinal === undefined ? valueOf(record, 'notes') : record.get('notes')) ?? '';
  const project = (textOf(valueOf(record, 'project')) ?? '').trim() || (inherited.project ?? '');
  if (question === undefined || question.trim() === '') return 'It has no question.';
  const kind = cardKinds.find((name) => name === record.get('kind')) ?? (hasCloze(question) ? 'cloze' : undefined);
  if (answer.trim() === '' && kind !== 'cloze') return 'It has no answer.';
  for (const [name, text] of Object.entries({ question, answer, notes, project })) {
    if (text.length > MAX_TEXT) return `Its ${name} is longer than ${MAX_TEXT / 1024 / 1024} MB.`;
  }
  const tags = [...new Set([...(inherited.tags ?? []), ...tagsOf(valueOf(record, 'tags'))])].slice(0, MAX_TAGS);
  const id = textOf(record.get('id'))?.trim();
  const schedule = scheduleOf(record);
  const source = sourceOf(record.get('source'));
  const [createdAt, modifiedAt, flag] = [timeOf(record.get('createdat')), timeOf(record.get('modifiedat')), numberOf(record.get('flag'))];
  return {
    question,
    answer,
    ...(project !== '' && { project }),
    ...(tags.length > 0 && { tags }),
    ...(notes !== '' && { notes }),
    ...(kind !== undefined && { kind }),
    ...(source !== undefined && { source }),
    ...(id !== undefined && id !== '' && { id }),
    ...(ordinal !== undefined && ordinal >= 0 && typeof record.get('note') === 'string' && (kind === 'reversed' || kind === 'cloze') && { note: { id: String(record.get('note')), ordinal: Math.floor(ordinal) } }),
    ...(createdAt !== undefined && { createdAt }),
    ...(modifiedAt !== undefined && { modifiedAt }),
    ...(isTrue(record.get('suspended')) && { suspended: true }),
    ...(flag !== undefined && flag >= 1 && flag <= 7 && { flag: Math.floor(flag) }),
    ...(schedule !== undefined && { schedule }),
  };
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value) && value.every((line) => typeof line === 'string')) return value.join('\n');
  return undefined;
}

/** Tags from a list, or from text with commas, or else blanks, between them. */
export function tagsOf(value: unknown): string[] {
  const list = Array.isArray(value) ? value.filter((tag) => typeof tag === 'string') : typeof value === 'string' ? value.split(value.includes(',') ? ',' : /\s+/) : [];
  return list.map((tag) => tag.trim()).filter((tag) => tag !== '');
}

function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** Milliseconds since the epoch, from those or from an ISO date. */
function timeOf(value: unknown): number | undefined {
  const number = numberOf(value);
  if (number !== undefined) return number;
  const parsed = typeof value === 'string' && /^\d{4}-\d\d-\d\d/.test(value) ? Date.parse(value) : NaN;
  return Number.isNaN(parsed) ? undefined : parsed;
}

const isTrue = (value: unknown) => value === true || value === 1 || (typeof value === 'string' && /^(true|1|yes)$/i.test(value));

/** A schedule as `exportJson` and `exportCsv` write it; the rest of a partial one is what a new card has. */
function scheduleOf(record: RecordValues): Schedule | undefined {
  const algorithm = algorithms.find((name) => name === record.get('algorithm'));
  const due = timeOf(record.get('due'));
  if (algorithm === undefined || due === undefined) return undefined;
  const number = (name: string, least: number, otherwise: number) => Math.max(least, numberOf(record.get(name)) ?? otherwise);
  const reps = Math.floor(number('reps', 0, 0));
  const state = (['new', 'learning', 'review', 'relearning'] as const).find((name) => name === record.get('state'));
  return {
    algorithm,
    state: state ?? (reps === 0 ? 'new' : 'review'),
    due,
    interval: number('interval', 0, 0),
    ease: number('ease', 0, 2.5),
    reps,
    lapses: Math.floor(number('lapses', 0, 0)),
    box: Math.floor(number('box', 1, 1)),
    stability: number('stability', 0, 0),
    difficulty: number('difficulty', 0, 0),
    lastReview: timeOf(record.get('lastreview')),
  };
}

function sourceOf(value: unknown): CardSource | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { file, startLine, endLine, commit, language, code } = value as Record<string, unknown>;
  if (typeof file !== 'string' || !Number.isInteger(startLine) || !Number.isInteger(endLine)) return undefined;
  return {
    file,
    startLine: Number(startLine),
    endLine: Number(endLine),
    ...(typeof commit === 'string' && { commit }),
    ...(typeof language === 'string' && { language }),
    ...(typeof code === 'string' && { code }),
  };
}
