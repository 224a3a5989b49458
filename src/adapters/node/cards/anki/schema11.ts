/** A collection of schema 11, which every Anki reads. What its columns hold: https://github.com/ankidroid/Anki-Android/wiki/Database-Structure */
import { createHash } from 'node:crypto';
import { htmlToMarkdown, type AnkiExport, type AnkiNoteOut, type AnkiNoteType } from '../../../../core/cards/index.ts';
import type { Database, DatabaseFactory } from '../../../../core/ports/database.ts';
import { DEFAULT_DECK } from './collection.ts';
import { guidOf } from './guid.ts';

const schema = `
CREATE TABLE col (id integer PRIMARY KEY, crt integer NOT NULL, mod integer NOT NULL, scm integer NOT NULL, ver integer NOT NULL, dty integer NOT NULL, usn integer NOT NULL, ls integer NOT NULL, conf text NOT NULL, models text NOT NULL, decks text NOT NULL, dconf text NOT NULL, tags text NOT NULL);
CREATE TABLE notes (id integer PRIMARY KEY, guid text NOT NULL, mid integer NOT NULL, mod integer NOT NULL, usn integer NOT NULL, tags text NOT NULL, flds text NOT NULL, sfld integer NOT NULL, csum integer NOT NULL, flags integer NOT NULL, data text NOT NULL);
CREATE TABLE cards (id integer PRIMARY KEY, nid integer NOT NULL, did integer NOT NULL, ord integer NOT NULL, mod integer NOT NULL, usn integer NOT NULL, type integer NOT NULL, queue integer NOT NULL, due integer NOT NULL, ivl integer NOT NULL, factor integer NOT NULL, reps integer NOT NULL, lapses integer NOT NULL, left integer NOT NULL, odue integer NOT NULL, odid integer NOT NULL, flags integer NOT NULL, data text NOT NULL);
CREATE TABLE revlog (id integer PRIMARY KEY, cid integer NOT NULL, usn integer NOT NULL, ease integer NOT NULL, ivl integer NOT NULL, lastIvl integer NOT NULL, factor integer NOT NULL, time integer NOT NULL, type integer NOT NULL);
CREATE TABLE graves (usn integer NOT NULL, oid integer NOT NULL, type integer NOT NULL);`;
/** Made after the rows, which is faster. */
const indexes = `
CREATE INDEX ix_notes_usn ON notes (usn);
CREATE INDEX ix_cards_usn ON cards (usn);
CREATE INDEX ix_revlog_usn ON revlog (usn);
CREATE INDEX ix_cards_nid ON cards (nid);
CREATE INDEX ix_cards_sched ON cards (did, queue, due);
CREATE INDEX ix_revlog_cid ON revlog (cid);
CREATE INDEX ix_notes_csum ON notes (csum);`;

/** @param now Milliseconds. */
export async function writeCollection(databases: DatabaseFactory, { created, notes }: AnkiExport, now: number): Promise<Uint8Array> {
  const database = await databases.open();
  try {
    database.exec(schema);
    database.transaction(() => {
      const decks = writeRows(database, notes);
      writeCol(database, created, now, notes, decks);
    });
    database.exec(indexes);
    return database.export();
  } finally {
    database.close();
  }
}

/** @returns the ids of decks by name. */
function writeRows(database: Database, notes: readonly AnkiNoteOut[]): Map<string, number> {
  const decks = new Map<string, number>([['', DEFAULT_DECK.id]]);
  for (const note of notes) {
    const sort = plainText(note.fields[note.type.sortField] ?? '');
    database.run('INSERT INTO notes VALUES (?,?,?,?,-1,?,?,?,?,0,?)', [note.id, note.guid ?? guidOf(note.fields.join('\x1f')), note.type.id, note.modified, note.tags, note.fields.join('\x1f'), sort, checksum(note.fields[0] ?? ''), note.data]);
    for (const card of note.cards) {
      const c = card.columns;
      database.run('INSERT INTO cards VALUES (?,?,?,?,?,-1,?,?,?,?,?,?,?,?,0,0,?,?)', [card.id, note.id, deckId(decks, card.deck), c.ord, card.modified, c.type, c.queue, c.due, c.ivl, c.factor, c.reps, c.lapses, c.left, c.flags, c.data]);
      for (const [at, ease, ivl, lastIvl, factor, time, type] of card.revlog) database.run('INSERT INTO revlog VALUES (?,?,-1,?,?,?,?,?,?)', [at, card.id, ease, ivl, lastIvl, factor, time, type]);
    }
  }
  return decks;
}

/** A deck's id is made from its name, so that the next export has the same; its parents get one too. */
function deckId(decks: Map<string, number>, name: string): number {
  const known = decks.get(name);
  if (known !== undefined) return known;
  const parent = name.lastIndexOf('::');
  if (parent > 0) deckId(decks, name.slice(0, parent));
  let id = 1_400_000_000_000 + (createHash('sha1').update(name).digest().readUIntBE(0, 5) % 300_000_000_000);
  while ([...decks.values()].includes(id)) id += 1;
  decks.set(name, id);
  return id;
}

function writeCol(database: Database, created: number, now: number, notes: readonly AnkiNoteOut[], decks: ReadonlyMap<string, number>): void {
  const seconds = Math.floor(now / 1000);
  const types = new Map(notes.map(({ type }) => [type.id, type]));
  const [anyType] = types.keys();
  const conf = { nextPos: notes.length + 1, estTimes: true, activeDecks: [1], sortType: 'noteFld', timeLim: 0, sortBackwards: false, addToCur: true, curDeck: 1, newSpread: 0, dueCounts: true, curModel: anyType ?? null, collapseTime: 1200, schedVer: 2 };
  const models = Object.fromEntries([...types.values()].map((type) => [type.id, model(type, seconds)]));
  const named = [...decks].map(([name, id]) => [id, deck(id, name === '' ? DEFAULT_DECK.name : name, seconds)]);
  database.run('INSERT INTO col VALUES (1,?,?,?,11,0,0,0,?,?,?,?,?)', [created, now, now, JSON.stringify(conf), JSON.stringify(models), JSON.stringify(Object.fromEntries(named)), JSON.stringify({ 1: deckOptions }), '{}']);
}

function model(type: AnkiNoteType, seconds: number): object {
  return {
    id: type.id,
    name: type.name,
    type: type.isCloze ? 1 : 0,
    mod: seconds,
    usn: -1,
    sortf: type.sortField,
    did: 1,
    tmpls: type.templates.map(({ name, question, answer }, ord) => ({ name, ord, qfmt: question, afmt: answer, bqfmt: '', bafmt: '', did: null, bfont: '', bsize: 0 })),
    // Without an empty list under `media`, old importers stop.
    flds: type.fields.map((name, ord) => ({ name, ord, sticky: false, rtl: false, font: 'Arial', size: 20, media: [] })),
    css: type.css,
    latexPre: '\\documentclass[12pt]{article}\n\\special{papersize=3in,5in}\n\\usepackage[utf8]{inputenc}\n\\usepackage{amssymb,amsmath}\n\\pagestyle{empty}\n\\setlength{\\parindent}{0in}\n\\begin{document}\n',
    latexPost: '\\end{document}',
    latexsvg: false,
    tags: [],
    vers: [],
    req: type.templates.map((_, ord) => [ord, 'any', [type.sortField]]),
  };
}

function deck(id: number, name: string, seconds: number): object {
  return { id, name, mod: seconds, usn: -1, lrnToday: [0, 0], revToday: [0, 0], newToday: [0, 0], timeToday: [0, 0], collapsed: false, browserCollapsed: false, desc: '', dyn: 0, conf: 1, extendNew: 0, extendRev: 0 };
}

const deckOptions = {
  id: 1,
  name: 'Default',
  mod: 0,
  usn: 0,
  maxTaken: 60,
  autoplay: true,
  timer: 0,
  replayq: true,
  dyn: false,
  new: { bury: false, delays: [1, 10], initialFactor: 2500, ints: [1, 4, 0], order: 1, perDay: 20, separate: true },
  rev: { bury: false, ease4: 1.3, ivlFct: 1, maxIvl: 36500, perDay: 200, hardFactor: 1.2, fuzz: 0.05, minSpace: 1 },
  lapse: { delays: [10], leechAction: 1, leechFails: 8, minInt: 1, mult: 0 },
};

/** Anki's way to find equal notes: of the first field without HTML, the first 32 bits of its SHA-1. */
export function checksum(field: string): number {
  return createHash('sha1').update(plainText(field)).digest().readUInt32BE(0);
}

/** Without tags, but with the names of media. */
function plainText(html: string): string {
  if (!/[<&]/.test(html)) return html;
  return html
    .replace(/<img[^<>]*?\bsrc=["']?([^"'<>\s]+)["']?[^<>]*>/gi, ' $1 ')
    .replace(/<[^<>]*>/g, '')
    .replace(/&(?:#\d+|#x[\da-f]+|\w+);/gi, (entity) => htmlToMarkdown(entity).replace(/^\\/, ''));
}
