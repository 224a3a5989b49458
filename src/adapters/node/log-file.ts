import type { Files } from '../../core/ports/files.ts';
import type { Locks } from '../../core/ports/locks.ts';
import type { LogDocument } from '../../core/review/index.ts';

/** A log of 100 MB is still read; above this something else is wrong. */
const maxBytes = 256 * 1024 * 1024;

/** The review log on disk. */
export function logFile(files: Files, path: string, locks: Locks): LogDocument {
  return {
    path,
    read: async () => (await files.readText(path, { maxBytes })) ?? '',
    async replace(before, after) {
      const written = await files.replaceText(path, { expected: before, text: after });
      if (written === 'written' || before !== '') return written;
      // An empty text can also stand for a file that is not there yet.
      return files.replaceText(path, { expected: undefined, text: after });
    },
    exclusive: (work) => locks.withLock(path, work),
  };
}
