import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { DatabaseImage } from '../../core/ports/database.ts';
import type { Files } from '../../core/ports/files.ts';

/** SHA-256 of the database, behind its last page, where SQLite does not look. */
const CHECKSUM_BYTES = 32;
/** So much is hashed, in some milliseconds, before others go first. */
const SLICE_BYTES = 4 * 1024 * 1024;

/**
 * An image in a file: the SQLite database and a checksum, because SQLite notices damage only in
 * the pages that a query happens to touch, and then in the middle of somebody's work.
 */
export function imageFile(files: Files, path: string): DatabaseImage {
  return {
    load: async () => {
      try {
        const stored = await files.readBytes(path);
        if (stored === undefined || stored.length <= CHECKSUM_BYTES) return undefined;
        const bytes = stored.subarray(0, -CHECKSUM_BYTES);
        return (await checksumOf(bytes)).equals(stored.subarray(-CHECKSUM_BYTES)) ? bytes : undefined;
      } catch {
        return undefined;
      }
    },
    save: async (bytes) => files.writeBytes(path, Buffer.concat([bytes, await checksumOf(bytes)]), { isPrivate: true }),
  };
}

async function checksumOf(bytes: Uint8Array): Promise<Buffer> {
  const hash = createHash('sha256');
  for (let at = 0; at < bytes.length; at += SLICE_BYTES) {
    if (at > 0) await setImmediate();
    hash.update(bytes.subarray(at, at + SLICE_BYTES));
  }
  return hash.digest();
}
