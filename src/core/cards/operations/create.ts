import type { CardsContext } from '../context.ts';
import { toTuple, type NoteData } from '../events.ts';
import { kindOf } from '../faces.ts';
import { noteIds, operationId } from '../ids.ts';
import { newSchedule } from '../schedule/model.ts';
import { WheelhouseError } from '../../base/errors.ts';
import type { Algorithm, Card, CardDraft } from '../model.ts';
import { settingsOf, type DeckSettings } from '../settings.ts';
import { batches, checkDraft, type CardsStore } from '../store.ts';
import { cleanTags } from '../tags.ts';

export interface CreateOptions {
  /** Default the deck's, else the user's, else that of the face. */
  readonly algorithm?: Algorithm;
  /** SM-2's easiness of these cards. */
  readonly ease?: number;
}

/**
 * Keeps a new note. @returns The first of its cards.
 * @throws WheelhouseError `invalid-input` for a card without question or answer, or one that is too large.
 */
export async function createCard(context: CardsContext, draft: CardDraft, options: CreateOptions = {}): Promise<Card> {
  const [card] = await createCards(context, [draft], options);
  if (!card) throw new WheelhouseError('conflict', 'The card was kept and deleted again by another program.');
  return card;
}

/** Keeps new notes, as one operation. @returns The first card of each. */
export async function createCards(context: CardsContext, drafts: readonly CardDraft[], options: CreateOptions = {}): Promise<Card[]> {
  drafts.forEach((draft, i) => checkDraft(draft, drafts.length === 1 ? 'A card' : `Card ${i + 1}`));
  const store = await context.store();
  await store.refresh();
  const now = context.clock.now();
  const settings = settingsByDeck(context, store, options);
  const notes = drafts.map((draft): Omit<NoteData, 'note'> => {
    const project = (draft.project ?? '').trim();
    const own = settings(project);
    return { ...contentOfDraft(draft, project), createdAt: now, modifiedAt: now, schedule: toTuple(newSchedule(own.algorithm, now, own)) };
  });
  const ids = await keepNotes(context, store, notes, operationId(context));
  return ids.flatMap((id) => store.first(id) ?? []);
}

export function contentOfDraft(draft: CardDraft, project: string) {
  return {
    question: draft.question,
    answer: draft.answer,
    project,
    tags: cleanTags(draft.tags ?? []),
    notes: draft.notes ?? '',
    kind: kindOf(draft),
    source: draft.source ?? null,
    origin: draft.origin ?? null,
  };
}

/** The settings of new cards by deck, each looked up once. */
export function settingsByDeck(context: CardsContext, store: CardsStore, options: CreateOptions): (project: string) => DeckSettings {
  const known = new Map<string, DeckSettings>();
  const over = { ...(options.algorithm && { algorithm: options.algorithm }), ...(options.ease !== undefined && { ease: options.ease }) };
  return (project) => {
    const settings = known.get(project) ?? settingsOf(context.defaultAlgorithm, store.ownSettings(null), store.ownSettings(project), over);
    known.set(project, settings);
    return settings;
  };
}

/** Appends notes and gives them ids; where another process took an id in the same second, the note gets another. */
export async function keepNotes(context: CardsContext, store: CardsStore, notes: readonly (Omit<NoteData, 'note'> & { readonly note?: string })[], operation: string): Promise<string[]> {
  const fresh = noteIds(context, store, notes.length);
  const named = notes.map((note, i): NoteData => ({ ...note, note: note.note ?? fresh[i] ?? '' }));
  for (const part of batches(named)) await store.append([{ type: 'cards.created', operation, notes: part }]);
  const kept = new Set(store.db.all('SELECT id FROM cards_note WHERE operation = ?', [operation]).map((row) => row['id']));
  const lost = named.filter(({ note }) => !kept.has(note));
  if (lost.length === 0) return named.map(({ note }) => note);
  const again = await keepNotes(context, store, lost.map(({ note: _taken, ...rest }) => rest), operation);
  const ids = again[Symbol.iterator]();
  return named.map(({ note }) => (kept.has(note) ? note : (ids.next().value ?? note)));
}
