/** The database of prompt_tracker, the program that the prompt timeline follows. */

/** As SQLite stores it in a database of that program's; `user_version` stays 0. */
export const ORIGINAL_SCHEMA = `
CREATE TABLE prompts (
  id INTEGER PRIMARY KEY AUTOINCREMENT, timestamp INTEGER UNIQUE NOT NULL, display TEXT NOT NULL,
  project TEXT, pasted_contents TEXT, created_at DATETIME DEFAULT CURRENT_TIMESTAMP);
CREATE TABLE prompt_metadata (
  prompt_id INTEGER PRIMARY KEY, rating INTEGER CHECK(rating >= 1 AND rating <= 5), note TEXT,
  updated_at DATETIME DEFAULT CURRENT_TIMESTAMP, FOREIGN KEY (prompt_id) REFERENCES prompts(id));
CREATE INDEX idx_timestamp ON prompts(timestamp DESC);
CREATE INDEX idx_rating ON prompt_metadata(rating);
`;

/** What a database must have to be one of that program's: older ones lack `pasted_contents`. */
export const NEEDED_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  prompts: ['id', 'timestamp', 'display', 'project'],
  prompt_metadata: ['prompt_id', 'rating', 'note'],
};

/** SQLite's `CURRENT_TIMESTAMP`: UTC, `YYYY-MM-DD HH:MM:SS`. */
export function sqlTime(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ');
}

/** Milliseconds since the epoch of a `sqlTime`; undefined for anything else. */
export function fromSqlTime(text: unknown): number | undefined {
  if (typeof text !== 'string' || !/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text)) return undefined;
  const at = Date.parse(`${text.replace(' ', 'T')}Z`);
  return Number.isNaN(at) ? undefined : at;
}
