import assert from 'node:assert/strict';
import { appendFileSync, chmodSync, existsSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { journalAt, readAll, temporaryFolder } from '../../core/storage/fixture.ts';

const note = (n: number, more: object = {}) => ({ by: 'user', type: 'test.written', n, ...more });

test('an appended event comes back with an id, a time and a place, and the file is private', async (t) => {
  const path = join(temporaryFolder(t), 'a', 'b', 'journal.jsonl');
  const journal = journalAt(path);
  const [first] = await journal.append([note(1)]);
  const [second] = await journal.append([note(2, { text: 'grüße 🐍 \u2028 \0 \ud800' })]);
  const { entries, damaged, end } = await readAll(journal);
  assert.deepEqual(entries, [first, second]);
  assert.deepEqual(damaged, []);
  assert.equal(end, statSync(path).size);
  assert.match(first!.event.id, /^[a-z2-7]{16}$/);
  assert.ok(second!.position > first!.position);
  assert.equal(statSync(path).mode & 0o777, 0o600);
  assert.equal(readFileSync(path).subarray(first!.position).toString().split('\n')[0], JSON.stringify(first!.event));
});

test('a journal that is not there is empty', async (t) => {
  const journal = journalAt(join(temporaryFolder(t), 'journal.jsonl'));
  assert.deepEqual(await journal.read(0), { entries: [], end: 0, more: false, damaged: [], log: '' });
  assert.equal(await journal.fingerprint(0), undefined);
  assert.deepEqual(await journal.append([]), []);
});

test('events of one append stand together, with places of their own', async (t) => {
  const path = join(temporaryFolder(t), 'journal.jsonl');
  const journal = journalAt(path);
  const appended = await journal.append([note(1), note(2), note(3)]);
  await journal.append([note(4)]);
  const { entries } = await readAll(journal);
  assert.deepEqual(entries.slice(0, 3), appended);
  assert.deepEqual(entries.map(({ event }) => event['n']), [1, 2, 3, 4]);
  assert.equal(new Set(entries.map(({ position }) => position)).size, 4);
  assert.ok(entries.every(({ position }, i) => i === 0 || position > entries[i - 1]!.position));
});

test('an event cannot give itself an id or a time', async (t) => {
  const journal = journalAt(join(temporaryFolder(t), 'journal.jsonl'));
  const forged = { ...note(1), id: 'mine', at: 1 } as unknown as ReturnType<typeof note>;
  const [entry] = await journal.append([forged]);
  assert.notEqual(entry!.event.id, 'mine');
  assert.notEqual(entry!.event.at, 1);
});

/** Lines that something went wrong with, and what is read of the two events around them. */
const damages: readonly [string, Buffer | string, number][] = [
  ['half a line', '{"id":"x","at":1,"by":"u","ty', 1],
  ['a whole line but for its newline', '{"id":"x","at":1,"by":"u","type":"t"}', 1],
  ['a line cut inside a character', Buffer.from('{"id":"ä').subarray(0, 8), 1],
  ['bytes that are not UTF-8', Buffer.concat([Buffer.from('{"id":"x","at":1,"by":"u","type":"'), Buffer.from([0xff]), Buffer.from('"}\n')]), 1],
  ['zeros, as after a power cut', Buffer.alloc(9000), 1],
  ['JSON that is no event', '{"hello":"world"}\n[1,2]\n[]\n"x"}\nnull\n', 5],
  ['an event without a type', '{"id":"x","at":1,"by":"u"}\n', 1],
  ['an event with a text for its time', '{"id":"x","at":"1","by":"u","type":"t"}\n', 1],
  ['blank lines', '\n\n   \n', 0],
  ['a foreign line end', '{"id":"x","at":1,"by":"u","type":"t"}\r\n', 1],
];
for (const [name, bytes, count] of damages) {
  test(`damage is skipped and reported: ${name}`, async (t) => {
    const path = join(temporaryFolder(t), 'journal.jsonl');
    const journal = journalAt(path);
    await journal.append([note(1)]);
    const { size } = statSync(path);
    appendFileSync(path, bytes);
    await journal.append([note(2)]);
    const { entries, damaged } = await readAll(journal);
    assert.deepEqual(entries.map(({ event }) => event['n']), [1, 2]);
    assert.equal(damaged.length, count);
    assert.ok(damaged.every((at) => at >= size));
  });
}

test('what a torn write left is never taken for an event, wherever it was torn', async (t) => {
  const path = join(temporaryFolder(t), 'journal.jsonl');
  const journal = journalAt(path);
  await journal.append([note(1), note(2)]);
  const whole = readFileSync(path);
  for (let length = 0; length < whole.length; length++) {
    writeFileSync(path, whole.subarray(0, length));
    await journal.append([note(3)]);
    const { entries } = await readAll(journal);
    assert.deepEqual(entries.map(({ event }) => event['n']), [3], `torn after ${length} of ${whole.length} bytes`);
  }
});

test('a line that is still being written is left for later', async (t) => {
  const path = join(temporaryFolder(t), 'journal.jsonl');
  const journal = journalAt(path);
  await journal.append([note(1)]);
  const { end } = await readAll(journal);
  const line = Buffer.from(' \n{"id":"x","at":1,"by":"ü","type":"t","n":2}\n');
  for (let i = 0; i < line.length; i++) {
    // The leading blank line ends after two bytes.
    assert.equal((await journal.read(end)).entries.length, 0);
    appendFileSync(path, line.subarray(i, i + 1));
  }
  assert.deepEqual((await journal.read(end)).entries.map(({ event }) => event['n']), [2]);
});

test('events of a newer version and of unknown types are passed on as they are', async (t) => {
  const path = join(temporaryFolder(t), 'journal.jsonl');
  writeFileSync(path, '{"id":"x","at":1,"by":"u","type":"future.thing","v":99,"nested":{"a":[1]}}\n');
  const { entries, damaged } = await readAll(journalAt(path));
  assert.deepEqual(entries, [{ position: 0, event: { id: 'x', at: 1, by: 'u', type: 'future.thing', v: 99, nested: { a: [1] } } }]);
  assert.deepEqual(damaged, []);
});

test('a long journal is read in pieces that together are the whole', async (t) => {
  const path = join(temporaryFolder(t), 'journal.jsonl');
  const writer = journalAt(path);
  for (let n = 0; n < 50; n++) await writer.append([note(n, { text: '🐍'.repeat(n * 10) })]);
  for (const batch of [1, 100, 1000, 1e9]) {
    const { entries } = await readAll(journalAt(path, batch));
    assert.deepEqual(entries.map(({ event }) => event['n']), Array.from({ length: 50 }, (_, n) => n));
  }
  assert.equal((await journalAt(path, 1000).read(0)).more, true);
});

test('a line beyond the limit is damage, and an event beyond it is refused', async (t) => {
  const path = join(temporaryFolder(t), 'journal.jsonl');
  const journal = journalAt(path);
  writeFileSync(path, `{"id":"x","at":1,"by":"u","type":"${'t'.repeat(17 * 1024 * 1024)}"}\n`);
  await journal.append([note(1)]);
  await assert.rejects(journal.append([note(2, { text: 't'.repeat(17 * 1024 * 1024) })]), { code: 'invalid-input' });
  const { entries, damaged } = await readAll(journal);
  assert.deepEqual([entries.length, damaged], [1, [0]]);
});

test('any events survive the way there and back', async (t) => {
  const path = join(temporaryFolder(t), 'journal.jsonl');
  const journal = journalAt(path);
  const payload = fc.jsonValue();
  await fc.assert(
    fc.asyncProperty(fc.array(payload, { minLength: 1, maxLength: 4 }), async (payloads) => {
      rmSync(path, { force: true });
      await journal.append(payloads.map((value) => ({ by: 'user', type: 'test.any', value })));
      const { entries } = await readAll(journal);
      assert.deepEqual(entries.map(({ event }) => event['value']), payloads.map((value) => JSON.parse(JSON.stringify(value)) as unknown));
    }),
    { seed: 7, numRuns: 100 },
  );
});

test('appends of one process keep the order in which they were asked for', async (t) => {
  const journal = journalAt(join(temporaryFolder(t), 'journal.jsonl'));
  const appended = await Promise.all(Array.from({ length: 100 }, (_, n) => journal.append([note(n)])));
  const { entries } = await readAll(journal);
  assert.deepEqual(entries, appended.flat());
});

test('a journal that was replaced or cut off is noticed', async (t) => {
  const path = join(temporaryFolder(t), 'journal.jsonl');
  const journal = journalAt(path);
  for (let n = 0; n < 20; n++) await journal.append([note(n)]);
  const { log, end } = await journal.read(0);
  const mark = await journal.fingerprint(end);
  writeFileSync(`${path}.copy`, readFileSync(path));
  renameSync(`${path}.copy`, path);
  assert.notEqual((await journal.read(end)).log, log);
  assert.equal(await journal.fingerprint(end), mark);
  await journal.append([note(20)]);
  assert.equal(await journal.fingerprint(end), mark);
  truncateSync(path, end - 10);
  assert.equal((await journal.read(end)).end, 0);
  assert.equal(await journal.fingerprint(end), undefined);
  appendFileSync(path, 'x'.repeat(500));
  assert.notEqual(await journal.fingerprint(end), mark);
});

test('an append after the file was deleted makes a new one', async (t) => {
  const path = join(temporaryFolder(t), 'journal.jsonl');
  const journal = journalAt(path);
  await journal.append([note(1)]);
  rmSync(path);
  await journal.append([note(2)]);
  assert.ok(existsSync(path));
  assert.deepEqual((await readAll(journal)).entries.map(({ event }) => event['n']), [2]);
});

test('a full disk is an error that says so', { skip: existsSync('/dev/full') ? false : 'no /dev/full here' }, async (t) => {
  const path = join(temporaryFolder(t), 'journal.jsonl');
  symlinkSync('/dev/full', path);
  await assert.rejects(journalAt(path).append([note(1)]), { code: 'unwritable', message: /disk is full. Free some space/ });
});

test('a folder in the place of the journal is an error that says so', async (t) => {
  const folder = temporaryFolder(t);
  await assert.rejects(journalAt(folder).append([note(1)]), { code: 'unwritable', message: /it is a folder/ });
  await assert.rejects(journalAt(folder).read(0), { code: 'unreadable', message: /it is a folder/ });
});

test('a read-only folder is an error that says so', { skip: process.getuid?.() === 0 ? 'root may write everywhere; see the slow test with a read-only mount' : false }, async (t) => {
  const folder = temporaryFolder(t);
  chmodSync(folder, 0o500);
  await assert.rejects(journalAt(join(folder, 'journal.jsonl')).append([note(1)]), { code: 'unwritable', message: /permission denied/ });
});

test('a watch hears appends, before and after the file exists, and stops when disposed', async (t) => {
  const path = join(temporaryFolder(t), 'new', 'journal.jsonl');
  const journal = journalAt(path);
  let heard = 0;
  let wake = (): void => undefined;
  const watching = journal.watch(() => {
    heard += 1;
    wake();
  });
  for (let n = 0; n < 3; n++) {
    const woken = new Promise<void>((resolve) => (wake = resolve));
    await journalAt(path).append([note(n)]);
    await woken;
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
  watching.dispose();
  const before = heard;
  await journal.append([note(9)]);
  await new Promise((resolve) => setTimeout(resolve, 60));
  assert.equal(heard, before);
});
