/** The media of a package: a list of names, and files named by number. */
import { createHash } from 'node:crypto';
import type { ImportProblem, MediaFile } from '../../../../core/cards/index.ts';
import { isWheelhouseError } from '../../../../core/base/errors.ts';
import { fieldsOf, textField, numberField } from './protobuf.ts';
import { damaged, unzip, type Budget, type ZipEntry } from './zip.ts';
import { isZstd, unzstd } from './zstd.ts';

const MAX_MEDIA = 256 * 1024 * 1024;
const MAX_LIST = 64 * 1024 * 1024;

interface Listed {
  readonly name: string;
  /** What the file is called in the package: digits. */
  readonly entry: string;
  readonly sha1?: Uint8Array;
}

/** @throws WheelhouseError `invalid-input` when it unpacks to too much, or the list is broken. */
export async function mediaOf(bytes: Uint8Array, entries: ReadonlyMap<string, ZipEntry>, budget: Budget): Promise<{ media: MediaFile[]; problems: ImportProblem[] }> {
  const media: MediaFile[] = [];
  const problems: ImportProblem[] = [];
  const list = entries.get('media');
  if (list === undefined) return { media, problems };
  let packed = unzip(bytes, list, budget, MAX_LIST);
  if (isZstd(packed)) packed = await unzstd(packed, budget, MAX_LIST, 'the list of media');
  const names = new Set<string>();
  for (const { name, entry, sha1 } of listedMedia(packed)) {
    const safe = safeName(name);
    const file = entries.get(entry);
    const at = `media ${entry}`;
    if (file === undefined) problems.push({ at, message: `The file for ${JSON.stringify(safe)} is not in the package.` });
    else if (safe === '' || names.has(safe)) problems.push({ at, message: safe === '' ? 'It has no name and was left out.' : `There is another ${JSON.stringify(safe)}; this one was left out.` });
    else {
      const raw = unzip(bytes, file, budget, MAX_MEDIA);
      // Only the newest form packs its files.
      const content = sha1 !== undefined && isZstd(raw) ? await unzstd(raw, budget, MAX_MEDIA, JSON.stringify(safe)) : raw;
      names.add(safe);
      if (safe !== name) problems.push({ at, message: `Its name ${JSON.stringify(name.slice(0, 100))} was changed to ${JSON.stringify(safe)}.` });
      if (sha1?.length === 20 && !createHash('sha1').update(content).digest().equals(sha1)) problems.push({ at, message: `${JSON.stringify(safe)} is not what it was when it was packed.` });
      media.push({ name: safe, bytes: content });
    }
  }
  return { media, problems };
}

function listedMedia(list: Uint8Array): Listed[] {
  const text = new TextDecoder().decode(list.subarray(0, 1)).trim();
  try {
    if (text === '{' || list.length === 0) {
      const names: unknown = list.length === 0 ? {} : JSON.parse(new TextDecoder().decode(list));
      return Object.entries(names as object).flatMap(([entry, name]) => (/^\d{1,9}$/.test(entry) && typeof name === 'string' ? [{ name, entry }] : []));
    }
    const listed: Listed[] = [];
    for (const [number, value] of fieldsOf(list)) {
      if (number !== 1 || typeof value === 'number') continue;
      // MediaEntry: name 1, size 2, sha1 3, legacy_zip_filename 255.
      const parts = new Map(fieldsOf(value));
      const sha1 = parts.get(3);
      listed.push({ name: textField(value, 1), entry: String(parts.has(255) ? numberField(value, 255) : listed.length), sha1: sha1 instanceof Uint8Array ? sha1 : new Uint8Array() });
    }
    return listed;
  } catch (error) {
    if (isWheelhouseError(error)) throw error;
    throw damaged('its list of media cannot be read', error);
  }
}

/** A name without anything that a path could be made of; cards refer to it by this. */
export function safeName(name: string): string {
  const plain = name.normalize('NFC').replace(/[/\\:*?"<>|\p{Cc}]/gu, '_').trim().replace(/^\.+/, '_');
  // Windows takes no dot at the end, and has devices under these names.
  const short = Array.from(plain).slice(0, 120).join('').replace(/[. ]{1,120}$/, '');
  return /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(short) ? `_${short}` : short;
}
