export type SqlValue = string | number | Uint8Array | null;
export type SqlRow = Readonly<Record<string, SqlValue>>;

/** A SQL database that lives in memory (sql.js); what it holds can always be rebuilt. */
export interface Database {
  /** Runs statements that return nothing, such as a schema. */
  exec(sql: string): void;
  run(sql: string, parameters?: readonly SqlValue[]): void;
  all(sql: string, parameters?: readonly SqlValue[]): SqlRow[];
  /** Runs `work` in one transaction; rolls back and rethrows when it throws. */
  transaction<T>(work: () => T): T;
  /** The whole database as the bytes of a SQLite file. */
  export(): Uint8Array;
  close(): void;
}

export interface DatabaseFactory {
  /** Opens an image, or an empty database. @throws when the bytes are not a database. */
  open(image?: Uint8Array): Promise<Database>;
}
