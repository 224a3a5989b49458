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
 *
 * Text is lossless: a byte that is not valid UTF-8 is read as the lone surrogate U+DC80 + (byte -
 * 0x80) and written back as that byte, so a file with stray bytes survives read, change and write
 * byte for byte where it was not changed (the method of Python's PEP 383). A byte-order mark is kept
 * on the file and is not part of the text. Line ends are left as they are.
 */
export interface Files {
  /** undefined when there is nothing at that path (a dangling link included). */
  stat(path: string): Promise<FileStat | undefined>;
  /**
   * The text of a file, or undefined when there is no file.
   * @throws WheelhouseError `unreadable` for a directory, UTF-16, a binary file (NUL in its first
   *   8 KB) or one above `maxBytes` (default 64 MiB).
   */
  readText(path: string, options?: { maxBytes?: number }): Promise<string | undefined>;
  /**
   * Replaces or creates a file: temporary file in the same folder, flush, rename. Makes parent
   * folders; keeps the file's mode; writes through a symbolic link. What somebody else wrote
   * meanwhile is overwritten: for a file that others write too, use `replaceText`.
   */
  writeText(path: string, text: string): Promise<void>;
  /**
   * As `writeText`, but only when the file still holds `expected` (undefined: does not exist).
   * Others may write at any moment without asking: at `changed` the file holds theirs, nothing of
   * theirs is lost, and the caller reads again and applies its change again.
   */
  replaceText(path: string, change: { expected: string | undefined; text: string }): Promise<'written' | 'changed'>;
  readBytes(path: string): Promise<Uint8Array | undefined>;
  /** As `writeText`. `isPrivate`: a new file can be read by its owner only. */
  writeBytes(path: string, bytes: Uint8Array, options?: { isPrivate?: boolean }): Promise<void>;
  /** Removes a file; not an error when there is none. */
  remove(path: string): Promise<void>;
  /** Names in a folder, sorted; empty when there is no folder. */
  list(path: string): Promise<readonly string[]>;
  /** The path with every link resolved, or undefined when it does not exist. */
  realPath(path: string): Promise<string | undefined>;
  /** Calls back (within about 100 ms, coalesced) after a file was changed, created or removed. */
  watchFile(path: string, listener: () => void): Disposable;
}
