import { open, readdir, readlink, realpath, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { FileStat, Files } from '../../core/ports/files.ts';
import { errorCodeOf, unwritable } from './file-errors.ts';
import { BYTE_ORDER_MARK, hasMark, readFile, reading, READ_WITHOUT_WAITING, textOf, writeBeside } from './file-io.ts';
import { replaceText } from './replace-text.ts';
import { encodeText } from './text-codec.ts';
import { watchFile } from './watch.ts';

const DEFAULT_MAX_BYTES = 64 * 1024 * 1024;

export const nodeFiles: Files = {
  stat: (path) => reading(path, async () => describe(await stat(path))),
  readText: (path, options) => reading(path, async () => textOf(path, await readFile(path, options?.maxBytes ?? DEFAULT_MAX_BYTES))),
  readBytes: (path) => reading(path, () => readFile(path, Infinity)),
  writeText: (path, text) =>
    writing(path, async (target) => {
      const mark = (await startsWithMark(target)) ? BYTE_ORDER_MARK : new Uint8Array();
      await writeBeside(target, Buffer.concat([mark, encodeText(text)]), (temporary) => rename(temporary, target));
    }),
  writeBytes: (path, bytes, options) =>
    writing(path, (target) => writeBeside(target, bytes, (temporary) => rename(temporary, target), options?.isPrivate === true ? 0o600 : 0o666)),
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
