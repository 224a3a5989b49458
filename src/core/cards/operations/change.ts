import { WheelhouseError } from '../../base/errors.ts';
import type { CardsContext } from '../context.ts';
import type { CardChange, NoteChange, NoteContent } from '../events.ts';
import { operationId } from '../ids.ts';
import type { Card, CardKind } from '../model.ts';
import { batches, checkDraft, type CardsStore } from '../store.ts';
import { contentOf, columnValue, noteColumns } from '../tables.ts';
import { cleanTags } from '../tags.ts';

export interface CardEdit {
  readonly question?: string;
  readonly answer?: string;
  readonly notes?: string;
  readonly tags?: readonly string[];
  readonly project?: string;
  readonly kind?: CardKind;
}

/** Changes the note of a card. @throws WheelhouseError `not-found`, `invalid-input`. */
export async function updateCard(context: CardsContext, id: string, edit: CardEdit): Promise<Card> {
  const store = await context.store();
  await store.refresh();
  const card = store.card(id);
  await changeNotes(context, store, [card.note], () => edit);
  // An edit can take away the very card that was named, such as one number of a cloze.
  return store.find(card.id) ?? store.card(card.note);
}

/** Changes of many cards at once; those of a note concern all of its cards. */
export interface CardsChange {
  readonly project?: string;
  readonly addTags?: readonly string[];
  readonly removeTags?: readonly string[];
  readonly suspended?: boolean;
  /** 0-7. */
  readonly flag?: number;
}

/**
 * @param operation Names it for `undo`. @returns How many cards were given. @throws WheelhouseError `not-found`, `invalid-input`; nothing is changed then.
 */
export async function changeCards(context: CardsContext, ids: readonly string[], change: CardsChange, operation = operationId(context)): Promise<number> {
  const { project, addTags, removeTags, suspended, flag } = change;
  if (flag !== undefined && !(Number.isInteger(flag) && flag >= 0 && flag <= 7)) throw new WheelhouseError('invalid-input', `A flag is a number from 0 (none) to 7, not ${flag}.`);
  const store = await context.store();
  await store.refresh();
  const cards = ids.map((id) => store.card(id));
  if (project !== undefined || addTags !== undefined || removeTags !== undefined) {
    const gone = new Set(cleanTags(removeTags ?? []));
    const retag = ({ tags }: NoteContent) => cleanTags([...tags.filter((tag) => !gone.has(tag)), ...(addTags ?? [])]);
    await changeNotes(context, store, [...new Set(cards.map(({ note }) => note))], (note) => ({ ...(project !== undefined && { project }), tags: retag(note) }), operation);
  }
  if (suspended !== undefined) await setCards(store, 'suspended', operation, cards.filter((card) => card.suspended !== suspended).map(({ id }) => ({ card: id, before: { suspended: !suspended }, after: { suspended } })));
  if (flag !== undefined) await setCards(store, 'flagged', operation, cards.filter((card) => card.flag !== flag).map((card) => ({ card: card.id, before: { flag: card.flag }, after: { flag } })));
  return cards.length;
}

/** Deletes the notes of these cards, with all the cards that they make. `undo` brings them back. @returns How many notes. */
export async function deleteCards(context: CardsContext, ids: readonly string[]): Promise<number> {
  const store = await context.store();
  await store.refresh();
  const notes = [...new Set(ids.map((id) => store.card(id).note))];
  const operation = operationId(context);
  for (const part of batches(notes)) await store.append([{ type: 'cards.deleted', operation, notes: part }]);
  return notes.length;
}

async function changeNotes(context: CardsContext, store: CardsStore, notes: readonly string[], edit: (note: NoteContent) => CardEdit, operation = operationId(context)): Promise<void> {
  const changes: NoteChange[] = [];
  for (const note of notes) {
    const row = store.db.all(`SELECT ${noteColumns.join(', ')} FROM cards_note WHERE id = ?`, [note])[0];
    if (!row) continue;
    const content = contentOf(row);
    const wanted: CardEdit = edit(content);
    const next: NoteContent = { ...content, ...defined(wanted), ...(wanted.tags && { tags: cleanTags(wanted.tags) }), ...(wanted.project !== undefined && { project: wanted.project.trim() }) };
    checkDraft(next);
    const changed = noteColumns.filter((name) => columnValue(name, content[name]) !== columnValue(name, next[name]));
    if (changed.length === 0) continue;
    const pick = (from: NoteContent) => Object.fromEntries(changed.map((name) => [name, from[name]])) as Partial<NoteContent>;
    changes.push({ note, before: pick(content), after: pick(next) });
  }
  for (const part of batches(changes)) await store.append([{ type: 'cards.changed', operation, notes: part }]);
}

/** Only what was given: a field that is there and undefined is not. */
function defined(edit: CardEdit): Partial<NoteContent> {
  return Object.fromEntries(Object.entries(edit).filter(([, value]) => value !== undefined));
}

/** Sets what a schedule, a suspension or a flag is by hand; as many events as it takes. */
export async function setCards(store: CardsStore, what: 'reset' | 'algorithm' | 'suspended' | 'flagged' | 'imported', operation: string, cards: readonly CardChange[]): Promise<void> {
  for (const part of batches(cards)) await store.append([{ type: 'cards.scheduled', operation, what, cards: part }]);
}
