import { constants, linkSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { link, mkdir, open, readdir, readlink, realpath, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { WheelhouseError } from '../../core/base/errors.ts';
import type { FileStat, Files } from '../../core/ports/files.ts';
import { systemRandom } from './clock.ts';
import { errorCodeOf, unreadable, unwritable } from './file-errors.ts';
import { decodeText, encodeText } from './text-codec.ts';
import { watchFile } from './watch.ts';

const DEFAULT_MAX_BYTES = 64 * 1024 * 1024;
/** A NUL byte in so many first bytes says "not text", as it does for git. */
const BINARY_PROBE_BYTES = 8192;
/** A file that was written so recently may be in the middle of being written; all the more if it is empty. */
const QUIET_MS = 25;
const QUIET_EMPTY_MS = 1000;
/** So long after a replacement the old file is looked at once more: who had it open may still have written. */
const GRACE_MS = 15;
/** Opening a pipe would wait for a writer, perhaps forever. (Windows has neither.) */
const READ_WITHOUT_WAITING = constants.O_RDONLY | ((constants.O_NONBLOCK as number | undefined) ?? 0);
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

export const nodeFiles: Files = {
  stat: (path) => reading(path, async () => describe(await stat(path))),
  readText: (path, options) => reading(path, async () => textOf(path, await readFile(path, options?.maxBytes ?? DEFAULT_MAX_BYTES))),
  readBytes: (path) => reading(path, () => readFile(path, Infinity)),
  writeText: (path, text) =>
    writing(path, async (target) => {
      const mark = (await startsWithMark(target)) ? BYTE_ORDER_MARK : new Uint8Array();
      await writeBeside(target, Buffer.concat([mark, encodeText(text)]), (temporary) => rename(temporary, target));
    }),
  writeBytes: (path, bytes) =>
    writing(path, (target) => writeBeside(target, bytes, (temporary) => rename(temporary, target))),
  replaceText: (path, change) => writing(path, (target) => replaceText(target, change.expected, change.text)),
  remove: async (path) => {
    try {
      await rm(path, { force: true });
    } catch (error) {
      throw unwritable(path, error);
    }
  },
  list: async (path) => (await reading(path, () => readdir(path)))?.sort() ?? [],
  realPath: (path) => reading(path, () => realpath(path)),
  watchFile,
};

/** Runs a read; nothing at that path is `undefined`, and what goes wrong is `unreadable`. */
async function reading<T>(path: string, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    const code = errorCodeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw unreadable(path, error);
  }
}

/** Runs a write on the path that the links of `path` lead to; what goes wrong is `unwritable`. */
async function writing<T>(path: string, work: (target: string) => Promise<T>): Promise<T> {
  try {
    return await work(await targetOf(path));
  } catch (error) {
    throw unwritable(path, error);
  }
}

/** Where a write to this path ends up, whether or not that exists: links are written through. */
async function targetOf(path: string): Promise<string> {
  let target = path;
  for (let links = 0; links < 40; links++) {
    try {
      return await realpath(target);
    } catch (error) {
      if (errorCodeOf(error) !== 'ENOENT') throw error;
    }
    let next: string;
    try {
      next = await readlink(target);
    } catch {
      return target;
    }
    target = resolve(dirname(target), next);
  }
  throw Object.assign(new Error('too many links'), { code: 'ELOOP' });
}

function describe(found: { isFile(): boolean; isDirectory(): boolean; size: number; mtimeMs: number }): FileStat {
  return {
    kind: found.isFile() ? 'file' : found.isDirectory() ? 'directory' : 'other',
    size: found.size,
    modifiedAt: Math.trunc(found.mtimeMs),
  };
}

async function readFile(path: string, maxBytes: number): Promise<Buffer> {
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

function textOf(path: string, bytes: Buffer): string {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    throw new WheelhouseError('unreadable', `Cannot read ${path}: it is UTF-16 text. Save it as UTF-8.`);
  }
  if (bytes.subarray(0, BINARY_PROBE_BYTES).includes(0)) {
    throw new WheelhouseError('unreadable', `Cannot read ${path}: it is a binary file. Choose a text file.`);
  }
  return decodeText(hasMark(bytes) ? bytes.subarray(BYTE_ORDER_MARK.length) : bytes);
}

function hasMark(bytes: Buffer): boolean {
  return bytes.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK);
}

async function startsWithMark(path: string): Promise<boolean> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, READ_WITHOUT_WAITING);
    const bytes = Buffer.alloc(BYTE_ORDER_MARK.length);
    await file.read(bytes, 0, bytes.length, 0);
    return hasMark(bytes);
  } catch {
    return false;
  } finally {
    await file?.close();
  }
}

/** Writes a flushed temporary file beside the target, with the target's mode, and hands it to `use`. */
async function writeBeside<T>(target: string, bytes: Uint8Array, use: (temporary: string) => Promise<T> | T): Promise<T> {
  const old = await reading(target, () => stat(target));
  if (old !== undefined && !old.isFile()) throw Object.assign(new Error('not a file'), { code: 'EISDIR' });
  // A rename asks only the folder; a file that its owner made read-only is to stay as it is.
  if (old !== undefined) await (await open(target, 'r+')).close();
  else await mkdir(dirname(target), { recursive: true });
  const temporary = hiddenName(target, 'tmp');
  try {
    const file = await open(temporary, 'wx', old === undefined ? 0o666 : 0o600);
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

function hiddenName(target: string, kind: string): string {
  return join(dirname(target), `.${basename(target)}.${systemRandom.base32(8)}.${kind}`);
}

async function replaceText(target: string, expected: string | undefined, text: string): Promise<'written' | 'changed'> {
  const before = await readWhenQuiet(target);
  if (expected === undefined) {
    if (before !== undefined) return 'changed';
    return writeBeside(target, encodeText(text), (temporary) => createFrom(temporary, target));
  }
  if (before === undefined || textOf(target, before) !== expected) return 'changed';
  const after = Buffer.concat([hasMark(before) ? BYTE_ORDER_MARK : new Uint8Array(), encodeText(text)]);
  return writeBeside(target, after, async (temporary) => {
    const stamp = stampOf(target, statSync(temporary));
    const old = swap(temporary, target, before);
    if (old === 'not done') return 'changed';
    if (old === 'done' || (await staysAs(old.kept, before))) {
      lastWritten = stamp;
      return 'written';
    }
    // Somebody wrote into the old file at the very moment of the swap: it goes back in its place, so
    // that they find what they wrote and may go on writing. Should a third have written in the
    // meantime too, then one of the two stays beside it under a name that can be seen.
    const ours = swap(old.kept, target, after);
    if (ours === 'not done') await rename(old.kept, `${target}.conflict-${systemRandom.base32(8)}`);
    else if (ours !== 'done' && !readFileSync(ours.kept).equals(after)) await rename(ours.kept, `${target}.conflict-${systemRandom.base32(8)}`);
    else if (ours !== 'done') rmSync(ours.kept);
    return 'changed';
  });
}

/** Whether a file that has lost its place keeps its content for a moment; then it is removed. */
async function staysAs(kept: string, content: Buffer): Promise<boolean> {
  if (!readFileSync(kept).equals(content)) return false;
  await sleep(GRACE_MS);
  if (!readFileSync(kept).equals(content)) return false;
  rmSync(kept, { force: true });
  return true;
}

/** The state in which this process last left a file. */
let lastWritten: string | undefined;

function stampOf(target: string, found = statSync(target, { throwIfNoEntry: false })): string | undefined {
  return found && `${target} ${found.ino} ${found.mtimeMs} ${found.size}`;
}

/**
 * The content of a file that nobody has written for a moment. A program that writes in place
 * truncates first: who reads between its two steps finds an empty file, takes that for the content,
 * and would replace the file under the program's hands. What this process wrote itself is not
 * waited for.
 */
async function readWhenQuiet(target: string): Promise<Buffer | undefined> {
  for (let looks = 0; ; looks++) {
    const found = statSync(target, { throwIfNoEntry: false });
    const bytes = await reading(target, () => readFile(target, Infinity));
    if (found === undefined || bytes === undefined || looks * QUIET_MS >= QUIET_EMPTY_MS) return bytes;
    const stamp = stampOf(target, found);
    // Of a time in the future (another machine's clock) the distance counts too.
    const age = Math.abs(Date.now() - found.mtimeMs);
    const quiet = stamp === lastWritten || age >= (found.size === 0 ? QUIET_EMPTY_MS : QUIET_MS);
    if (quiet && stampOf(target) === stamp) return bytes;
    await sleep(QUIET_MS);
  }
}

/** A link fails when the name is taken, so it cannot overwrite what somebody created meanwhile. */
async function createFrom(temporary: string, target: string): Promise<'written' | 'changed'> {
  try {
    await link(temporary, target);
  } catch (error) {
    if (errorCodeOf(error) === 'EEXIST') return 'changed';
    if (!noLinks(error)) throw error;
    await rename(temporary, target);
  }
  return 'written';
}

/**
 * Renames `source` over `target`, which is believed to hold `expected`. A second name keeps hold of
 * the file that was there, so that it can be compared once more when nobody can open it any more.
 * All calls are synchronous, to keep the moments between them short.
 *
 * @returns `not done` when the target held something else; else the second name, which the caller
 *   removes; `done` when the file system has no hard links.
 */
function swap(source: string, target: string, expected: Buffer): 'done' | 'not done' | { kept: string } {
  const kept = hiddenName(target, 'old');
  try {
    linkSync(target, kept);
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') return 'not done';
    if (!noLinks(error)) throw error;
    // The comparison before the rename is all there is.
    if (!readFileSync(target).equals(expected)) return 'not done';
    renameSync(source, target);
    return 'done';
  }
  try {
    const same = readFileSync(kept).equals(expected) && statSync(target, { throwIfNoEntry: false })?.ino === statSync(kept).ino;
    if (same) {
      renameSync(source, target);
      return { kept };
    }
  } catch (error) {
    rmSync(kept, { force: true });
    throw error;
  }
  rmSync(kept, { force: true });
  return 'not done';
}

function noLinks(error: unknown): boolean {
  return ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EACCES'].includes(errorCodeOf(error) ?? '');
}
