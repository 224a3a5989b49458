import type { Disposable } from '../base/disposable.ts';

export interface FileStat {
  readonly kind: 'file' | 'directory' | 'other';
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number;
}

/**
 * Reading and replacing of whole files. Paths are absolute.
 * Every method throws WheelhouseError `unreadable` or `unwritable` with what to do.
 */
export interface Files {
  /** undefined when there is nothing at that path (a dangling link included). */
  stat(path: string): Promise<FileStat | undefined>;
  /**
   * The text of a UTF-8 file, or undefined when there is no file.
   * @throws WheelhouseError `unreadable` for a directory, a binary file or one above `maxBytes`.
   */
  readText(path: string, options?: { maxBytes?: number }): Promise<string | undefined>;
  /** Replaces or creates a file: temporary file in the same folder, flush, rename. Makes parent folders. */
  writeText(path: string, text: string): Promise<void>;
  readBytes(path: string): Promise<Uint8Array | undefined>;
  writeBytes(path: string, bytes: Uint8Array): Promise<void>;
  /** Removes a file; not an error when there is none. */
  remove(path: string): Promise<void>;
  /** Names in a folder, sorted; empty when there is no folder. */
  list(path: string): Promise<readonly string[]>;
  /** The path with every link resolved, or undefined when it does not exist. */
  realPath(path: string): Promise<string | undefined>;
  /** Calls back (within about 100 ms, coalesced) after a file was changed, created or removed. */
  watchFile(path: string, listener: () => void): Disposable;
}
