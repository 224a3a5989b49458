/** One of several processes that write at once: `writer.ts WAY FOLDER COUNT`. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import initSqlJs from 'sql.js';
import { systemClock, systemRandom } from '../../src/adapters/node/clock.ts';
import { openJournal } from '../../src/adapters/node/journal-file.ts';

const journalIn = (folder: string) => openJournal(join(folder, 'journal.jsonl'), { clock: systemClock, random: systemRandom });
const databaseIn = (folder: string) => join(folder, 'events.sqlite');
const schema = 'CREATE TABLE IF NOT EXISTS event (id TEXT, body TEXT)';
const body = 'x'.repeat(200);

/** How many events are there. */
export async function count(way: 'journal' | 'whole-file', folder: string): Promise<number> {
  if (way === 'journal') {
    const journal = journalIn(folder);
    let found = 0;
    for (let from = 0, more = true; more;) {
      const read = await journal.read(from);
      found += read.entries.length;
      from = read.end;
      more = read.more;
    }
    return found;
  }
  const { Database } = await initSqlJs();
  return Number(new Database(readFileSync(databaseIn(folder))).exec('SELECT count(*) FROM event')[0]?.values[0]?.[0]);
}

async function write(way: string, folder: string, events: number): Promise<void> {
  if (way === 'journal') {
    const journal = journalIn(folder);
    for (let i = 0; i < events; i++) await journal.append([{ by: 'bench', type: 'bench.event', body }]);
    return;
  }
  const { Database } = await initSqlJs();
  const file = databaseIn(folder);
  for (let i = 0; i < events; i++) {
    const db = new Database(existsSync(file) ? readFileSync(file) : undefined);
    db.run(schema);
    db.run('INSERT INTO event VALUES (?, ?)', [`${process.pid}-${i}`, body]);
    const temporary = `${file}.${process.pid}`;
    writeFileSync(temporary, db.export());
    renameSync(temporary, file);
    db.close();
  }
}

if (import.meta.main) {
  const [way = '', folder = '', events = ''] = process.argv.slice(2);
  await write(way, folder, Number(events));
}
