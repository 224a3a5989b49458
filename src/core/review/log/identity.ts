import type { LogEntry } from './types.ts';

/**
 * The id of an entry that has none of its own: a hash of what it says and where it points, so that
 * neither its place in the log nor its state matters. The first change writes it down as the `:ID:`,
 * and the identity goes on.
 *
 * Entries with the same content take the first free of `id`, `id-2`, `id-3`, …; an id that stands in
 * the file is never free, so writing one of them down leaves those of its twins as they were.
 */
export class Identities {
  readonly #taken: Set<string>;
  /** The last ordinal given for a hash, so that many twins do not each count from one. */
  readonly #ordinals = new Map<string, number>();

  /** @param written The ids that stand in the file. */
  constructor(written: Iterable<string>) {
    this.#taken = new Set(written);
  }

  derive({ path, targetLine = 0, endLine = 0, created, text }: Pick<LogEntry, 'path' | 'targetLine' | 'endLine' | 'created' | 'text'>): string {
    const { year = 0, month = 0, day = 0, hour = -1, minute = -1 } = created ?? {};
    const base = `wh-${hash([path, targetLine, endLine, year, month, day, hour, minute, text].join('\0'))}`;
    let ordinal = this.#ordinals.get(base) ?? 0;
    let id: string;
    do {
      ordinal++;
      id = ordinal === 1 ? base : `${base}-${ordinal}`;
    } while (this.#taken.has(id));
    this.#ordinals.set(base, ordinal);
    this.#taken.add(id);
    return id;
  }
}

/**
 * 64 bits as 16 hexadecimal digits: two lanes of 32-bit FNV-1a over the UTF-16 code units, the second
 * with another start and multiplier. Fast and stable, and not meant to withstand an attacker: who can
 * write the log can write any id.
 */
function hash(text: string): string {
  let a = 0x811c9dc5;
  let b = 0x9e3779b9;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b ^ unit, 0x85ebca6b);
    b ^= b >>> 15;
  }
  return hex(a) + hex(b);
}

function hex(value: number): string {
  return (value >>> 0).toString(16).padStart(8, '0');
}
