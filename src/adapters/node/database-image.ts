import { createHash } from 'node:crypto';
import type { DatabaseImage } from '../../core/ports/database.ts';
import type { Files } from '../../core/ports/files.ts';

/** SHA-256 of the database, behind its last page, where SQLite does not look. */
const CHECKSUM_BYTES = 32;

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
        return checksumOf(bytes).equals(stored.subarray(-CHECKSUM_BYTES)) ? bytes : undefined;
      } catch {
        return undefined;
      }
    },
    save: async (bytes) => files.writeBytes(path, Buffer.concat([bytes, checksumOf(bytes)]), { isPrivate: true }),
  };
}

function checksumOf(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}
