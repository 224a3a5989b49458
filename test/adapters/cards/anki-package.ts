/** Packages as Anki makes them, in its three forms, built from the published schemas and not by our writer. */
import { createHash } from 'node:crypto';
import { zipSync } from 'fflate';
import { createDatabases } from '../../../src/adapters/node/database-sqljs.ts';
import type { Database, SqlValue } from '../../../src/core/ports/database.ts';

export const databases = createDatabases();
export type Form = 'legacy1' | 'legacy2' | 'latest';

/** 2023-11-14, 4 in the morning UTC. */
export const created = 1_699_934_400;
export const noteIds = { basic: 1_700_000_000_001, reversed: 1_700_000_000_002, cloze: 1_700_000_000_003, typed: 1_700_000_000_004, custom: 1_700_000_000_005 };

const types = [
  { id: 11, name: 'Basic', cloze: false, fields: ['Front', 'Back'], templates: [['Card 1', '{{Front}}', '{{FrontSide}}\n\n<hr id=answer>\n\n{{Back}}']] },
  { id: 12, name: 'Basic (and reversed card)', cloze: false, fields: ['Front', 'Back'], templates: [['Card 1', '{{Front}}', '{{FrontSide}}\n\n<hr id=answer>\n\n{{Back}}'], ['Card 2', '{{Back}}', '{{FrontSide}}\n\n<hr id=answer>\n\n{{Front}}']] },
  { id: 13, name: 'Cloze', cloze: true, fields: ['Text', 'Back Extra'], templates: [['Cloze', '{{cloze:Text}}', '{{cloze:Text}}<br>\n{{Back Extra}}']] },
  { id: 14, name: 'Basic (type in the answer)', cloze: false, fields: ['Front', 'Back'], templates: [['Card 1', '{{Front}}\n\n{{type:Back}}', '{{Front}}\n\n<hr id=answer>\n\n{{type:Back}}']] },
  { id: 15, name: 'Vocabulary', cloze: false, fields: ['Word', 'Reading', 'Meaning'], templates: [['Card 1', '<script>alert(1)</script>How is {{Word}} read?{{^Word}}never{{/Word}}', '{{FrontSide}}<hr id="answer">{{#Reading}}{{Reading}} means {{/Reading}}<b>{{Meaning}}</b>']] },
] as const;

const notes = [
  [noteIds.basic, 'guid;basic', 11, ' db theory ', 'What does <b>CAP</b> stand for?<img src="cap a.png">\x1f<ul><li>Consistency</li><li>Availability</li></ul><pre><code class="language-sql">SELECT 1 &lt; 2;\n\nSELECT 2</code></pre>[sound:say.mp3]'],
  [noteIds.reversed, 'guid"rev', 12, '', 'chien\x1fdog'],
  [noteIds.cloze, 'guidcloze', 13, ' bio ', '{{c1::Paris}} lies on the {{c2::Seine::river}}<br>next\x1f'],
  [noteIds.typed, 'guidtyped', 14, '', 'list &amp; files\x1fls -la'],
  [noteIds.custom, 'guidcustom', 15, '', '犬\x1fいぬ\x1fdog <script>alert(2)</script>&lt;3'],
] as const;

/** id, nid, did, ord, type, queue, due, ivl, factor, reps, lapses, left, odue, odid, flags, data */
const cards = [
  [2001, noteIds.basic, 1, 0, 2, 2, 30, 12, 2360, 5, 1, 0, 0, 0, 3, '{"pos":7}'],
  [2002, noteIds.reversed, 100, 0, 2, 2, 41, 20, 2500, 3, 0, 0, 0, 0, 0, '{"s":21.3456,"d":5.123,"dr":0.9,"lrt":1701500000,"cd":"{\\"x\\":1}"}'],
  [2003, noteIds.reversed, 100, 1, 0, -1, 9, 0, 0, 0, 0, 0, 0, 0, 0, ''],
  [2004, noteIds.cloze, 100, 0, 1, 1, 1_700_100_600, 0, 0, 1, 0, 2002, 0, 0, 0, ''],
  [2005, noteIds.cloze, 100, 1, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, ''],
  [2006, noteIds.typed, 200, 0, 2, 2, -100_000, 3, 2500, 2, 0, 0, 15, 100, 0, ''],
  [2007, noteIds.custom, 1, 0, 3, 1, 1_700_300_000, 1, 2300, 4, 1, 1001, 0, 0, 0, ''],
] as const;

/** id, cid, ease, ivl, lastIvl, factor, time, type */
const revlog = [
  [1_700_000_100_000, 2001, 3, -600, -60, 0, 4_000, 0],
  [1_700_000_800_000, 2001, 3, 1, -600, 2500, 6_000, 0],
  [1_700_090_000_000, 2001, 4, 4, 1, 2650, 2_000, 1],
  [1_700_500_000_000, 2001, 1, -600, 4, 2450, 9_000, 1],
  [1_700_500_700_000, 2001, 3, 12, -600, 2450, 3_000, 2],
  [1_700_600_000_000, 2001, 0, 12, 12, 2360, 0, 4],
  [1_700_100_000_000, 2004, 1, -600, -600, 0, 1_000, 0],
  [1_700_100_000_500, 2007, 2, 1, -600, 2300, 1_500, 3],
] as const;

const decks = new Map([[1, 'Default'], [100, 'Lang::French'], [200, 'Cram']]);
export const media = [
  { name: 'cap a.png', bytes: Uint8Array.from({ length: 300 }, (_, i) => i % 256) },
  { name: 'say.mp3', bytes: new TextEncoder().encode('sound') },
  { name: '../../evil.sh', bytes: new TextEncoder().encode('#!/bin/sh') },
];

const tables = {
  notes: 'CREATE TABLE notes (id integer primary key, guid text not null, mid integer not null, mod integer not null, usn integer not null, tags text not null, flds text not null, sfld integer not null, csum integer not null, flags integer not null, data text not null)',
  cards: 'CREATE TABLE cards (id integer primary key, nid integer not null, did integer not null, ord integer not null, mod integer not null, usn integer not null, type integer not null, queue integer not null, due integer not null, ivl integer not null, factor integer not null, reps integer not null, lapses integer not null, left integer not null, odue integer not null, odid integer not null, flags integer not null, data text not null)',
  revlog: 'CREATE TABLE revlog (id integer primary key, cid integer not null, usn integer not null, ease integer not null, ivl integer not null, lastIvl integer not null, factor integer not null, time integer not null, type integer not null)',
  col: 'CREATE TABLE col (id integer primary key, crt integer not null, mod integer not null, scm integer not null, ver integer not null, dty integer not null, usn integer not null, ls integer not null, conf text not null, models text not null, decks text not null, dconf text not null, tags text not null)',
};
export const schema18 = `
CREATE TABLE fields (ntid integer NOT NULL, ord integer NOT NULL, name text NOT NULL COLLATE unicase, config blob NOT NULL, PRIMARY KEY (ntid, ord)) without rowid;
CREATE UNIQUE INDEX idx_fields_name_ntid ON fields (name, ntid);
CREATE TABLE templates (ntid integer NOT NULL, ord integer NOT NULL, name text NOT NULL COLLATE unicase, mtime_secs integer NOT NULL, usn integer NOT NULL, config blob NOT NULL, PRIMARY KEY (ntid, ord)) without rowid;
CREATE TABLE notetypes (id integer NOT NULL PRIMARY KEY, name text NOT NULL COLLATE unicase, mtime_secs integer NOT NULL, usn integer NOT NULL, config blob NOT NULL);
CREATE UNIQUE INDEX idx_notetypes_name ON notetypes (name);
CREATE TABLE decks (id integer PRIMARY KEY NOT NULL, name text NOT NULL COLLATE unicase, mtime_secs integer NOT NULL, usn integer NOT NULL, common blob NOT NULL, kind blob NOT NULL);
CREATE UNIQUE INDEX idx_decks_name ON decks (name);
CREATE TABLE tags (tag text NOT NULL PRIMARY KEY COLLATE unicase, usn integer NOT NULL, collapsed boolean NOT NULL, config blob NULL) without rowid;`;

/** A message of protobuf from field number, and value as number, text or bytes. */
export function message(...fields: readonly (readonly [number, number | string | Uint8Array])[]): Uint8Array {
  const out: number[] = [];
  const varint = (value: number) => {
    let rest = value;
    for (; rest > 127; rest = Math.floor(rest / 128)) out.push((rest % 128) | 128);
    out.push(rest);
  };
  for (const [number, value] of fields) {
    varint(number * 8 + (typeof value === 'number' ? 0 : 2));
    if (typeof value === 'number') varint(value);
    else {
      const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value;
      varint(bytes.length);
      out.push(...bytes);
    }
  }
  return Uint8Array.from(out);
}

/** A Zstandard frame of raw blocks: no window, no checksum, no content size. RFC 8878. */
export function zstdRaw(bytes: Uint8Array): Uint8Array {
  const size = 128 * 1024;
  const parts: Uint8Array[] = [Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x58)];
  for (let at = 0; at === 0 || at < bytes.length; at += size) {
    const block = bytes.subarray(at, at + size);
    const header = (block.length << 3) | (at + size >= bytes.length ? 1 : 0);
    parts.push(Uint8Array.of(header & 255, (header >> 8) & 255, header >> 16), block);
  }
  return Buffer.concat(parts);
}

function fill(db: Database, table: string, row: readonly SqlValue[]): void {
  db.run(`INSERT INTO ${table} VALUES (${row.map(() => '?').join(',')})`, row);
}

export async function collection(form: Form): Promise<Uint8Array> {
  const db = await databases.open();
  for (const sql of Object.values(tables)) db.exec(sql);
  for (const [id, guid, mid, tags, flds] of notes) fill(db, 'notes', [id, guid, mid, 1_700_000_200, -1, tags, flds, flds.split('\x1f')[0] ?? '', 0, 0, '']);
  for (const [id, nid, did, ord, ...rest] of cards) fill(db, 'cards', [id, nid, did, ord, 1_700_000_300, -1, ...rest]);
  for (const [id, cid, ...rest] of revlog) fill(db, 'revlog', [id, cid, -1, ...rest]);
  const isLatest = form === 'latest';
  const models = Object.fromEntries(types.map(({ id, name, cloze, fields, templates }) => [id, { id, name, type: cloze ? 1 : 0, sortf: 0, css: '.card {}', flds: fields.map((field, ord) => ({ name: field, ord, media: [] })), tmpls: templates.map(([template, qfmt, afmt], ord) => ({ name: template, ord, qfmt, afmt })) }]));
  const asDecks = Object.fromEntries([...decks].map(([id, name]) => [id, { id, name, dyn: id === 200 ? 1 : 0 }]));
  fill(db, 'col', [1, created, 0, 0, isLatest ? 18 : 11, 0, 0, 0, '{}', isLatest ? '' : JSON.stringify(models), isLatest ? '' : JSON.stringify(asDecks), '{}', isLatest ? '' : '{}']);
  if (isLatest) {
    db.exec(schema18.replaceAll('unicase', 'nocase'));
    for (const { id, name, cloze, fields, templates } of types) {
      fill(db, 'notetypes', [id, name, 0, 0, message(...(cloze ? [[1, 1] as const] : []), [3, '.card {}'])]);
      fields.forEach((field, ord) => fill(db, 'fields', [id, ord, field, message([3, 'Arial'], [4, 20])]));
      templates.forEach(([template, q, a], ord) => fill(db, 'templates', [id, ord, template, 0, 0, message([1, q], [2, a])]));
    }
    for (const [id, name] of decks) fill(db, 'decks', [id, name.replaceAll('::', '\x1f'), 0, 0, message(), message([id === 200 ? 2 : 1, message()])]);
    db.exec("PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = replace(sql, 'nocase', 'unicase'); PRAGMA writable_schema = OFF");
  }
  const bytes = db.export();
  db.close();
  return bytes;
}

export async function packageOf(form: Form): Promise<Uint8Array> {
  const bytes = await collection(form);
  const list = Object.fromEntries(media.map(({ name }, i) => [i, name]));
  const numbered = (pack: (bytes: Uint8Array) => Uint8Array) => Object.fromEntries(media.map((file, i) => [String(i), pack(file.bytes)]));
  if (form === 'legacy1') return zipSync({ 'collection.anki2': bytes, media: new TextEncoder().encode(JSON.stringify(list)), ...numbered((b) => b) });
  const dummy = new TextEncoder().encode('not to be looked at');
  if (form === 'legacy2') return zipSync({ 'collection.anki2': dummy, 'collection.anki21': bytes, media: new TextEncoder().encode(JSON.stringify(list)), ...numbered((b) => b) });
  const entries = message(...media.map(({ name, bytes: content }) => [1, message([1, name], [2, content.length], [3, createHash('sha1').update(content).digest()])] as const));
  return zipSync({ meta: Uint8Array.of(8, 3), 'collection.anki2': dummy, 'collection.anki21b': zstdRaw(bytes), media: zstdRaw(entries), ...numbered(zstdRaw) }, { level: 0 });
}
