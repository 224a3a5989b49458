/** Cards from files and for files; the formats themselves are in `formats`. */
import type { CardsContext } from '../context.ts';
import { toTuple, type CardChange, type CardData, type NoteContent, type NoteData, type NoteChange } from '../events.ts';
import type { AnkiNoteType, AnkiOrigin, ExchangeCard } from '../formats/index.ts';
import { kindOf } from '../faces.ts';
import { operationId } from '../ids.ts';
import type { Review, Schedule } from '../model.ts';
import { completed } from '../schedule/convert.ts';
import { newSchedule } from '../schedule/model.ts';
import { batches, checkDraft, type CardsStore } from '../store.ts';
import { cardId, contentOf, noteColumns, columnValue, reviewOf } from '../tables.ts';
import { setCards } from './change.ts';
import { contentOfDraft, keepNotes, settingsByDeck, type CreateOptions } from './create.ts';
import { sqlOf, type CardFilter } from './list.ts';

export interface KeepOptions extends CreateOptions {
  /** The deck for all of them, instead of what the file says. */
  readonly project?: string;
  /** Notes that are there already take the file's texts, and its schedules where those are newer. Else they are left as they are. */
  readonly merge?: boolean;
  readonly noteTypes?: readonly AnkiNoteType[];
}

export interface ImportCounts {
  /** Notes that were new. */
  readonly added: number;
  readonly updated: number;
  /** Notes that were there already. */
  readonly left: number;
  /** The ids of the notes that were added or updated, in the file's order. */
  readonly notes: readonly string[];
  /** For `undo`. */
  readonly operation: string;
}

/**
 * Keeps cards from a file, with their schedules and history, as one operation. A note is there already
 * when the file knows it by an id that is known here, or when question and answer are the same in the
 * same deck (with `merge`, the question is enough).
 * @throws WheelhouseError `invalid-input` for a card without question or answer, or one that is too large; then nothing is kept.
 */
export async function keepImported(context: CardsContext, cards: readonly ExchangeCard[], options: KeepOptions = {}): Promise<ImportCounts> {
  const groups = groupByNote(cards);
  groups.forEach(([first], i) => first && checkDraft(first, `Card ${i + 1}`));
  const store = await context.store();
  await store.refresh();
  const known = new KnownNotes(store);
  const settings = settingsByDeck(context, store, options);
  const operation = operationId(context);
  const now = context.clock.now();

  const fresh: (Omit<NoteData, 'note'> & { readonly note?: string })[] = [];
  const changes: NoteChange[] = [];
  const schedules: CardChange[] = [];
  const placed: (string | number)[] = [];
  let left = 0;
  for (const group of groups) {
    const [first] = group;
    if (!first) continue;
    const project = (options.project ?? first.project ?? '').trim();
    const content = { ...contentOfDraft({ ...first, kind: kindOf(first) }, project), origin: originOf(group) };
    const fileId = first.note?.id ?? first.id;
    const there = known.find(content, fileId, options.merge === true);
    if (there === 'in this file') {
      left++;
      continue;
    }
    if (there !== undefined) {
      if (options.merge !== true) left++;
      else {
        changes.push(...changeOf(there, content));
        schedules.push(...schedulesOf(store, there.id, group));
        placed.push(there.id);
      }
      continue;
    }
    const own = settings(project);
    const createdAt = first.createdAt ?? now;
    const data = group.map((card) => dataOf(context, store, project, card)).filter((card) => card !== undefined);
    known.add(content, fileId);
    placed.push(fresh.length);
    fresh.push({
      ...content,
      ...(fileId !== undefined && ownId.test(fileId) && !known.isTaken(fileId) && { note: fileId }),
      createdAt,
      modifiedAt: first.modifiedAt ?? createdAt,
      schedule: toTuple(newSchedule(own.algorithm, createdAt, own)),
      ...(data.length > 0 && { cards: data }),
    });
  }
  const { noteTypes = [] } = options;
  if (noteTypes.length > 0) for (const part of batches(noteTypes)) await store.append([{ type: 'cards.noteTypes', noteTypes: part }]);
  const ids = await keepNotes(context, store, fresh, operation);
  for (const part of batches(changes)) await store.append([{ type: 'cards.changed', operation, notes: part }]);
  await setCards(store, 'imported', operation, schedules);
  const updated = placed.filter((place) => typeof place === 'string').length;
  return { added: fresh.length, updated, left, notes: placed.map((place) => (typeof place === 'string' ? place : (ids[place] ?? ''))), operation };
}

const ownId = /^card-\d{8}-\d{6}(-\d+)?$/;

/** The cards of each note together, lowest ordinal first. */
function groupByNote(cards: readonly ExchangeCard[]): ExchangeCard[][] {
  const groups = new Map<string, ExchangeCard[]>();
  cards.forEach((card, i) => {
    const key = card.note ? `note ${card.note.id}` : `card ${i}`;
    const group = groups.get(key);
    if (group) group.push(card);
    else groups.set(key, [card]);
  });
  return [...groups.values()].map((group) => group.sort((a, b) => ordinalOf(a) - ordinalOf(b)));
}

const ordinalOf = (card: ExchangeCard) => card.note?.ordinal ?? 0;

/** What the file knows a note by, and what Anki said about its cards. */
function originOf(group: readonly ExchangeCard[]): NoteContent['origin'] {
  const [first] = group;
  const id = first?.note?.id ?? first?.id;
  const anki = Object.fromEntries(group.flatMap((card) => (card.anki ? [[String(ordinalOf(card)), card.anki]] : [])));
  const origin = { ...first?.origin, ...(id !== undefined && !ownId.test(id) && { id }), ...(Object.keys(anki).length > 0 && { anki }) };
  return Object.keys(origin).length > 0 ? origin : null;
}

function dataOf(context: CardsContext, store: CardsStore, project: string, card: ExchangeCard): CardData | undefined {
  const { schedule, suspended, flag, reviews = [] } = card;
  if (!schedule && suspended !== true && !flag && reviews.length === 0) return undefined;
  const { days } = context;
  let lastDay = -Infinity;
  const tuples = reviews.map(({ at, confidence, tookMs, before }) => {
    const day = days.dayOf(at);
    const first = day > lastDay;
    lastDay = Math.max(lastDay, day);
    return [at, confidence, tookMs, toTuple(before), first] as const;
  });
  return {
    ordinal: ordinalOf(card),
    ...(schedule && { schedule: toTuple(completed(schedule, reviews, days, store.settings(project, schedule.algorithm))) }),
    ...(suspended === true && { suspended }),
    ...(flag && { flag }),
    ...(tuples.length > 0 && { reviews: tuples }),
  };
}

interface Known {
  readonly id: string;
  readonly content: NoteContent;
}

/** The notes that are there, by what a file could know them by. */
class KnownNotes {
  readonly #ids = new Map<string, Known | 'in this file'>();
  readonly #contents = new Map<string, Known | 'in this file'>();
  readonly #questions = new Map<string, Known | 'in this file'>();
  readonly #taken: (id: string) => boolean;

  constructor(store: CardsStore) {
    this.#taken = (id) => store.db.all('SELECT 1 FROM cards_note WHERE id = ?', [id]).length > 0;
    for (const row of store.db.all(`SELECT id, ${noteColumns.join(', ')} FROM cards_note WHERE deleted IS NULL ORDER BY rowid DESC`)) {
      const known = { id: String(row['id']), content: contentOf(row) };
      this.#set(known.content, known);
      this.#ids.set(known.id, known);
      const id = known.content.origin?.['id'];
      if (typeof id === 'string') this.#ids.set(id, known);
    }
  }

  find(content: NoteContent, id: string | undefined, byQuestion: boolean): Known | 'in this file' | undefined {
    return (id === undefined ? undefined : this.#ids.get(id)) ?? this.#contents.get(keyOf(content, content.answer)) ?? (byQuestion ? this.#questions.get(keyOf(content)) : undefined);
  }

  /** Of the file at hand: what comes twice in it is kept once. */
  add(content: NoteContent, id: string | undefined): void {
    this.#set(content, 'in this file');
    if (id !== undefined) this.#ids.set(id, 'in this file');
  }

  /** Deleted notes have their ids still. */
  isTaken(id: string): boolean {
    return this.#taken(id);
  }

  #set(content: NoteContent, known: Known | 'in this file'): void {
    this.#contents.set(keyOf(content, content.answer), known);
    this.#questions.set(keyOf(content), known);
  }
}

function keyOf({ project, question }: NoteContent, answer = ''): string {
  return JSON.stringify([project, question.trim(), answer.trim()]);
}

function changeOf({ id, content }: Known, wanted: NoteContent): NoteChange[] {
  const changed = noteColumns.filter((name) => columnValue(name, content[name]) !== columnValue(name, wanted[name]));
  if (changed.length === 0) return [];
  const pick = (from: NoteContent) => Object.fromEntries(changed.map((name) => [name, from[name]])) as Partial<NoteContent>;
  return [{ note: id, before: pick(content), after: pick(wanted) }];
}

function schedulesOf(store: CardsStore, note: string, group: readonly ExchangeCard[]): CardChange[] {
  return group.flatMap((card): CardChange[] => {
    const mine = store.find(cardId(note, ordinalOf(card)));
    const { schedule } = card;
    if (!mine || !schedule || (schedule.lastReview ?? 0) <= (mine.schedule.lastReview ?? 0)) return [];
    return [{ card: mine.id, before: { schedule: toTuple(mine.schedule) }, after: { schedule: toTuple(schedule) } }];
  });
}

export interface Exported {
  readonly cards: readonly ExchangeCard[];
  readonly noteTypes: readonly AnkiNoteType[];
}

/** The cards that fit, with schedules and history, for a file. */
export async function cardsForExport(context: CardsContext, filter: CardFilter = {}): Promise<Exported> {
  const store = await context.store();
  await store.refresh();
  const [condition, parameters] = sqlOf(filter, context.clock.now());
  const cards = store.cards(`${condition} ORDER BY n.created, c.key`, parameters);
  const reviews = reviewsByCard(store);
  const exported = cards.map((card): ExchangeCard => {
    const { id, note, ordinal, question, answer, project, tags, notes, kind, source, origin, createdAt, modifiedAt, suspended, flag, schedule } = card;
    const { anki, ...rest } = origin ?? {};
    const ankiOrigin = (anki as Record<string, AnkiOrigin> | undefined)?.[String(ordinal)];
    const history = withAfter(reviews.get(id) ?? [], schedule);
    return {
      id,
      ...((kind === 'reversed' || kind === 'cloze') && { note: { id: note, ordinal } }),
      question,
      answer,
      project,
      tags,
      notes,
      kind,
      ...(source && { source }),
      ...(Object.keys(rest).length > 0 && { origin: rest }),
      createdAt,
      modifiedAt,
      ...(suspended && { suspended }),
      ...(flag > 0 && { flag }),
      ...(schedule.state !== 'new' && { schedule }),
      ...(history.length > 0 && { reviews: history }),
      ...(ankiOrigin && { anki: ankiOrigin }),
    };
  });
  const noteTypes = store.db.all('SELECT data FROM cards_note_type ORDER BY id').map((row) => JSON.parse(String(row['data'])) as AnkiNoteType);
  return { cards: exported, noteTypes };
}

type Answered = Omit<Review, 'cardId' | 'after'>;

function reviewsByCard(store: CardsStore): Map<string, Answered[]> {
  const byCard = new Map<string, Answered[]>();
  for (const row of store.db.all('SELECT c.id, r.* FROM cards_review r JOIN cards_card c ON c.key = r.card WHERE r.undone = 0 ORDER BY r.card, r.at, r.position')) {
    const { at, confidence, tookMs, before } = reviewOf(row);
    const id = String(row['id']);
    const list = byCard.get(id);
    if (list) list.push({ at, confidence, tookMs, before });
    else byCard.set(id, [{ at, confidence, tookMs, before }]);
  }
  return byCard;
}

/** What followed an answer is what stood before the next one, and at last what stands now. */
function withAfter(reviews: readonly Answered[], now: Schedule): Omit<Review, 'cardId'>[] {
  return reviews.map((review, i) => ({ ...review, after: reviews[i + 1]?.before ?? now }));
}
