/** Cards as the notes, cards and answers of an Anki collection. */
import { ankiReader } from './ankiRead.ts';
import { fieldsOf, noteTypeOf, tagColumn, wheelhouseNoteTypes } from './ankiFields.ts';
import { deckName, keptOfCard, keptOfNote } from './ankiKept.ts';
import { answerOfReview, columnsOfSchedule, dataOfSchedule, parseData } from './ankiSchedule.ts';
import { layoutOf } from './ankiTemplate.ts';
import { markdownToHtml } from './markdownToHtml.ts';
import type { AnkiAnswer, AnkiCardColumns, AnkiNoteType, AnkiOrigin, ExchangeCard } from './model.ts';

export interface AnkiNoteOut {
  readonly id: number;
  /** undefined: the card has no identity yet, give it one that its content determines. */
  readonly guid: string | undefined;
  readonly type: AnkiNoteType;
  readonly fields: readonly string[];
  readonly tags: string;
  /** Seconds. */
  readonly modified: number;
  readonly data: string;
  readonly cards: readonly AnkiCardOut[];
}

export interface AnkiCardOut {
  readonly id: number;
  /** Empty: the default deck. */
  readonly deck: string;
  /** Seconds. */
  readonly modified: number;
  readonly columns: AnkiCardColumns;
  readonly revlog: readonly AnkiAnswer[];
}

export interface AnkiExport {
  /** `col.crt`. */
  readonly created: number;
  readonly notes: readonly AnkiNoteOut[];
}

/**
 * @param now Milliseconds; what has no date gets it.
 * @param dayStart Seconds: when some day began for the user, before everything that is exported.
 */
export function ankiNotesOf(cards: readonly ExchangeCard[], noteTypes: readonly AnkiNoteType[], now: number, dayStart: number): AnkiExport {
  const created = commonCreated(cards) ?? dayStart;
  const writer = new Writer(new Map([...wheelhouseNoteTypes, ...noteTypes].map((type) => [type.id, type])), now, created);
  return { created, notes: groups(cards).map((group) => writer.note(group)) };
}

/** Day 0 of the package that the cards came from, so that their days keep their numbers. */
function commonCreated(cards: readonly ExchangeCard[]): number | undefined {
  const [first, ...others] = new Set(cards.flatMap((card) => (card.anki === undefined ? [] : [card.anki.created])));
  return others.length === 0 ? first : undefined;
}

/** Cards of one note together. */
function groups(cards: readonly ExchangeCard[]): (readonly [ExchangeCard, ...ExchangeCard[]])[] {
  const byNote = new Map<string, [ExchangeCard, ...ExchangeCard[]]>();
  cards.forEach((card, i) => {
    const key = card.anki !== undefined ? `anki ${card.anki.guid}` : card.note !== undefined ? `note ${card.note.id}` : card.id !== undefined ? `card ${card.id}` : `- ${i}`;
    const group = byNote.get(key);
    if (group === undefined) byNote.set(key, [card]);
    else if (!group.some((other) => ordinalOf(other) === ordinalOf(card))) group.push(card);
  });
  return [...byNote.values()];
}

/** What of `cards.data` we say anew; the rest is Anki's. */
const withoutOurs = { s: undefined, d: undefined, lrt: undefined, wheelhouse: undefined };
const ours = new Set(wheelhouseNoteTypes.map(({ id }) => id));

const ordinalOf = (card: ExchangeCard) => card.note?.ordinal ?? card.anki?.card.ord ?? 0;

class Writer {
  readonly #types: ReadonlyMap<number, AnkiNoteType>;
  readonly #now: number;
  readonly #created: number;
  readonly #noteIds = new Ids();
  readonly #cardIds = new Ids();
  readonly #answerIds = new Ids();
  #position = 0;

  constructor(types: ReadonlyMap<number, AnkiNoteType>, now: number, created: number) {
    this.#types = types;
    this.#now = now;
    this.#created = created;
  }

  note(group: readonly [ExchangeCard, ...ExchangeCard[]]): AnkiNoteOut {
    const [first] = group;
    const original = this.#original(group);
    const type = original?.type ?? noteTypeOf(first.kind ?? 'basic');
    const fields = original?.fields ?? fieldsOf(first);
    const note = {
      id: this.#noteIds.take(first.anki?.noteId ?? first.createdAt ?? this.#now),
      guid: first.anki?.guid ?? first.note?.id ?? first.id,
      type,
      fields,
      tags: tagColumn(first.tags ?? []),
      modified: Math.floor((first.modifiedAt ?? first.createdAt ?? this.#now) / 1000),
    };
    const cards = askedOf(group).map((asked) => this.#card(asked));
    return { ...note, data: this.#noteData(first, note, cards), cards };
  }

  /** The note as Anki had it, with what the user has changed since; undefined when that cannot be told. */
  #original(group: readonly ExchangeCard[]): { type: AnkiNoteType; fields: readonly string[] } | undefined {
    const [card] = group;
    const type = card?.anki && this.#types.get(card.anki.noteTypeId);
    if (card === undefined || card.anki === undefined || type === undefined) return undefined;
    const before = readOrigin(card.anki, type, group.length);
    if (typeof before === 'string') return undefined;
    const changed = (['question', 'answer', 'notes'] as const).filter((part) => (before[part] ?? '') !== (card[part] ?? ''));
    if (changed.length === 0) return { type, fields: card.anki.fields };
    const layout = layoutOf(type);
    if (layout === undefined || (before.kind ?? 'basic') !== (card.kind ?? 'basic')) return undefined;
    const fields = [...card.anki.fields];
    for (const part of changed) {
      const place = layout[part];
      if (place === undefined) return undefined;
      fields[place] = markdownToHtml(card[part] ?? '');
    }
    return { type, fields };
  }

  #card({ card, ordinal, isKept }: Asked): AnkiCardOut {
    const { anki, schedule } = card;
    const isNew = schedule === undefined || schedule.state === 'new';
    if (isNew) this.#position += 1;
    const position = isNew && anki?.card.type === 0 ? anki.card.due : this.#position;
    const computed = columnsOfSchedule(schedule, this.#created, position);
    // Nothing was answered since: then Anki's own columns say it best.
    const unchanged = anki !== undefined && (['type', 'reps', 'lapses'] as const).every((name) => computed[name] === anki.card[name]) && computed.due === this.#rebased(anki);
    const columns: AnkiCardColumns = unchanged
      ? { ...anki.card, due: this.#rebased(anki) }
      : { ...computed, ord: ordinal, flags: 0, data: '' };
    const queue = card.suspended === true ? -1 : columns.queue === -1 ? computed.queue : columns.queue;
    const more = anki !== undefined ? { ...parseData(anki.card.data), ...withoutOurs } : isKept ? keptOfCard(card) : {};
    return {
      id: this.#cardIds.take(anki?.cardId ?? card.createdAt ?? this.#now),
      deck: deckName(card.project ?? ''),
      modified: Math.floor((card.modifiedAt ?? card.createdAt ?? this.#now) / 1000),
      columns: { ...columns, queue, flags: (columns.flags & ~7) | ((card.flag ?? 0) & 7), data: unchanged ? anki.card.data : dataOfSchedule(schedule, more) },
      revlog: answersOf(card).map(([at, ...rest]) => [this.#answerIds.take(at), ...rest]),
    };
  }

  /** A day's number, counted from this export's day 0. */
  #rebased({ card, created }: AnkiOrigin): number {
    const isDay = card.type !== 0 && card.queue !== 1 && card.due < 1_000_000_000;
    return isDay ? card.due + Math.round((created - this.#created) / 86_400) : card.due;
  }

  /** Reads back what is written; what comes out different is kept beside it. */
  #noteData(card: ExchangeCard, note: Omit<AnkiNoteOut, 'data' | 'cards' | 'guid'>, cards: readonly AnkiCardOut[]): string {
    const [out] = cards;
    if (out === undefined || !ours.has(note.type.id)) return '';
    const row = { id: note.id, guid: '', noteTypeId: note.type.id, modified: note.modified, tags: note.tags, fields: note.fields, data: '' };
    const read = ankiReader([note.type], this.#created)(row, { ...out, siblings: cards.length, revlog: [] });
    const same = typeof read !== 'string' && (['question', 'answer', 'notes', 'project'] as const).every((part) => (read[part] ?? '') === (card[part] ?? '')) && (read.kind ?? 'basic') === (card.kind ?? 'basic') && JSON.stringify(read.tags ?? []) === JSON.stringify(card.tags ?? []) && sameSource(read, card);
    return same ? '' : keptOfNote(card);
  }
}

const sameSource = (a: ExchangeCard, b: ExchangeCard) => JSON.stringify(sourceParts(a)) === JSON.stringify(sourceParts(b));
const sourceParts = ({ source }: ExchangeCard) => source && [source.file, source.startLine, source.endLine, source.commit ?? null, source.language ?? null, source.code ?? null];

/** One card to write: its place in the note, and whether it is more than a new sibling. */
interface Asked {
  readonly card: ExchangeCard;
  readonly ordinal: number;
  readonly isKept: boolean;
}

/** A reversed or cloze card that came alone stands for all cards of its note: the others are new. */
function askedOf(group: readonly [ExchangeCard, ...ExchangeCard[]]): Asked[] {
  const [first] = group;
  const isWhole = first.anki === undefined && first.note === undefined && (first.kind === 'reversed' || first.kind === 'cloze');
  if (!isWhole) return group.map((card) => ({ card, ordinal: ordinalOf(card), isKept: card.anki === undefined }));
  const ordinals = first.kind === 'reversed' ? [0, 1] : clozeOrdinals(first.question);
  const { schedule: _schedule, reviews: _reviews, flag: _flag, suspended: _suspended, ...fresh } = first;
  return ordinals.map((ordinal, i) => {
    if (i > 0 || first.id === undefined) return { card: i > 0 ? fresh : first, ordinal, isKept: false };
    return { card: { ...first, note: { id: first.id, ordinal } }, ordinal, isKept: true };
  });
}

/** The numbers in a cloze text, less 1. */
export function clozeOrdinals(text: string): number[] {
  const numbers = new Set([...text.matchAll(/\{\{c(\d{1,3})::/g)].map(([, number]) => Math.max(0, Number(number) - 1)));
  return numbers.size === 0 ? [0] : [...numbers].sort((a, b) => a - b);
}

/** Rows as Anki had them, for the answers that are still there; the others in our words. */
function answersOf({ anki, reviews = [] }: ExchangeCard): AnkiAnswer[] {
  if (anki === undefined) return reviews.map(answerOfReview);
  const rows = new Map(anki.revlog.map((row) => [row[0], row]));
  const manual = anki.revlog.filter(([, ease]) => ease < 1 || ease > 4);
  return [...manual, ...reviews.map((review) => rows.get(review.at) ?? answerOfReview(review))].sort((a, b) => a[0] - b[0]);
}

function readOrigin(origin: AnkiOrigin, type: AnkiNoteType, siblings: number): ExchangeCard | string {
  const note = { id: origin.noteId, guid: origin.guid, noteTypeId: origin.noteTypeId, modified: 0, tags: '', fields: origin.fields, data: '' };
  return ankiReader([type], origin.created)(note, { id: origin.cardId, modified: 0, deck: origin.deck, columns: origin.card, siblings, revlog: [] });
}

/** Keys of a table: the one asked for, else the next that is free. */
class Ids {
  readonly #taken = new Set<number>();
  readonly #next = new Map<number, number>();

  take(wanted: number): number {
    const start = Math.max(1, Math.floor(wanted));
    let id = this.#next.get(start) ?? start;
    while (this.#taken.has(id)) id += 1;
    this.#taken.add(id);
    this.#next.set(start, id + 1);
    return id;
  }
}
