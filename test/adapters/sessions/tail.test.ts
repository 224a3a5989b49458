/** The end of files of lines: large, broken, replaced, growing. */
import assert from 'node:assert/strict';
import { appendFileSync, ftruncateSync, openSync, closeSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { Tail } from '../../../src/adapters/node/sessions/tail.ts';

function file(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'wheelhouse-tail-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'x.jsonl');
}
/** By this process so far, as the system counts; where it does not, 0. */
const bytesRead = () => (process.platform === 'linux' ? Number(/^rchar: (\d+)$/m.exec(readFileSync('/proc/self/io', 'utf8'))?.[1]) : 0);
const lines = async (tail: Tail) => (await tail.read()).lines;

test('lines come once, and a line that is not finished comes when it is', async (t) => {
  const path = file(t);
  const tail = new Tail(path);
  assert.deepEqual([tail.hasNews(), await lines(tail)], [false, []], 'no file');
  writeFileSync(path, 'a\n\nb\nhal');
  assert.equal(tail.hasNews(), true);
  assert.deepEqual(await tail.read(), { lines: ['a', 'b'], restarted: true });
  assert.equal(tail.hasNews(), false);
  appendFileSync(path, 'f\nc');
  assert.deepEqual(await tail.read(), { lines: ['half'], restarted: false });
  appendFileSync(path, '\n');
  assert.deepEqual(await lines(tail), ['c']);
});

test('a character that is cut in two, and bytes that are no UTF-8', async (t) => {
  const path = file(t);
  const tail = new Tail(path);
  const word = Buffer.from('grün\n');
  writeFileSync(path, word.subarray(0, 3));
  await tail.read();
  appendFileSync(path, word.subarray(3));
  appendFileSync(path, Buffer.from([0x61, 0xff, 0xc3, 0x0a]));
  assert.deepEqual(await lines(tail), ['grün', 'a\ufffd\ufffd']);
});

test('a file that was cut off or replaced is read anew', async (t) => {
  const path = file(t);
  const tail = new Tail(path);
  writeFileSync(path, 'one\ntwo\n');
  await tail.read();
  truncateSync(path, 0);
  appendFileSync(path, 'x\n');
  assert.deepEqual(await tail.read(), { lines: ['x'], restarted: true });
  writeFileSync(`${path}.new`, 'three\nfour\nfive\n');
  renameSync(`${path}.new`, path);
  assert.deepEqual(await tail.read(), { lines: ['three', 'four', 'five'], restarted: true });
  rmSync(path);
  assert.deepEqual(await tail.read(), { lines: [], restarted: false });
});

test('of 700 MB only the end is read', async (t) => {
  const path = file(t);
  const handle = openSync(path, 'w');
  ftruncateSync(handle, 700 * 1024 * 1024);
  writeSync(handle, '\n{"last":1}\n', 700 * 1024 * 1024);
  closeSync(handle);
  const tail = new Tail(path);
  const memory = process.memoryUsage().arrayBuffers;
  const before = bytesRead();
  assert.deepEqual(await lines(tail), ['{"last":1}']);
  assert(bytesRead() - before < 8 * 1024 * 1024);
  assert(process.memoryUsage().arrayBuffers - memory < 8 * 1024 * 1024);
});

test('a line of 50 MB is passed over, whether it is there or grows', async (t) => {
  const path = file(t);
  writeFileSync(path, 'a\n');
  const tail = new Tail(path);
  await tail.read();
  for (let piece = 0; piece < 50; piece++) {
    appendFileSync(path, 'x'.repeat(1024 * 1024));
    assert.deepEqual(await lines(tail), []);
  }
  appendFileSync(path, '\nb\n');
  assert.deepEqual(await lines(tail), ['b']);
  assert.deepEqual(await lines(new Tail(path)), ['b'], 'read for the first time');
  assert.equal(statSync(path).size > 50 * 1024 * 1024, true);
});

test('a last line of 1 MB is read, whole or in pieces', async (t) => {
  const path = file(t);
  writeFileSync(path, `a\n${'x'.repeat(1024 * 1024)}\n`);
  assert.deepEqual((await lines(new Tail(path))).map(({ length }) => length), [1, 1024 * 1024]);
  const tail = new Tail(path);
  await tail.read();
  for (const piece of ['y'.repeat(700_000), 'y'.repeat(700_000)]) {
    appendFileSync(path, piece);
    assert.deepEqual(await lines(tail), []);
  }
  appendFileSync(path, '\n');
  assert.deepEqual((await lines(tail)).map(({ length }) => length), [1_400_000]);
});

test('who was away for long sees the end, and is told that something is missing', async (t) => {
  const path = file(t);
  writeFileSync(path, 'a\n');
  const tail = new Tail(path);
  await tail.read();
  appendFileSync(path, `${'y'.repeat(99)}\n`.repeat(60_000));
  appendFileSync(path, 'end\n');
  const read = await tail.read();
  assert.equal(read.restarted, true);
  assert.equal(read.lines.at(-1), 'end');
  assert(read.lines.length < 3000);
});
