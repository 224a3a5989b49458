import { closeSync, fstatSync, openSync, statSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { WheelhouseError } from '../../../core/base/errors.ts';
import { sightingOf } from '../../../core/prompts/index.ts';
import type { AbortSignalLike } from '../../../core/ports/processes.ts';
import type { Archive } from './archive.ts';
import { eachLine, fingerprint, parseLine, readBlocks } from './line-blocks.ts';
import { stampOf, type Positions } from './positions.ts';
import type { SourceFile } from './source.ts';

export interface SyncOptions {
  readonly signal?: AbortSignalLike | undefined;
  /** Told after each piece of about a megabyte: bytes read, of so many to be read. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

export interface Synced {
  /** Prompts that were not known before. */
  readonly added: number;
  /** Files that could not be read, and why. */
  readonly problems: readonly string[];
}

/** The files that changed since they were read. Takes some microseconds for each. */
export function withNews(files: readonly SourceFile[], positions: Positions): readonly SourceFile[] {
  return files.filter(({ path }) => {
    const found = statSync(path, { throwIfNoEntry: false });
    return found?.isFile() === true && positions.files.get(path)?.stamp !== stampOf(found);
  });
}

/**
 * Brings what the files tell into the archive.
 *
 * @param archive Up to date.
 * @throws WheelhouseError `unwritable`, `cancelled`. What was taken in until then stays.
 */
export async function syncFiles(archive: Archive, positions: Positions, files: readonly SourceFile[], { signal, onProgress }: SyncOptions): Promise<Synced> {
  const started = archive.index.table.count;
  const problems: string[] = [];
  const sizes = files.map(({ path }) => statSync(path, { throwIfNoEntry: false })?.size ?? 0);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  let done = 0;
  for (const [n, file] of files.entries()) {
    const offset = positions.files.get(file.path)?.offset ?? 0;
    let file_: number;
    try {
      file_ = openSync(file.path, 'r');
    } catch (error) {
      problems.push(`${file.path}: ${error instanceof Error ? error.message : String(error)}`);
      continue;
    }
    try {
      await syncFile(archive, positions, file, file_, (end) => {
        onProgress?.(Math.min(total, done + Math.max(0, end - offset)), total);
        if (signal?.aborted === true) throw new WheelhouseError('cancelled', 'The sync was cancelled. What was read is kept; the next sync goes on from there.');
      });
    } finally {
      closeSync(file_);
    }
    done += sizes[n] ?? 0;
  }
  return { added: archive.index.table.count - started, problems };
}

async function syncFile(archive: Archive, positions: Positions, source: SourceFile, file: number, onBlock: (end: number) => void): Promise<void> {
  const found = fstatSync(file);
  const position = positions.files.get(source.path);
  const goesOn = position !== undefined && fingerprint(file, found.size, position.offset) === position.fingerprint;
  let offset = goesOn ? position.offset : 0;
  const reached = (end: number, stamp: string) => {
    offset = end;
    positions.files.set(source.path, { offset, fingerprint: fingerprint(file, found.size, offset) ?? '', stamp });
  };
  const reader = source.reader(found.mtimeMs);
  for (const block of readBlocks(file, offset, found.size)) {
    const batch = archive.batch();
    if ('bytes' in block) {
      const { bytes } = block;
      eachLine(bytes, (start, end) => {
        if (reader.mayBePrompt?.(bytes, start, end) === false) return;
        const read = reader.read(parseLine(bytes, start, end));
        if (read !== undefined) batch.take(sightingOf(read.told), source.origin, read.asItIs ? bytes.subarray(start, end + 1) : undefined);
      });
    } else {
      const told = reader.readLong?.(block.head, block.tail);
      if (told !== undefined) batch.take(sightingOf(told), source.origin);
    }
    await archive.append(batch);
    reached(block.end, '');
    onBlock(block.end);
    await setImmediate();
  }
  // The stamp last: who was interrupted reads on.
  reached(offset, stampOf(found));
}
