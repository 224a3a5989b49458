/**
 * Reading of ZIP files that nobody vouches for: nothing is unpacked to disk, names are only compared,
 * and each entry is inflated into a bounded buffer. https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
import { inflateRawSync } from 'node:zlib';
import { WheelhouseError } from '../../../../core/base/errors.ts';

/** A database can be squeezed a good deal; a bomb is above a thousand. */
const MAX_RATIO = 300;
/** Below this, any ratio is harmless. */
const RATIO_FREE_BYTES = 4 * 1024 * 1024;
const MAX_ENTRIES = 200_000;

/** What may still be unpacked, in bytes; shared by all that one import unpacks. */
export interface Budget {
  left: number;
}

export interface ZipEntry {
  readonly name: string;
  /** Compressed bytes. */
  readonly size: number;
  readonly method: number;
  readonly offset: number;
}

export function damaged(what: string, cause?: unknown): WheelhouseError {
  return new WheelhouseError('invalid-input', `The package is damaged: ${what}. Export it again and import that file.`, { cause });
}

export function tooLarge(what: string): WheelhouseError {
  return new WheelhouseError('invalid-input', `The package was not imported: ${what} unpacks to more than is accepted. If you trust the file, split it into several decks.`);
}

/** How many bytes may come out of `size` compressed ones. */
export function allowance(size: number, budget: Budget, most: number): number {
  return Math.min(budget.left, most, Math.max(RATIO_FREE_BYTES, size * MAX_RATIO));
}

/** The entries of the central directory by name; of equal names, the last. @throws WheelhouseError `invalid-input`. */
export function zipEntries(bytes: Uint8Array): Map<string, ZipEntry> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endRecord(view);
  if (end === undefined) throw damaged('it is no ZIP file, or its end is missing');
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  if (count === 0xffff || at === 0xffffffff || count > MAX_ENTRIES) throw damaged('it has too many files');
  const entries = new Map<string, ZipEntry>();
  const decoder = new TextDecoder();
  for (let i = 0; i < count; i++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50) throw damaged('its list of files is broken');
    const nameLength = view.getUint16(at + 28, true);
    const name = decoder.decode(bytes.subarray(at + 46, at + 46 + nameLength));
    const isEncrypted = (view.getUint16(at + 8, true) & 1) === 1;
    entries.set(name, { name, size: view.getUint32(at + 20, true), method: isEncrypted ? -1 : view.getUint16(at + 10, true), offset: view.getUint32(at + 42, true) });
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

function endRecord(view: DataView): number | undefined {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 22 - 0xffff); at--) {
    if (view.getUint32(at, true) === 0x06054b50) return at;
  }
  return undefined;
}

/** @param most Bytes that this entry may have. @throws WheelhouseError `invalid-input`. */
export function unzip(bytes: Uint8Array, entry: ZipEntry, budget: Budget, most: number): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shown = JSON.stringify(entry.name.slice(0, 60));
  const { offset } = entry;
  if (offset + 30 > bytes.length || view.getUint32(offset, true) !== 0x04034b50) throw damaged(`${shown} is not where the list of files says`);
  const start = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  if (start + entry.size > bytes.length) throw damaged(`${shown} is cut off`);
  const packed = bytes.subarray(start, start + entry.size);
  const limit = allowance(entry.size, budget, most);
  const unpacked = entry.method === 0 ? packed : inflate(packed, limit, entry.method, shown);
  if (unpacked.length > limit) throw tooLarge(shown);
  budget.left -= unpacked.length;
  return unpacked;
}

function inflate(packed: Uint8Array, limit: number, method: number, shown: string): Uint8Array {
  if (method !== 8) throw damaged(`${shown} is encrypted or packed in an unknown way`);
  try {
    return inflateRawSync(packed, { maxOutputLength: limit });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(shown);
    throw damaged(`${shown} cannot be unpacked`, error);
  }
}
