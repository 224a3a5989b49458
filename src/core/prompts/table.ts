/** All prompts without their texts, as columns: some forty bytes each, so that a million fit anywhere. */
import type { Origin } from './sources/told.ts';

export const flagBits = {
  /** Which kinds of source the archive has it from. */
  history: 1,
  transcript: 2,
  import: 4,
  /** `/login` or `/logout`. */
  command: 8,
} as const;

export const archivedBit = (origin: Origin): number => flagBits[origin];

/** In the column `seen`: nowhere. */
export const NOT_SEEN = -32_768;

/** Strings by small numbers. */
export class Names {
  readonly list: string[] = [];
  readonly #numbers = new Map<string, number>();

  constructor(list: readonly string[] = []) {
    for (const name of list) this.numberOf(name);
  }

  numberOf(name: string): number {
    let number = this.#numbers.get(name);
    if (number === undefined) {
      number = this.list.push(name) - 1;
      this.#numbers.set(name, number);
    }
    return number;
  }

  find(name: string): number | undefined {
    return this.#numbers.get(name);
  }
}

const columnTypes = {
  at: Float64Array,
  /** Of its line in the archive, bytes. */
  offset: Float64Array,
  /** Of its line, bytes. */
  size: Uint32Array,
  high: Uint32Array,
  low: Uint32Array,
  /** Characters. */
  length: Uint32Array,
  project: Uint32Array,
  session: Uint32Array,
  agent: Uint8Array,
  flags: Uint8Array,
  /** How many milliseconds later another kind of source has it, as far as was noticed. */
  seen: Int16Array,
} as const;

export type ColumnName = keyof typeof columnTypes;
type Column = Float64Array | Uint32Array | Uint8Array | Int16Array;
export const columnNames = Object.keys(columnTypes) as readonly ColumnName[];

export interface TableRow {
  readonly at: number;
  readonly offset: number;
  readonly size: number;
  readonly high: number;
  readonly low: number;
  readonly length: number;
  readonly project: string;
  readonly session: string;
  readonly agent: string;
  readonly flags: number;
}

/** What is kept of a table between runs. Columns are cut to `count`. */
export interface TableParts {
  readonly count: number;
  readonly projects: readonly string[];
  readonly sessions: readonly string[];
  readonly agents: readonly string[];
  readonly columns: Readonly<Record<ColumnName, Column>>;
}

/** Row `n` is the prompt with the id `n + 1`; rows are in the order in which the archive has them. */
export class PromptTable {
  count = 0;
  readonly projects: Names;
  readonly sessions: Names;
  readonly agents: Names;
  at = new Float64Array(0);
  offset = new Float64Array(0);
  size = new Uint32Array(0);
  high = new Uint32Array(0);
  low = new Uint32Array(0);
  length = new Uint32Array(0);
  project = new Uint32Array(0);
  session = new Uint32Array(0);
  agent = new Uint8Array(0);
  flags = new Uint8Array(0);
  seen = new Int16Array(0);
  #order: Uint32Array | undefined;

  constructor(parts?: TableParts) {
    this.projects = new Names(parts?.projects);
    this.sessions = new Names(parts?.sessions);
    this.agents = new Names(parts?.agents);
    if (parts === undefined) return;
    Object.assign(this, parts.columns);
    this.count = parts.count;
  }

  /** @returns the row. */
  push(row: TableRow): number {
    const n = this.count;
    if (n === this.at.length) this.#grow();
    this.at[n] = row.at;
    this.offset[n] = row.offset;
    this.size[n] = row.size;
    this.high[n] = row.high;
    this.low[n] = row.low;
    this.length[n] = row.length;
    this.project[n] = this.projects.numberOf(row.project);
    this.session[n] = this.sessions.numberOf(row.session);
    this.agent[n] = this.agents.numberOf(row.agent);
    this.flags[n] = row.flags;
    this.seen[n] = NOT_SEEN;
    this.count = n + 1;
    this.#order = undefined;
    return n;
  }

  /** Forgets the rows from `count` on. */
  truncate(count: number): void {
    this.count = count;
    this.#order = undefined;
  }

  /** A line of the archive that says more about the prompt stands for it from now on. */
  replace(row: number, { offset, size, project, session }: Pick<TableRow, 'offset' | 'size' | 'project' | 'session'>): void {
    this.offset[row] = offset;
    this.size[row] = size;
    this.project[row] = this.projects.numberOf(project);
    this.session[row] = this.sessions.numberOf(session);
  }

  setFlags(row: number, bits: number): void {
    this.flags[row] = (this.flags[row] ?? 0) | bits;
  }

  /** The rows in the order of time; those of one moment in the order of the archive. */
  order(): Uint32Array {
    if (this.#order !== undefined) return this.#order;
    const { at, count } = this;
    const order = new Uint32Array(count);
    let rising = true;
    for (let row = 0; row < count; row++) {
      order[row] = row;
      if (row > 0 && (at[row] ?? 0) < (at[row - 1] ?? 0)) rising = false;
    }
    if (!rising) order.sort((a, b) => (at[a] ?? 0) - (at[b] ?? 0) || a - b);
    this.#order = order;
    return order;
  }

  parts(): TableParts {
    const columns = Object.fromEntries(columnNames.map((name) => [name, this[name].subarray(0, this.count)])) as unknown as TableParts['columns'];
    return { count: this.count, projects: this.projects.list, sessions: this.sessions.list, agents: this.agents.list, columns };
  }

  #grow(): void {
    const capacity = Math.max(1024, this.at.length * 2);
    for (const name of columnNames) {
      const wider = new columnTypes[name](capacity);
      wider.set(this[name]);
      (this as Record<ColumnName, Column>)[name] = wider;
    }
  }
}

/** An empty column of that name, for reading one from an image. */
export function newColumn(name: ColumnName, count: number): Column {
  return new columnTypes[name](count);
}
