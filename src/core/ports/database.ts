export type SqlValue = string | number | Uint8Array | null;
export type SqlRow = Readonly<Record<string, SqlValue>>;

/**
 * A SQL database that lives in memory (sql.js); what it holds can always be rebuilt.
 * Full text search is FTS4. A whole number beyond 32 bits (a time in milliseconds) is bound as a
 * REAL: declare such columns INTEGER, and wrap a parameter used in arithmetic in CAST(? AS INTEGER).
 */
export interface Database {
  /** Runs statements that return nothing, such as a schema. */
  exec(sql: string): void;
  /** Runs one statement; it is compiled once and kept. */
  run(sql: string, parameters?: readonly SqlValue[]): void;
  /** All rows of one query; it is compiled once and kept. */
  all(sql: string, parameters?: readonly SqlValue[]): SqlRow[];
  /** Runs `work`, which must not be async, in one transaction (or a part of one); rolls back and rethrows when it throws. */
  transaction<T>(work: () => T): T;
  /** The whole database as the bytes of a SQLite file. Not inside a transaction. */
  export(): Uint8Array;
  close(): void;
}

export interface DatabaseFactory {
  /** Opens an image, or an empty database. @throws when the bytes are not a database. */
  open(image?: Uint8Array): Promise<Database>;
}

/** Where the image of one database is kept. It is a cache: losing it costs only time. */
export interface DatabaseImage {
  /** The bytes last saved, or undefined when there are none or they are damaged. Never throws. */
  load(): Promise<Uint8Array | undefined>;
  /** Replaces the image as a whole. @throws WheelhouseError `unwritable`. */
  save(bytes: Uint8Array): Promise<void>;
}
