/** The files that hooks write: bounded, private, and gone some time after their session. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { appendEvent, eventFile, eventFolder, markLooked, pruneEvents } from '../../../src/adapters/node/sessions/event-file.ts';
import { processUsage } from '../../../src/adapters/node/sessions/process-usage.ts';
import { isThatProcess } from '../../../src/adapters/node/sessions/process-start.ts';
import { Tail } from '../../../src/adapters/node/sessions/tail.ts';
import { recordOf } from '../../../src/core/sessions/index.ts';

function data(t: TestContext): string {
  const root = mkdtempSync(join(tmpdir(), 'wheelhouse-events-'));
  t.after(() => rmSync(root, { recursive: true, force: true }));
  return join(root, 'data');
}
const record = (name: string, more: object = {}, session = 's') => recordOf({ session_id: session, hook_event_name: name, ...more }, 5)!;
const linesOf = (root: string, session = 's') => readFileSync(eventFile(root, session), 'utf8').trim().split('\n');

test('events are lines of a private file', (t) => {
  const root = data(t);
  appendEvent(root, record('SessionStart'));
  appendEvent(root, record('UserPromptSubmit', { prompt: 'go' }));
  markLooked(root, 's', 9);
  assert.deepEqual(linesOf(root).map((line) => (JSON.parse(line) as { event: string }).event), ['SessionStart', 'UserPromptSubmit', 'Looked']);
  assert.equal(statSync(eventFile(root, 's')).mode & 0o777, 0o600);
  markLooked(root, '../x', 9);
  assert.deepEqual(readdirSync(eventFolder(root)), ['s.jsonl']);
});

test('a file does not grow for ever: a turn begins a new one, and the end leaves one line', async (t) => {
  const root = data(t);
  const one = record('PostToolUse', { tool_name: 'Bash', tool_input: { command: 'x'.repeat(100) } });
  for (let n = 0; n < 400; n++) appendEvent(root, one);
  const tail = new Tail(eventFile(root, 's'));
  assert.equal((await tail.read()).lines.length, 400, 'not within a turn');
  appendEvent(root, record('UserPromptSubmit'));
  assert.equal(linesOf(root).length, 1);
  const { lines, restarted } = await tail.read();
  assert.deepEqual([lines.length, restarted], [1, true], 'who follows it sees that it is another file');
  for (let n = 0; n < 8000; n++) appendEvent(root, one);
  assert(statSync(eventFile(root, 's')).size < 1.1 * 1024 * 1024);
  appendEvent(root, record('SessionEnd', { reason: 'other' }));
  assert.equal(linesOf(root).length, 1);
});

test('what is left of sessions that are over is removed', (t) => {
  const root = data(t);
  const age = (session: string, hours: number) => utimesSync(eventFile(root, session), Date.now() / 1000 - hours * 3600, Date.now() / 1000 - hours * 3600);
  for (const session of ['ended', 'just-ended']) appendEvent(root, record('SessionEnd', { reason: 'other' }, session));
  for (const session of ['idle', 'forgotten']) for (let n = 0; n < 20; n++) appendEvent(root, record('Stop', { last_assistant_message: 'Done.' }, session));
  age('ended', 2);
  age('idle', 100);
  age('forgotten', 24 * 15);
  pruneEvents(root, Date.now());
  assert.deepEqual(readdirSync(eventFolder(root)), ['idle.jsonl', 'just-ended.jsonl']);
  assert.equal(existsSync(eventFile(root, 'ended')), false);
});

test('the process of a row is known by its start', { skip: process.platform !== 'linux' }, async () => {
  const stat = readFileSync('/proc/self/stat', 'latin1');
  const start = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  const cases: [pid: number, start: string | undefined, same: boolean][] = [[process.pid, start, true], [process.pid, undefined, true], [process.pid, '1', false], [4_200_000, undefined, false]];
  for (const [pid, procStart, same] of cases) assert.equal(await isThatProcess(pid, procStart), same, `${pid} ${procStart}`);
});

test('memory and processor time are told on demand', { skip: process.platform === 'win32' }, async () => {
  const usage = await processUsage(process.pid);
  assert(usage !== undefined && usage.memoryBytes > 10_000_000 && usage.memoryBytes < 10_000_000_000);
  assert(usage.cpuPercent >= 0 && usage.cpuPercent < 1000);
  assert.equal(await processUsage(4_200_000), undefined);
});
