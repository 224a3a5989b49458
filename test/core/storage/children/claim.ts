/** JOURNAL NAME PATHS: claims each path through a store, and prints how many it holds and the percentiles in ms. */
import { systemClock, systemRandom } from '../../../../src/adapters/node/clock.ts';
import { createDatabases } from '../../../../src/adapters/node/database-sqljs.ts';
import { openJournal } from '../../../../src/adapters/node/journal-file.ts';
import { openStore } from '../../../../src/core/storage/index.ts';
import { testProjection } from '../fixture.ts';

const [path = '', by = '', paths = '0'] = process.argv.slice(2);
const journal = openJournal(path, { clock: systemClock, random: systemRandom });
const store = await openStore({ journal, databases: createDatabases(), projections: [testProjection] });
const took: number[] = [];
let held = 0;
for (let n = 0; n < Number(paths); n++) {
  const started = performance.now();
  await store.append([{ by, type: 'test.claimed', path: `p${n}` }]);
  if (store.db.all('SELECT holder FROM claim WHERE path = ?', [`p${n}`])[0]?.['holder'] === by) held += 1;
  took.push(performance.now() - started);
}
took.sort((a, b) => a - b);
process.stdout.write(`${JSON.stringify({ held, p50: took[took.length >> 1], p95: took[Math.floor(took.length * 0.95)] })}\n`);
await store.close();
