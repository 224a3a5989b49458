/** Cards from and to files: Anki's packages, and the text formats, through one door. */
import { zipSync, type Zippable } from 'fflate';
import { WheelhouseError } from '../../../core/base/errors.ts';
import { ankiNotesOf, detectFormat, exportText, importText, type AnkiNoteType, type CardFormat, type ExchangeCard, type ImportResult, type MediaFile } from '../../../core/cards/index.ts';
import type { DatabaseFactory } from '../../../core/ports/database.ts';
import { readCollection } from './anki/collection.ts';
import { mediaOf, safeName } from './anki/media.ts';
import { numberField } from './anki/protobuf.ts';
import { writeCollection } from './anki/schema11.ts';
import { damaged, unzip, zipEntries, type Budget } from './anki/zip.ts';
import { isZstd, unzstd } from './anki/zstd.ts';

/** What one package may unpack to in all, and its collection alone. */
const MAX_TOTAL = 1024 * 1024 * 1024;
const MAX_COLLECTION = 512 * 1024 * 1024;
const MAX_TEXT_FILE = 256 * 1024 * 1024;

export interface ReadOptions {
  /** Instead of what `detectFormat` says. */
  readonly format?: CardFormat;
  /** Bytes that a package may unpack to; default 1 GiB. */
  readonly maxBytes?: number;
}

/**
 * The cards of a file, with schedules, answers and media where it has them.
 *
 * @param name The file's name, for its ending; empty for standard input.
 * @throws WheelhouseError `invalid-input` when nothing of it can be read, with what to do.
 */
export async function readCardFile(bytes: Uint8Array, name: string, databases: DatabaseFactory, options: ReadOptions = {}): Promise<ImportResult> {
  const format = options.format ?? detectFormat(name, bytes);
  if (format === 'anki') return importAnki(bytes, databases, options);
  if (bytes.length > MAX_TEXT_FILE) throw new WheelhouseError('invalid-input', `The file has more than ${MAX_TEXT_FILE / 1024 / 1024} MB. Split it and import the parts.`);
  return importText(textOf(bytes), format);
}

/** UTF-8, or UTF-16 with a byte-order mark, as spreadsheets write it. */
function textOf(bytes: Uint8Array): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}

/**
 * An `.apkg` or `.colpkg` of any age: `collection.anki2`, `collection.anki21`, and the packed
 * `collection.anki21b` with its tables of note types.
 * @throws WheelhouseError `invalid-input`.
 */
export async function importAnki(bytes: Uint8Array, databases: DatabaseFactory, options: ReadOptions = {}): Promise<ImportResult> {
  const budget: Budget = { left: options.maxBytes ?? MAX_TOTAL };
  const entries = zipEntries(bytes);
  const meta = entries.get('meta');
  const version = meta === undefined ? 0 : versionOf(unzip(bytes, meta, budget, 1024));
  if (version > 3) throw new WheelhouseError('invalid-input', `The package has form ${version}, which is newer than what is known here. Export it from Anki with "Support older Anki versions".`);
  const collection = entries.get('collection.anki21b') ?? entries.get('collection.anki21') ?? entries.get('collection.anki2');
  if (collection === undefined) throw damaged('there is no collection in it');
  let image = unzip(bytes, collection, budget, MAX_COLLECTION);
  if (isZstd(image)) image = await unzstd(image, budget, MAX_COLLECTION, 'the collection');
  const { cards, noteTypes, problems } = await readCollection(databases, image);
  const media = await mediaOf(bytes, entries, budget);
  return { format: 'anki', cards, noteTypes, media: media.media, problems: [...problems, ...media.problems], cut: 0 };
}

function versionOf(meta: Uint8Array): number {
  try {
    return numberField(meta, 1);
  } catch (error) {
    throw damaged('its description cannot be read', error);
  }
}

export interface WriteOptions {
  /** Milliseconds. */
  readonly now: number;
  /** Minutes east of UTC, for the hour at which Anki's days begin (4 in the morning). */
  readonly offsetMinutes: number;
  readonly media?: readonly MediaFile[];
  /** Of imports, so that cards from Anki look there as they did. */
  readonly noteTypes?: readonly AnkiNoteType[];
}

/** @returns the bytes of a file. Anki gets a package (`.apkg`) that every version of it reads. */
export async function writeCardFile(cards: readonly ExchangeCard[], format: CardFormat, databases: DatabaseFactory, options: WriteOptions): Promise<Uint8Array> {
  return format === 'anki' ? exportAnki(cards, databases, options) : new TextEncoder().encode(exportText(cards, format));
}

export async function exportAnki(cards: readonly ExchangeCard[], databases: DatabaseFactory, { now, offsetMinutes, media = [], noteTypes = [] }: WriteOptions): Promise<Uint8Array> {
  const earliest = cards.reduce((least, { createdAt = now, schedule }) => Math.min(least, createdAt, schedule?.due ?? now), now);
  const out = ankiNotesOf(cards, noteTypes, now, dayStart(earliest, offsetMinutes));
  const collection = await writeCollection(databases, out, now);
  const names = new Map<string, Uint8Array>();
  for (const { name, bytes } of media) if (safeName(name) !== '') names.set(safeName(name), bytes);
  const files: Zippable = {
    'collection.anki21': [collection, { level: 6 }],
    // Anki 2.0 opens this one.
    'collection.anki2': [await writeCollection(databases, notice(now), now), { level: 6 }],
    media: new TextEncoder().encode(JSON.stringify(Object.fromEntries([...names.keys()].map((name, i) => [i, name])))),
  };
  [...names.values()].forEach((bytes, i) => (files[String(i)] = [bytes, { level: 0 }]));
  return zipSync(files, { mtime: new Date(now) });
}

/** Seconds at which the user's day began, 4 in the morning as Anki has it. */
function dayStart(at: number, offsetMinutes: number): number {
  const shift = offsetMinutes * 60 - 4 * 3600;
  return Math.floor((at / 1000 + shift) / 86_400) * 86_400 - shift;
}

function notice(now: number) {
  return ankiNotesOf([{ question: 'Please update Anki, then import this file again.', answer: 'Its cards need Anki 2.1 or later.' }], [], now, Math.floor(now / 1000));
}
