import type { Disposable } from '../base/disposable.ts';
import { WheelhouseError } from '../base/errors.ts';
import type { Database, SqlValue } from '../ports/database.ts';
import type { JournalEntry, NewEvent } from '../ports/journal.ts';
import type { Store } from '../storage/index.ts';
import type { Answer } from './schedule/convert.ts';
import type { CardsEvent } from './events.ts';
import type { Algorithm, Card, CardDraft } from './model.ts';
import { ownSettings } from './projection.ts';
import { settingsOf, type DeckSettings } from './settings.ts';
import { cardOf, cardSelect, reviewOf, type ReviewRow } from './tables.ts';

export { cardsProjection } from './projection.ts';

/** The tables of cards, as questions, and the way to add events. */
export class CardsStore {
  readonly #store: Store;
  readonly #by: string;

  constructor(store: Store, by: string) {
    this.#store = store;
    this.#by = by;
  }

  get db(): Database {
    return this.#store.db;
  }

  /** Brings the tables up to what every process has written. */
  refresh(): Promise<void> {
    return this.#store.refresh();
  }

  /** Told when cards, reviews or settings were changed, by this process or another. */
  onDidChange(listener: () => void): Disposable {
    return this.#store.onDidChange((entries) => {
      if (entries.some(({ event }) => event.type.startsWith('cards.'))) listener();
    });
  }

  /** Refreshes whenever anybody writes, until disposed. */
  follow(): Disposable {
    return this.#store.follow();
  }

  /** All or none. */
  async append(events: readonly CardsEvent[]): Promise<readonly JournalEntry[]> {
    return events.length === 0 ? [] : this.#store.append(events.map((event): NewEvent => ({ ...event, by: this.#by })));
  }

  /** Every card of the user's, or those that the condition names (on `c`, the card, and `n`, its note). */
  cards(condition = '', parameters: readonly SqlValue[] = []): Card[] {
    return this.db.all(`${cardSelect} WHERE c.active = 1 ${condition}`, parameters).map(cardOf);
  }

  /** A card by its id, or by the unique beginning of one. @throws WheelhouseError `not-found`. */
  card(id: string): Card {
    const card = this.find(id) ?? this.first(id);
    if (card) return card;
    const alike = id.length < 4 ? [] : this.cards("AND c.id LIKE ? ESCAPE '\\' AND c.ordinal = 0 ORDER BY c.id LIMIT 2", [`${id.replace(/[\\%_]/g, '\\$&')}%`]);
    if (alike.length === 1 && alike[0]) return alike[0];
    if (alike.length > 1) throw new WheelhouseError('not-found', `${JSON.stringify(id)} is the beginning of more than one card's id. Give the whole id.`);
    throw new WheelhouseError('not-found', `There is no card ${JSON.stringify(id)}. "cards list" has the ids.`);
  }

  find(id: string): Card | undefined {
    return this.cards('AND c.id = ?', [id])[0];
  }

  /** The first card that a note makes now; for a cloze that need not be ordinal 0. */
  first(note: string): Card | undefined {
    return this.cards('AND c.note = ? ORDER BY c.ordinal LIMIT 1', [note])[0];
  }

  /** The answers that count for a card's memory: since its last reset, oldest first. */
  answers(id: string): Answer[] {
    return this.db
      .all('SELECT r.at, r.confidence FROM cards_review r JOIN cards_card c ON c.key = r.card WHERE c.id = ? AND r.undone = 0 AND r.counted = 1 AND (c.reset = 0 OR r.position > c.reset) ORDER BY r.at, r.position', [id])
      .map((row) => ({ at: Number(row['at']), confidence: Number(row['confidence']) as Answer['confidence'] }));
  }

  /** All answers to a card that were not taken back, oldest first. */
  reviews(id: string): ReviewRow[] {
    return this.db.all('SELECT r.* FROM cards_review r JOIN cards_card c ON c.key = r.card WHERE c.id = ? AND r.undone = 0 ORDER BY r.at, r.position', [id]).map(reviewOf);
  }

  /** What was set for a deck (null: for all), without defaults. */
  ownSettings(project: string | null): Partial<DeckSettings> {
    return ownSettings(this.db, project);
  }

  /** The settings by which a card of that deck and algorithm is scheduled. */
  settings(project: string, algorithm: Algorithm): DeckSettings {
    return settingsOf(algorithm, this.ownSettings(null), this.ownSettings(project), { algorithm });
  }

  /** Cards due in a span of time, for balancing. */
  dueBetween(from: number, to: number): number {
    return Number(this.db.all("SELECT count(*) AS n FROM cards_card WHERE active = 1 AND suspended = 0 AND state = 'review' AND due >= ? AND due < ?", [from, to])[0]?.['n'] ?? 0);
  }
}

/** Longest text of one event, in characters: at three bytes each it stays below what a journal record may have. */
const batchCharacters = 4_000_000;
/** Longest card, in characters of its JSON. */
const cardCharacters = 2_500_000;

/** Cuts a long list into parts that each fit into one event. */
export function batches<T>(items: readonly T[]): T[][] {
  const parts: T[][] = [];
  let room = 0;
  for (const item of items) {
    const length = JSON.stringify(item).length;
    if (parts.length === 0 || length > room) {
      parts.push([]);
      room = batchCharacters;
    }
    parts.at(-1)?.push(item);
    room -= length;
  }
  return parts;
}

/** @throws WheelhouseError `invalid-input` for a card without a question, or one that is too large. */
export function checkDraft(draft: Pick<CardDraft, 'question' | 'answer' | 'kind'>, place = 'A card'): void {
  if (draft.question.trim() === '') throw new WheelhouseError('invalid-input', `${place} needs a question.`);
  if (draft.kind !== 'cloze' && !/\{\{c\d+::/.test(draft.question) && draft.answer.trim() === '') throw new WheelhouseError('invalid-input', `${place} needs an answer.`);
  const length = JSON.stringify(draft).length;
  if (length > cardCharacters) throw new WheelhouseError('invalid-input', `${place} is too large (${length} characters, at most ${cardCharacters}). Put long material into a file and link it.`);
}
