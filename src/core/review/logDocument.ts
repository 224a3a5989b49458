import { WheelhouseError } from '../base/errors.ts';
import { scanLog, type Log } from './log/index.ts';

/** The review log as a document: a file on disk, or the same file open and unsaved in an editor. */
export interface LogDocument {
  /** Absolute. */
  readonly path: string;
  /** The whole text; empty when there is no log yet. */
  read(): Promise<string>;
  /**
   * Replaces the text if it is still `before`.
   * @returns `changed`, and nothing written, when somebody else wrote meanwhile.
   */
  replace(before: string, after: string): Promise<'written' | 'changed'>;
  /** Keeps other Wheelhouse processes from writing while `work` runs. Editors and agents do not know of it. */
  exclusive<T>(work: () => Promise<T>): Promise<T>;
}

const attempts = 8;

/**
 * Reads, changes and writes the log. `change` sees the log as it is now and may be called again when
 * somebody wrote in between: it is the operation that is repeated, never the text.
 */
export function updateLog<T>(document: LogDocument, change: (log: Log) => { readonly after: string; readonly value: T }): Promise<T> {
  return document.exclusive(async () => {
    for (let attempt = 0; attempt < attempts; attempt++) {
      const before = await document.read();
      const { after, value } = change(scanLog(before));
      if (after === before) return value;
      if ((await document.replace(before, after)) === 'written') return value;
    }
    throw new WheelhouseError('conflict', `${document.path} is being written by another program all the time; nothing was changed. Try again in a moment.`);
  });
}
