/** opencode's sessions, over a log and a database as the client writes them. */
import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test, type TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { opencodeSource } from '../../../src/adapters/node/sessions/opencode.ts';
import type { OpencodeProcess } from '../../../src/adapters/node/sessions/opencode-processes.ts';
import { reasonText, reduce, type AgentSource } from '../../../src/core/sessions/index.ts';

const processOf = (pid: number, cwd: string, startedAt: number, more: Partial<OpencodeProcess> = {}): OpencodeProcess => ({ pid, cwd, startedAt, isServer: false, database: undefined, log: undefined, run: undefined, session: undefined, ...more });

test('a session through a turn, and the end of its process', async (t) => {
  const s = stage(t);
  s.processes = [s.process(7)];
  await s.start();
  assert.equal(s.shown(), 'process:7 idle just started');
  s.session('ses_a', { title: 'Tidying' });
  s.log('one', 'message=loop session.id=ses_a step=0');
  s.message('ses_a', 'm1', { role: 'user' }, { type: 'text', text: 'tidy up' });
  await s.until('process:7 working');
  s.message('ses_a', 'm2', { role: 'assistant' }, { type: 'tool', callID: 'c', tool: 'bash', state: { status: 'running', input: { command: 'rm -rf build' }, time: { start: Date.now() } } });
  await s.until('process:7 working bash: rm -rf build');
  s.log('one', 'message=asking id=per_1 permission=bash patterns="[\\"rm -rf build\\"]"');
  await s.until('process:7 waiting approve bash: rm -rf build');
  s.message('ses_a', 'm2', { role: 'assistant', time: { completed: Date.now() }, finish: 'stop' }, { type: 'tool', callID: 'c', tool: 'bash', state: { status: 'completed', input: {} } }, { type: 'text', text: 'All gone.' });
  await s.until('process:7 done finished');
  assert.deepEqual(s.facts(), { agent: 'opencode', cwd: '/p', sessionId: 'ses_a', title: 'Tidying', version: '1.18.33', lastPrompt: 'tidy up', lastAnswer: 'All gone.', pid: 7, startedAt: s.startedAt });
  s.processes = [];
  await s.until('process:7 ended exited');
});

test('two in one folder', async (t) => {
  const s = stage(t);
  s.processes = [s.process(7), { ...s.process(8), run: 'two' }];
  s.session('ses_a', {});
  s.session('ses_b', {});
  s.message('ses_a', 'm1', { role: 'user' }, { type: 'text', text: 'go' });
  s.message('ses_b', 'm2', { role: 'user' }, { type: 'text', text: 'go' });
  s.message('ses_b', 'm3', { role: 'assistant', time: { completed: Date.now() }, finish: 'stop' });
  s.log('two', 'message=loop session.id=ses_b step=0');
  s.log('one', 'message=loop session.id=ses_a step=0');
  await s.start();
  assert.equal(s.shown(), 'process:7 working | process:8 done finished');
});

test('a subagent waits; the session is that of the user', async (t) => {
  const s = stage(t);
  s.processes = [s.process(7)];
  for (const [id, parent] of [['ses_a', null], ['ses_b', 'ses_a']] as const) {
    s.session(id, { parent });
    s.log('one', `message=loop session.id=${id} step=0`);
    s.message(id, `${id}1`, { role: 'user' }, { type: 'text', text: `for ${id}` });
  }
  s.message('ses_a', 'ses_a2', { role: 'assistant' }, { type: 'tool', callID: 'c1', tool: 'task', state: { status: 'running', input: { description: 'Clean up' }, metadata: {}, time: { start: Date.now() } } });
  s.message('ses_b', 'ses_b2', { role: 'assistant' }, { type: 'tool', callID: 'c2', tool: 'bash', state: { status: 'running', input: { command: 'ls' }, time: { start: Date.now() } } });
  await s.start();
  assert.equal(s.shown(), 'process:7 working task: Clean up');
  s.log('one', 'message=asking id=per_1 permission=bash patterns="[\\"ls\\"]"');
  await s.until('process:7 waiting approve bash: ls');
  assert.equal(s.facts()?.sessionId, 'ses_a');
});

test('a server shows its sessions that do not rest', async (t) => {
  const s = stage(t);
  s.processes = [{ ...s.process(7), isServer: true }];
  for (const id of ['ses_a', 'ses_b']) {
    s.session(id, {});
    s.log('one', `message=loop session.id=${id} step=0`);
    s.message(id, `${id}1`, { role: 'user' }, { type: 'text', text: 'go' });
  }
  s.message('ses_b', 'ses_b2', { role: 'assistant', time: { completed: Date.now() }, finish: 'stop' });
  await s.start();
  assert.equal(s.shown(), 'opencode:ses_a working');
});

test('the session that it was told to open is known before it is used', async (t) => {
  const s = stage(t);
  s.session('ses_a', { title: 'Tidying' });
  s.message('ses_a', 'm1', { role: 'user', at: Date.now() - 60_000 }, { type: 'text', text: 'long ago' });
  s.message('ses_a', 'm2', { role: 'assistant', at: Date.now() - 60_000, time: { completed: Date.now() - 59_000 }, finish: 'stop' });
  s.processes = [{ ...s.process(7), session: 'ses_a' }];
  await s.start();
  assert.equal(s.facts()?.title, 'Tidying');
  assert.equal(s.shown(), 'process:7 idle finished');
});

test('what was left open when an earlier process was killed goes on no more', async (t) => {
  const s = stage(t);
  s.session('ses_a', {});
  s.message('ses_a', 'm1', { role: 'user', at: Date.now() - 60_000 }, { type: 'text', text: 'long ago' });
  s.processes = [{ ...s.process(7), session: 'ses_a' }];
  await s.start();
  assert.equal(s.shown(), 'process:7 idle just started');
});

test('without a log, without a database, with a damaged one', async (t) => {
  const s = stage(t);
  s.processes = [processOf(7, '/p', s.startedAt)];
  await s.start();
  assert.equal(s.shown(), 'process:7 idle just started');
  s.processes = [{ ...s.process(7), database: join(s.folder, 'none.db') }];
  await s.until('process:7 idle just started');
  writeFileSync(join(s.folder, 'damaged.db'), 'SQLite format 3\0'.repeat(1000));
  s.processes = [{ ...s.process(7), database: join(s.folder, 'damaged.db'), session: 'ses_a' }];
  await s.until('process:7 idle just started');
});

test('what stays the same is the same', async (t) => {
  const s = stage(t);
  s.processes = [s.process(7)];
  await s.start();
  const before = s.source.sightings();
  s.source.tick?.();
  await delay(200);
  assert.equal(s.source.sightings()[0], before[0]);
  assert.equal(s.changes(), 1);
});

function stage(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'wh-opencode-'));
  const log = join(folder, 'log', 'opencode.log');
  mkdirSync(join(folder, 'log'));
  writeFileSync(log, '');
  const db = new DatabaseSync(join(folder, 'opencode.db'));
  db.exec(`PRAGMA journal_mode = WAL;
    CREATE TABLE session (id text PRIMARY KEY, parent_id text, directory text NOT NULL, title text NOT NULL, version text NOT NULL);
    CREATE TABLE message (id text PRIMARY KEY, session_id text NOT NULL, time_created integer NOT NULL, data text NOT NULL);
    CREATE TABLE part (id text PRIMARY KEY, message_id text NOT NULL, time_created integer NOT NULL, data text NOT NULL);
    CREATE INDEX message_session_time_created_id_idx ON message (session_id, time_created, id);
    CREATE INDEX part_message_id_id_idx ON part (message_id, id);`);
  const startedAt = Date.now() - 5000;
  let changes = 0;
  const source: AgentSource = opencodeSource({ home: '/home/ada', processes: () => stage.processes });
  const stage = {
    folder,
    startedAt,
    processes: [] as readonly OpencodeProcess[],
    source,
    changes: () => changes,
    process: (pid: number) => processOf(pid, '/p', startedAt, { database: join(folder, 'opencode.db'), log, run: 'one' }),
    log: (run: string, rest: string) => appendFileSync(log, `timestamp=${new Date().toISOString()} level=INFO run=${run} ${rest}\n`),
    session: (id: string, { title = 'New session - 2026', parent = null }: { title?: string; parent?: string | null }) => void db.prepare('INSERT INTO session VALUES (?, ?, ?, ?, ?)').run(id, parent, '/p', title, '1.18.33'),
    message: (session: string, id: string, { at = Date.now(), ...data }: { role: string; at?: number; time?: object; finish?: string }, ...parts: readonly object[]) => {
      db.prepare('INSERT INTO message VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET data = excluded.data').run(id, session, at, JSON.stringify(data));
      for (const [index, part] of parts.entries()) db.prepare('INSERT OR REPLACE INTO part VALUES (?, ?, ?, ?)').run(`${id}.${index}`, id, at, JSON.stringify(part));
    },
    start: () => source.start({ changed: () => (changes += 1), known: () => [] }),
    shown: () => source.sightings().map(({ key, evidence }) => {
      const { state, reason } = reduce(evidence, Date.now());
      return `${key} ${state} ${reasonText(reason)}`.trim();
    }).sort().join(' | '),
    facts: () => source.sightings()[0]?.facts,
    until: async (expected: string) => {
      for (let waited = 0; waited < 4000 && (stage.shown() !== expected || waited < 40); waited += 20) {
        if (waited % 500 === 0) source.tick?.();
        await delay(20);
      }
      assert.equal(stage.shown(), expected);
    },
  };
  t.after(() => {
    source.dispose();
    db.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return stage;
}
