/** An Anki collection as cards. */
import { ankiReader, type AnkiAnswer, type AnkiNoteRow, type AnkiNoteType, type ExchangeCard, type ImportProblem } from '../../../../core/cards/index.ts';
import type { DatabaseFactory, SqlRow } from '../../../../core/ports/database.ts';
import { decksOf, noteTypesOf, openCollection, readError, type OpenCollection } from './schema.ts';

/** Anki's own deck for what is in no deck, under the name that it has from the start. */
export const DEFAULT_DECK = { id: 1, name: 'Default' };

export interface ReadCollection {
  readonly cards: ExchangeCard[];
  readonly noteTypes: AnkiNoteType[];
  readonly problems: ImportProblem[];
}

/** @throws WheelhouseError `invalid-input`. */
export async function readCollection(databases: DatabaseFactory, image: Uint8Array): Promise<ReadCollection> {
  const collection = await openCollection(databases, image);
  try {
    return cardsOf(collection);
  } catch (error) {
    throw readError(error);
  } finally {
    collection.database.close();
  }
}

function cardsOf(collection: OpenCollection): ReadCollection {
  const { database, created } = collection;
  const noteTypes = noteTypesOf(collection);
  const decks = decksOf(collection);
  const notes = new Map(database.all('SELECT id, guid, mid, mod, tags, flds, data FROM notes').map((row) => [Number(row['id']), noteOf(row)]));
  const answers = new Map<number, AnkiAnswer[]>();
  for (const row of database.all('SELECT id, cid, ease, ivl, lastIvl, factor, time, type FROM revlog ORDER BY id')) {
    const answer: AnkiAnswer = [number(row['id']), number(row['ease']), number(row['ivl']), number(row['lastIvl']), number(row['factor']), number(row['time']), number(row['type'])];
    const list = answers.get(number(row['cid']));
    if (list === undefined) answers.set(number(row['cid']), [answer]);
    else list.push(answer);
  }
  const rows = database.all('SELECT id, nid, did, ord, mod, type, queue, due, ivl, factor, reps, lapses, "left", odue, odid, flags, data FROM cards ORDER BY nid, ord, id');
  const siblings = new Map<number, number>();
  for (const row of rows) siblings.set(number(row['nid']), (siblings.get(number(row['nid'])) ?? 0) + 1);

  const read = ankiReader(noteTypes, created);
  const cards: ExchangeCard[] = [];
  const problems: ImportProblem[] = [];
  for (const row of rows) {
    const nid = number(row['nid']);
    const note = notes.get(nid);
    // In a filtered deck, a card remembers where it is at home and when it is due there.
    const isAway = number(row['odid']) !== 0;
    const deck = number(isAway ? row['odid'] : row['did']);
    const name = decks.get(deck) ?? '';
    const card =
      note === undefined
        ? 'It has no note.'
        : read(note, {
            id: number(row['id']),
            modified: number(row['mod']),
            deck: deck === DEFAULT_DECK.id && name === DEFAULT_DECK.name ? '' : name,
            columns: {
              ord: number(row['ord']),
              type: number(row['type']),
              queue: number(row['queue']),
              due: number(isAway && number(row['odue']) !== 0 ? row['odue'] : row['due']),
              ivl: number(row['ivl']),
              factor: number(row['factor']),
              reps: number(row['reps']),
              lapses: number(row['lapses']),
              left: number(row['left']),
              flags: number(row['flags']),
              data: text(row['data']),
            },
            siblings: siblings.get(nid) ?? 1,
            revlog: answers.get(number(row['id'])) ?? [],
          });
    if (typeof card === 'string') problems.push({ at: `card ${number(row['id'])}`, message: card });
    else cards.push(card);
  }
  const withCards = new Set(cards.map((card) => card.anki?.noteTypeId));
  return { cards, noteTypes: noteTypes.filter(({ id }) => withCards.has(id)), problems };
}

function noteOf(row: SqlRow): AnkiNoteRow {
  return { id: number(row['id']), guid: text(row['guid']), noteTypeId: number(row['mid']), modified: number(row['mod']), tags: text(row['tags']), fields: text(row['flds']).split('\x1f'), data: text(row['data']) };
}

/** SQLite keeps whatever was put into a column. */
function number(value: SqlRow[string] | undefined): number {
  const result = Number(value ?? 0);
  return Number.isFinite(result) ? result : 0;
}

const text = (value: SqlRow[string] | undefined) => (typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '');
