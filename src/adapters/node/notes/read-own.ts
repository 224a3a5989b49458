import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { textOf } from '../file-io.ts';

const MAX_BYTES = 32 * 1024 * 1024;

/** The text of a regular file; a symbolic link that took its place is not followed. */
export function readOwn(path: string): string {
  const file = openSync(path, constants.O_RDONLY | ((constants.O_NOFOLLOW as number | undefined) ?? 0) | ((constants.O_NONBLOCK as number | undefined) ?? 0));
  try {
    const found = fstatSync(file);
    if (!found.isFile()) throw new Error('it is not a regular file');
    if (found.size > MAX_BYTES) throw new Error(`it has ${found.size} bytes, and at most ${MAX_BYTES} are read`);
    return textOf(path, readFileSync(file));
  } finally {
    closeSync(file);
  }
}
