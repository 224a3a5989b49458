/** What reading and writing of whole files share. */
import { constants } from 'node:fs';
import { mkdir, open, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { WheelhouseError } from '../../core/base/errors.ts';
import { systemRandom } from './clock.ts';
import { errorCodeOf, unreadable } from './file-errors.ts';
import { decodeText } from './text-codec.ts';

/** A NUL byte in so many first bytes says "not text", as it does for git. */
const BINARY_PROBE_BYTES = 8192;
/** Opening a pipe would wait for a writer, perhaps forever. (Windows has neither.) */
export const READ_WITHOUT_WAITING = constants.O_RDONLY | ((constants.O_NONBLOCK as number | undefined) ?? 0);
export const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** Runs a read; nothing at that path is `undefined`, and what goes wrong is `unreadable`. */
export async function reading<T>(path: string, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    const code = errorCodeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw unreadable(path, error);
  }
}

export async function readFile(path: string, maxBytes: number): Promise<Buffer> {
  const file = await open(path, READ_WITHOUT_WAITING);
  try {
    const found = await file.stat();
    if (found.isDirectory()) throw Object.assign(new Error('folder'), { code: 'EISDIR' });
    if (!found.isFile()) throw new WheelhouseError('unreadable', `Cannot read ${path}: it is not a regular file.`);
    if (found.size > maxBytes) throw tooLarge(path, found.size, maxBytes);
    return await file.readFile();
  } finally {
    await file.close();
  }
}

function tooLarge(path: string, size: number, limit: number): WheelhouseError {
  return new WheelhouseError('unreadable', `Cannot read ${path}: it has ${size} bytes, and at most ${limit} are read. Make it smaller, or choose another file.`);
}

/** The text of these bytes, without the byte-order mark. @throws WheelhouseError `unreadable` when they are no text. */
export function textOf(path: string, bytes: Buffer): string {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    throw new WheelhouseError('unreadable', `Cannot read ${path}: it is UTF-16 text. Save it as UTF-8.`);
  }
  if (bytes.subarray(0, BINARY_PROBE_BYTES).includes(0)) {
    throw new WheelhouseError('unreadable', `Cannot read ${path}: it is a binary file. Choose a text file.`);
  }
  return decodeText(hasMark(bytes) ? bytes.subarray(BYTE_ORDER_MARK.length) : bytes);
}

export function hasMark(bytes: Buffer): boolean {
  return bytes.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK);
}

/** Writes a flushed temporary file beside the target, with the target's mode, and hands it to `use`. */
export async function writeBeside<T>(target: string, bytes: Uint8Array, use: (temporary: string) => Promise<T> | T, mode = 0o666): Promise<T> {
  const old = await reading(target, () => stat(target));
  if (old !== undefined && !old.isFile()) throw Object.assign(new Error('not a file'), { code: 'EISDIR' });
  // A rename asks only the folder; a file that its owner made read-only is to stay as it is.
  if (old !== undefined) await (await open(target, 'r+')).close();
  else await mkdir(dirname(target), { recursive: true });
  const temporary = hiddenName(target, 'tmp');
  try {
    const file = await open(temporary, 'wx', old === undefined ? mode : 0o600);
    try {
      await file.writeFile(bytes);
      if (old !== undefined) {
        await file.chmod(old.mode & 0o7777);
        if (old.uid !== process.getuid?.() || old.gid !== process.getgid?.()) await file.chown(old.uid, old.gid).catch(() => undefined);
      }
      await file.sync();
    } finally {
      await file.close();
    }
    return await use(temporary);
  } finally {
    await rm(temporary, { force: true });
  }
}

/** A name beside the target that no list of files shows at first sight. */
export function hiddenName(target: string, kind: string): string {
  return join(dirname(target), `.${basename(target)}.${systemRandom.base32(8)}.${kind}`);
}
