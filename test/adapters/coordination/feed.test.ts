/** The feed on a real journal: who reads on does not pay for what was before, and misses nothing. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { systemClock, systemRandom } from '../../../src/adapters/node/clock.ts';
import { foldCache } from '../../../src/adapters/node/coordination/fold-cache.ts';
import { openLedger } from '../../../src/adapters/node/coordination/ledger.ts';
import { openJournal } from '../../../src/adapters/node/journal-file.ts';
import { checkCache } from '../../../src/core/coordination/index.ts';

function stage(t: TestContext) {
  const scope = mkdtempSync(join(tmpdir(), 'wheelhouse-feed-'));
  t.after(() => rmSync(scope, { recursive: true, force: true }));
  const journal = openJournal(join(scope, 'journal.jsonl'), { clock: systemClock, random: systemRandom });
  const agent = { session: 'a' };
  const write = (count: number, note: string) => journal.append(Array.from({ length: count }, (_, i) => ({ by: 'session:a', type: 'coordination.status', agent, status: 'in_progress', note: `${note} ${i}` })));
  const signs = (count: number) => journal.append(Array.from({ length: count }, () => ({ by: 'session:a', type: 'coordination.renewed', agent })));
  return { scope, journal, write, signs, mark: join(scope, 'coordination-feed.json') };
}

test('page by page and in one go it is the same, and a reader that has read all goes on from a mark', async (t) => {
  const { scope, write, signs, mark } = stage(t);
  for (let i = 0; i < 20; i++) {
    await write(37, `round ${i}`);
    await signs(5);
  }
  const all = await openLedger(scope).feed(0, 1_000_000);
  assert.equal(all.items.length, 20 * 37);
  assert(existsSync(mark));
  const paged: unknown[] = [];
  for (let cursor = 0; ; ) {
    const page = await openLedger(scope).feed(cursor, 100);
    paged.push(...page.items);
    if (page.items.length === 0) break;
    cursor = page.cursor;
  }
  assert.deepEqual(paged, all.items);

  await write(3, 'new');
  const { items, cursor } = await openLedger(scope).feed(all.cursor, 100);
  assert.deepEqual(items.map(({ text }) => text), ['in_progress: new 0', 'in_progress: new 1', 'in_progress: new 2']);
  assert.deepEqual((await openLedger(scope).feed(cursor, 100)).items, []);
});

test('it begins where the mark stands: what is before is not read again', async (t) => {
  const { scope, journal, write } = stage(t);
  await write(2000, 'before');
  const { cursor } = await openLedger(scope).feed(0, 1_000_000);
  const read: number[] = [];
  await write(1, 'after');
  const { readFeed } = await import('../../../src/core/coordination/feed.ts');
  const watched = { ...journal, read: (from: number) => (read.push(from), journal.read(from)) };
  const feed = await readFeed(watched, { since: cursor, limit: 10, marks: foldCache(scope, 'feed') });
  assert.deepEqual(feed.items.map(({ text }) => text), ['in_progress: after 0']);
  assert(read.length === 1 && (read[0] ?? 0) > 100_000, `read from ${read.join(', ')}`);
});

test('each page begins where the last one ended, within the journal and between events that were written together', async (t) => {
  const { scope, journal, write } = stage(t);
  for (let i = 0; i < 200; i++) await write(7, `round ${i}`);
  const { readFeed } = await import('../../../src/core/coordination/feed.ts');
  const all = await openLedger(scope).feed(0, 1_000_000);
  rmSync(join(scope, 'coordination-feed.json'));
  let folded = 0;
  const counting = { ...journal, read: async (from: number) => {
    const read = await journal.read(from);
    // Of what is read, no more is folded than belongs to the page.
    folded += read.entries.filter(({ position }) => position <= (paged.at(-1)?.cursor ?? 0)).length;
    return read;
  } };
  const paged: typeof all.items = [];
  for (let cursor = 0; ; ) {
    const page = await readFeed(counting, { since: cursor, limit: 50, marks: foldCache(scope, 'feed') });
    paged.push(...page.items);
    if (page.items.length === 0) break;
    cursor = page.cursor;
  }
  assert.deepEqual(paged, all.items);
  assert(folded < 2 * all.items.length, `${folded} events of ${all.items.length} were folded again`);
});

test('an older cursor, a damaged mark and another journal are no matter', async (t) => {
  const { scope, write, mark } = stage(t);
  await write(1500, 'x');
  const all = await openLedger(scope).feed(0, 1_000_000);
  assert.equal((await openLedger(scope).feed(all.items[9]?.cursor ?? 0, 3)).items[0]?.text, 'in_progress: x 10');
  writeFileSync(mark, readFileSync(mark, 'utf8').slice(0, 500));
  assert.deepEqual((await openLedger(scope).feed(all.items[1497]?.cursor ?? 0, 10)).items.length, 2);
  await openLedger(scope).feed(0, 1_000_000);
  writeFileSync(join(scope, 'journal.jsonl'), '');
  await write(3, 'y');
  assert.deepEqual((await openLedger(scope).feed(0, 10)).items.map(({ text }) => text), ['in_progress: y 0', 'in_progress: y 1', 'in_progress: y 2']);
});

test('a folded state is checked against its journal', async (t) => {
  const { scope, journal, write } = stage(t);
  assert.equal(await checkCache(foldCache(scope), journal), 'none');
  await write(1500, 'x');
  const ledger = openLedger(scope);
  await ledger.refresh();
  await ledger.save();
  await write(5, 'behind it');
  assert.equal(await checkCache(foldCache(scope), journal), 'right');
  const file = join(scope, 'coordination.json');
  writeFileSync(file, readFileSync(file, 'utf8').replace('x 1499', 'x 9999'));
  assert.equal(await checkCache(foldCache(scope), journal), 'wrong');
});
