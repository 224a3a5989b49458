/** Rows of an Anki collection as cards. */
import { htmlToMarkdown } from './htmlToMarkdown.ts';
import { isCodeType, sourceOfFields } from './ankiFields.ts';
import { readKeptCard, readKeptNote } from './ankiKept.ts';
import { reviewsOfAnki, scheduleOfAnki } from './ankiSchedule.ts';
import { layoutOf, renderTemplate, type Layout } from './ankiTemplate.ts';
import type { AnkiAnswer, AnkiCardColumns, AnkiNoteType, ExchangeCard } from './model.ts';
import { MAX_TEXT } from './records.ts';

export interface AnkiNoteRow {
  readonly id: number;
  readonly guid: string;
  readonly noteTypeId: number;
  /** Seconds. */
  readonly modified: number;
  readonly tags: string;
  readonly fields: readonly string[];
  readonly data: string;
}

export interface AnkiCardRow {
  readonly id: number;
  /** Seconds. */
  readonly modified: number;
  /** Its name with `::` between levels; empty for the deck that everything is in by default. */
  readonly deck: string;
  readonly columns: AnkiCardColumns;
  /** How many cards the note has. */
  readonly siblings: number;
  /** Oldest first. */
  readonly revlog: readonly AnkiAnswer[];
}

/**
 * @param created The collection's `crt`, seconds.
 * @returns what reads one card: the card, or a sentence that says why it is none.
 */
export function ankiReader(types: readonly AnkiNoteType[], created: number): (note: AnkiNoteRow, card: AnkiCardRow) => ExchangeCard | string {
  const known = new Map(types.map((type) => [type.id, { type, layout: layoutOf(type), isCode: isCodeType(type) }]));
  return (note, card) => {
    const found = known.get(note.noteTypeId);
    if (found === undefined) return 'Its note type is missing.';
    const texts = readKeptNote(note.data, note.fields, note.tags, card.deck) ?? textsOf(found, note, card);
    if (typeof texts === 'string') return texts;
    return { ...texts, ...stateOf(note, card, created, texts.kind ?? 'basic') };
  };
}

type Texts = Pick<ExchangeCard, 'question' | 'answer' | 'notes' | 'tags' | 'kind' | 'source' | 'project'>;

function textsOf({ type, layout, isCode }: { type: AnkiNoteType; layout: Layout | undefined; isCode: boolean }, note: AnkiNoteRow, card: AnkiCardRow): Texts | string {
  const field = (place: number | undefined) => (place === undefined ? '' : htmlToMarkdown(note.fields[place] ?? ''));
  let texts: Texts;
  if (isCode) {
    const source = sourceOfFields(field(4), field(3));
    texts = { question: field(0), answer: field(1), notes: field(2), kind: 'code', ...(source && { source }) };
  } else if (layout !== undefined) {
    // A note of a reversible type that has only its first card is asked one way.
    const kind = layout.kind === 'reversed' && card.siblings === 1 && card.columns.ord === 0 ? 'basic' : layout.kind;
    texts = { question: field(layout.question), answer: field(layout.answer), notes: field(layout.notes), kind };
  } else {
    const template = type.templates[type.isCloze ? 0 : card.columns.ord];
    if (template === undefined) return `Its note type "${type.name}" has no template ${card.columns.ord + 1}.`;
    const { question, answer } = renderTemplate(type, template, note.fields, { tags: note.tags.trim(), deck: card.deck, ordinal: card.columns.ord });
    texts = { question: htmlToMarkdown(question).trim(), answer: htmlToMarkdown(answer).trim(), kind: type.isCloze ? 'cloze' : 'basic' };
  }
  if (texts.question.trim() === '') return 'Its question is empty.';
  if (texts.answer.trim() === '' && texts.kind !== 'cloze') return 'Its answer is empty.';
  if ([texts.question, texts.answer, texts.notes ?? ''].some((text) => text.length > MAX_TEXT)) return `It is longer than ${MAX_TEXT / 1024 / 1024} MB.`;
  const { notes = '', ...rest } = texts;
  const tags = note.tags.split(/[\s\u3000]+/).filter(Boolean);
  return { ...rest, ...(notes !== '' && { notes }), ...(tags.length > 0 && { tags }), ...(card.deck !== '' && { project: card.deck }) };
}

function stateOf(note: AnkiNoteRow, card: AnkiCardRow, created: number, kind: string): Partial<ExchangeCard> {
  const { columns, revlog } = card;
  const flag = columns.flags & 7;
  const origin = { guid: note.guid, noteId: note.id, cardId: card.id, noteTypeId: note.noteTypeId, fields: note.fields, deck: card.deck, created, card: columns, revlog };
  const marks = { ...(columns.queue === -1 && { suspended: true }), ...(flag > 0 && { flag }) };
  const kept = readKeptCard(columns, created, revlog);
  if (kept !== undefined) return { ...marks, ...kept, anki: origin };
  const schedule = scheduleOfAnki(columns, created, card.id, revlog);
  const reviews = reviewsOfAnki(revlog, card.id, schedule.algorithm);
  return {
    id: columns.ord === 0 ? note.guid : `${note.guid}-${columns.ord}`,
    ...((kind === 'reversed' || kind === 'cloze') && { note: { id: note.guid, ordinal: columns.ord } }),
    createdAt: note.id,
    modifiedAt: Math.max(note.modified, card.modified) * 1000,
    ...marks,
    schedule,
    ...(reviews.length > 0 && { reviews }),
    anki: origin,
  };
}
