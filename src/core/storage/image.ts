import type { Database, DatabaseFactory, DatabaseImage } from '../ports/database.ts';
import type { Journal } from '../ports/journal.ts';
import type { Projection } from './projection.ts';

/** What the image says about itself, in a table of its own. */
const META_SCHEMA = 'CREATE TABLE wheelhouse_image (key TEXT PRIMARY KEY, value TEXT NOT NULL)';

/** An image that stands for the journal up to `position`. */
export interface LoadedImage {
  readonly db: Database;
  readonly position: number;
}

/** An empty database with the tables of all projections. */
export async function emptyDatabase(databases: DatabaseFactory, projections: readonly Projection[]): Promise<Database> {
  const db = await databases.open();
  db.transaction(() => {
    db.exec(META_SCHEMA);
    for (const projection of projections) db.exec(projection.schema);
  });
  return db;
}

/** Writes into the database which part of which journal it stands for. */
export function describeImage(db: Database, position: number, fingerprint: string, projections: readonly Projection[]): void {
  db.transaction(() => {
    const set = 'INSERT INTO wheelhouse_image (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value';
    db.run(set, ['position', String(position)]);
    db.run(set, ['fingerprint', fingerprint]);
    db.run(set, ['tables', tablesOf(projections)]);
  });
}

/** The saved image, or why there is none that can be used: then everything is folded anew. */
export async function loadImage(
  image: DatabaseImage,
  databases: DatabaseFactory,
  journal: Journal,
  projections: readonly Projection[],
): Promise<LoadedImage | 'missing or damaged' | 'older tables' | 'another journal'> {
  const bytes = await image.load();
  if (bytes === undefined) return 'missing or damaged';
  let db: Database;
  try {
    db = await databases.open(bytes);
  } catch {
    return 'missing or damaged';
  }
  const meta = metaOf(db);
  const position = Number(meta.get('position'));
  const reason =
    meta.size === 0 || !Number.isSafeInteger(position) ? 'missing or damaged'
    : meta.get('tables') !== tablesOf(projections) ? 'older tables'
    : (await journal.fingerprint(position)) !== meta.get('fingerprint') ? 'another journal'
    : undefined;
  if (reason === undefined) return { db, position };
  db.close();
  return reason;
}

function metaOf(db: Database): ReadonlyMap<unknown, unknown> {
  try {
    return new Map(db.all('SELECT key, value FROM wheelhouse_image').map((row) => [row['key'], row['value']]));
  } catch {
    return new Map();
  }
}

function tablesOf(projections: readonly Projection[]): string {
  return JSON.stringify(projections.map(({ name, version, schema }) => [name, version, schema]));
}
