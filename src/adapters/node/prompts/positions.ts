import { readFileSync, type Stats } from 'node:fs';
import { nodeFiles } from '../files.ts';

/** How far a file was read, and how it looked then. */
export interface Position {
  readonly offset: number;
  /** Of what lies before the offset. */
  readonly fingerprint: string;
  /** Size, time and number of the file: while they stay, there is nothing new. */
  readonly stamp: string;
}

/** The archive that has what was read. */
interface Mark {
  readonly size: number;
  readonly fingerprint: string;
}

const FORMAT = 1;

export function stampOf({ ino, size, mtimeMs }: Stats): string {
  return `${ino}:${size}:${mtimeMs}`;
}

/**
 * How far the sources were read. It says: all up to these places is in an archive that has at least
 * this content. That stays true whatever others add, so several processes may save theirs, and none is
 * needed: without one, all is read again and found to be known.
 */
export class Positions {
  readonly files = new Map<string, Position>();
  readonly #path: string;
  #saved = '';

  /** @param stillThere Whether the archive has this content. */
  constructor(path: string, stillThere: (mark: Mark) => boolean) {
    this.#path = path;
    try {
      const text = readFileSync(path, 'utf8');
      const stored = JSON.parse(text) as { format: number; archive: Mark; files: Record<string, Position> };
      if (stored.format !== FORMAT || !stillThere(stored.archive)) return;
      this.#saved = text;
      for (const [file, position] of Object.entries(stored.files)) this.files.set(file, position);
    } catch {
      this.files.clear();
    }
  }

  /** @throws WheelhouseError `unwritable`. */
  async save(archive: Mark): Promise<void> {
    const text = JSON.stringify({ format: FORMAT, archive, files: Object.fromEntries(this.files) });
    if (text === this.#saved) return;
    await nodeFiles.writeBytes(this.#path, Buffer.from(text), { isPrivate: true });
    this.#saved = text;
  }
}
