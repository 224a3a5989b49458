import { expandPasted, NO_SESSION, sessionHash, textHash, type KeyParts, type TextHash } from './identity.ts';
import type { ArchiveLine } from './sources/history.ts';
import type { Origin, ToldPrompt } from './sources/told.ts';
import { archivedBit, flagBits, NOT_SEEN, PromptTable } from './table.ts';

/** The same prompt can have times so far apart in two sources, milliseconds: one notes the key stroke, the other what came of it. */
const SAME_WITHIN_MS = 5000;
/** Of prompts with the same text at nearly the same time, so many are looked at; there are more only where a program types. */
const LOOKED_AT = 16;
/** The original hides these two; here only the bare command is one, not a prompt that begins like it. */
const COMMAND = /^\s*\/(login|logout)\s*$/;

/** A sighting of a prompt, ready to be compared. */
export interface Sighting {
  readonly told: ToldPrompt;
  readonly hash: TextHash;
}

export function sightingOf(told: ToldPrompt): Sighting {
  return { told, hash: textHash(expandPasted(told.text, told.pasted)) };
}

/**
 * The prompts of an archive. `fold` is a function of the archive's lines and of nothing else, so that
 * ids are the same in every process and after a rebuild. What sources tell is judged before it gets
 * into the archive.
 */
export class PromptIndex {
  readonly table: PromptTable;
  /** Rows by text and exact time, and by text and time roughly; made when first needed. */
  #exact: Chains | undefined;
  #near: Chains | undefined;
  /** Whether there is a row that is not from a history: without one, nothing needs to be looked for near a line of a history. */
  #mixed: boolean;

  constructor(table = new PromptTable()) {
    this.table = table;
    this.#mixed = false;
    for (let row = 0; row < table.count && !this.#mixed; row++) this.#mixed = ((table.flags[row] ?? 0) & flagBits.history) === 0;
  }

  /**
   * What is to be done with a prompt that a source tells of: nothing, when it is known; else it
   * belongs into the archive, `apart` when the archive alone would take it for one that it has.
   */
  judge({ told, hash }: Sighting, origin: Origin): 'known' | 'new' | 'apart' {
    const { flags, seen } = this.table;
    const bit = archivedBit(origin);
    const same = this.#find(told, hash) ?? this.#findSeen(told, hash, origin);
    if (same !== undefined) return this.#isLessThan(same, origin) ? 'new' : 'known';
    const near = this.#findNear(told, hash, origin, (row) => ((flags[row] ?? 0) & bit) === 0 && (seen[row] === NOT_SEEN || origin === 'import'));
    if (near === undefined) return this.#findUnfolded(told, hash, origin) === undefined ? 'new' : 'apart';
    if (this.#isLessThan(near, origin)) return 'new';
    if (origin !== 'import') this.#see(near, told);
    return 'known';
  }

  /**
   * Takes in a line of the archive.
   * @param place Where it lies, bytes. @returns whether it is a prompt that was not there.
   */
  fold({ origin, apart }: Omit<ArchiveLine, 'told'>, { told, hash }: Sighting, place: { readonly offset: number; readonly size: number }): boolean {
    const { table } = this;
    const { at, text, project, session, agent } = told;
    const same = this.#find(told, hash) ?? (apart ? undefined : this.#findUnfolded(told, hash, origin));
    if (same !== undefined) {
      if (this.#isLessThan(same, origin)) table.replace(same, { ...place, project, session });
      if (origin !== 'import' && table.at[same] !== at) this.#see(same, told);
      table.setFlags(same, archivedBit(origin));
      return false;
    }
    const flags = archivedBit(origin) | (text.length < 40 && COMMAND.test(text) ? flagBits.command : 0);
    const row = table.push({ at, ...place, ...hash, length: text.length, project, session, agent, flags });
    this.#exact?.add(exactKey(hash, at), row);
    this.#near?.add(nearKey(hash, at), row);
    if (origin !== 'history') this.#mixed = true;
    return true;
  }

  /** The row that a key means: of that time, else the nearest in time that another source may have told of. */
  rowOf(key: KeyParts): number | undefined {
    const { table } = this;
    const sameSession = (row: number): boolean => {
      const session = sessionHash(table.sessions.list[table.session[row] ?? 0] ?? '');
      return session === key.session || session === NO_SESSION || key.session === NO_SESSION;
    };
    for (const row of this.#exactRows().walk(exactKey(key, key.at))) if (this.#isAt(row, key, key.at) && sameSession(row)) return row;
    return this.#nearest(key, key.at, sameSession);
  }

  /** Forgets the rows from `count` on. */
  truncate(count: number): void {
    this.table.truncate(count);
    this.#exact = undefined;
    this.#near = undefined;
  }

  #find(told: ToldPrompt, hash: TextHash): number | undefined {
    for (const row of this.#exactRows().walk(exactKey(hash, told.at))) if (this.#isAt(row, hash, told.at) && this.#agrees(row, told)) return row;
    return undefined;
  }

  /** The prompt that was noticed to have this time in a source of this kind. */
  #findSeen(told: ToldPrompt, hash: TextHash, origin: Origin): number | undefined {
    const { at, flags, seen } = this.table;
    const kinds = flagBits.history | flagBits.transcript | flagBits.import;
    return this.#findNear(told, hash, origin, (row) => seen[row] === told.at - (at[row] ?? 0) && ((flags[row] ?? 0) & kinds) !== archivedBit(origin));
  }

  /** The prompt that the archive does not have from this kind of source. */
  #findUnfolded(told: ToldPrompt, hash: TextHash, origin: Origin): number | undefined {
    return this.#findNear(told, hash, origin, (row) => ((this.table.flags[row] ?? 0) & archivedBit(origin)) === 0);
  }

  #findNear(told: ToldPrompt, hash: TextHash, origin: Origin, fits: (row: number) => boolean): number | undefined {
    if (origin === 'history' && !this.#mixed) return undefined;
    return this.#nearest(hash, told.at, (row) => fits(row) && this.#agrees(row, told));
  }

  /** Whether the archive has it from another program's database only, which knows no session. */
  #isLessThan(row: number, origin: Origin): boolean {
    return origin !== 'import' && ((this.table.flags[row] ?? 0) & (flagBits.history | flagBits.transcript)) === 0;
  }

  #see(row: number, { at }: ToldPrompt): void {
    this.table.seen[row] = at - (this.table.at[row] ?? 0);
  }

  #nearest(hash: TextHash, at: number, fits: (row: number) => boolean): number | undefined {
    const { table } = this;
    let best: number | undefined;
    let distance = SAME_WITHIN_MS;
    for (const moment of [at, at - SAME_WITHIN_MS, at + SAME_WITHIN_MS]) {
      let left = LOOKED_AT;
      for (const row of this.#nearRows().walk(nearKey(hash, moment))) {
        if (left-- === 0) break;
        const apart = Math.abs((table.at[row] ?? 0) - at);
        if (apart >= distance || table.low[row] !== hash.low || table.high[row] !== hash.high || !fits(row)) continue;
        best = row;
        distance = apart;
      }
    }
    return best;
  }

  #isAt(row: number, hash: TextHash, at: number): boolean {
    const { table } = this;
    return table.at[row] === at && table.low[row] === hash.low && table.high[row] === hash.high;
  }

  /** A source that does not know the session does not speak against it. */
  #agrees(row: number, { session }: ToldPrompt): boolean {
    const known = this.table.sessions.list[this.table.session[row] ?? 0];
    return known === session || known === '' || session === '';
  }

  #exactRows(): Chains {
    this.#exact ??= this.#chains((row, hash) => exactKey(hash, this.table.at[row] ?? 0));
    return this.#exact;
  }

  #nearRows(): Chains {
    this.#near ??= this.#chains((row, hash) => nearKey(hash, this.table.at[row] ?? 0));
    return this.#near;
  }

  #chains(keyOf: (row: number, hash: TextHash) => number): Chains {
    const chains = new Chains();
    const { table } = this;
    for (let row = 0; row < table.count; row++) chains.add(keyOf(row, { high: table.high[row] ?? 0, low: table.low[row] ?? 0 }), row);
    return chains;
  }
}

function exactKey({ high, low }: TextHash, at: number): number {
  return (low ^ Math.imul(high, 0x9e3779b1) ^ Math.imul(at % 0x7fffffff, 0x85ebca6b)) >>> 0;
}

function nearKey({ low }: TextHash, at: number): number {
  return (low ^ Math.imul(Math.floor(at / SAME_WITHIN_MS), 0x9e3779b1)) >>> 0;
}

/** Rows by a number that several may share; the latest first. */
class Chains {
  readonly #heads = new Map<number, number>();
  #next = new Int32Array(1024);

  add(key: number, row: number): void {
    if (row >= this.#next.length) {
      const wider = new Int32Array(Math.max(row + 1, this.#next.length * 2));
      wider.set(this.#next);
      this.#next = wider;
    }
    this.#next[row] = this.#heads.get(key) ?? -1;
    this.#heads.set(key, row);
  }

  *walk(key: number): Iterable<number> {
    for (let row = this.#heads.get(key) ?? -1; row >= 0; row = this.#next[row] ?? -1) yield row;
  }
}
