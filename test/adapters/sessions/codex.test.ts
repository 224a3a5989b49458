/** Codex: its threads and processes, its app server, and the source that joins them. */
import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { connectCodexServer } from '../../../src/adapters/node/sessions/codex-server.ts';
import { assignThreads } from '../../../src/adapters/node/sessions/codex-threads.ts';
import { codexSource } from '../../../src/adapters/node/sessions/codex.ts';
import type { CodexProcess } from '../../../src/adapters/node/sessions/codex-processes.ts';
import { readCodexThread, reasonText, reduce, type CodexThread } from '../../../src/core/sessions/index.ts';
import { frameOf, startAppServer, type Answer } from './codex-app-server.ts';

const skip = process.platform === 'win32' ? 'sockets in files' : false;

describe('which thread belongs to which process', () => {
  const process = (pid: number, cwd: string, startedAt: number, rollouts: readonly string[] = []): CodexProcess => ({ pid, cwd, startedAt, rollouts });
  const thread = (id: string, cwd: string, createdAt: number, usedAt = createdAt): CodexThread => ({ id, facts: { cwd }, createdAt, usedAt, rollout: undefined, opinion: undefined });
  const cases: [name: string, processes: readonly CodexProcess[], threads: readonly CodexThread[], expected: string, others: string][] = [
    ['one and one', [process(1, '/a', 5)], [thread('x', '/a', 6)], '1 x', ''],
    ['another folder', [process(1, '/a', 5)], [thread('x', '/b', 6)], '', 'x'],
    ['the one that was used last', [process(1, '/a', 5)], [thread('x', '/a', 6), thread('y', '/a', 3, 9)], '1 y', 'x'],
    ['two in one folder', [process(1, '/a', 5), process(2, '/a', 7)], [thread('y', '/a', 8), thread('x', '/a', 6)], '1 x, 2 y', ''],
    ['the younger has none yet', [process(2, '/a', 7), process(1, '/a', 5)], [thread('x', '/a', 6)], '1 x', ''],
    ['one that writes its rollout itself', [process(1, '/a', 5, ['/r']), process(2, '/a', 7)], [thread('x', '/a', 6)], '2 x', ''],
    ['two folders', [process(1, '/a', 5), process(2, '/b', 7)], [thread('x', '/b', 8), thread('y', '/a', 8)], '1 y, 2 x', ''],
    ['no process', [], [thread('x', '/a', 1)], '', 'x'],
  ];
  for (const [name, processes, threads, expected, others] of cases) {
    test(name, () => {
      const found = assignThreads(processes, threads);
      assert.equal([...found.ofProcess].sort(([a], [b]) => a - b).map(([pid, { id }]) => `${pid} ${id}`).join(', '), expected);
      assert.equal(found.others.map(({ id }) => id).join(', '), others);
    });
  }
});

describe('the app server', { skip }, () => {
  const ok: Answer = { result: { ok: true } };
  const tens = (reply: Buffer) => Array.from({ length: Math.ceil(reply.length / 10) }, (_, index) => reply.subarray(10 * index, 10 * index + 10));
  const answers: [name: string, answer: Answer, expected: unknown][] = [
    ['in one frame', ok, { ok: true }],
    ['in fragments', { frames: (reply) => tens(reply).map((part, index, all) => frameOf(part, index === 0 ? 1 : 0, index === all.length - 1)) }, {}],
    ['in fragments with a ping between them', { frames: (reply) => [frameOf(reply.subarray(0, 5), 1, false), frameOf('are you there', 9), frameOf(reply.subarray(5), 0)] }, {}],
    ['byte by byte', { frames: (reply) => [...frameOf(reply)].map((byte) => Buffer.from([byte])) }, {}],
    ['after news that nobody asked for', { frames: (reply) => [frameOf('{"method":"thread/started","params":{}}'), frameOf('{"id":"x","result":1}'), frameOf(reply)] }, {}],
    ['of 200 bytes', { result: 'x'.repeat(200) }, 'x'.repeat(200)],
    ['of 300 kB', { result: 'x'.repeat(300_000) }, 'x'.repeat(300_000)],
    ['that refuses', { error: 'no such thread' }, /no such thread/],
    ['that closes', { frames: () => [frameOf('', 8)] }, /has closed/],
    ['that is no JSON', { frames: () => [frameOf('{"id":')] }, /not understood/],
    ['that is null', { frames: () => [frameOf('null')] }, /not understood/],
    ['of garbage', { frames: () => [Buffer.from('HTTP/1.1 500 Oops\r\n\r\nand so on, and so on, and so on')] }, /not understood/],
    ['in a masked frame', { frames: () => [Buffer.from([0x81, 0x82, 1, 2, 3, 4, 5, 6])] }, /not understood/],
    ['that claims to be huge', { frames: () => [Buffer.from([0x81, 127, 0x7f, 255, 255, 255, 255, 255, 255, 255])] }, /not understood/],
    ['of fragments without end', { frames: () => Array.from({ length: 10 }, () => frameOf(Buffer.alloc(1_000_000, 32), 0, false)) }, /not understood/],
  ];
  for (const [name, answer, expected] of answers) {
    test(`an answer ${name}`, async (t) => {
      const path = socketIn(t);
      const fake = await startAppServer(path, (method) => (method === 'initialize' ? ok : answer));
      t.after(() => fake.close());
      const server = await connectCodexServer(path);
      t.after(() => server.dispose());
      const call = server.call('thread/read', { threadId: 'x' });
      if (expected instanceof RegExp) await assert.rejects(call, expected);
      else assert.deepEqual(await call, expected);
      assert.equal(server.isOpen, !(expected instanceof RegExp) || 'error' in (answer as object));
      if (name.includes('ping')) await delay(50);
      if (name.includes('ping')) assert(fake.heard.includes('pong are you there'), fake.heard.join());
      assert.deepEqual(fake.heard.slice(0, 3), ['initialize', 'initialized', 'thread/read']);
    });
  }

  test('it goes away while it is asked', async (t) => {
    const path = socketIn(t);
    const fake = await startAppServer(path, (method) => (method === 'initialize' ? ok : 'nothing'));
    const server = await connectCodexServer(path);
    const call = server.call('thread/read', {});
    const refused = assert.rejects(call, /is gone/);
    await fake.close();
    await refused;
    await assert.rejects(server.call('thread/read', {}), /is gone/);
  });

  const strangers: [name: string, start: (path: string) => Promise<unknown>, expected: RegExp][] = [
    ['nobody', () => Promise.resolve(), /ENOENT/],
    ['a web server', (path) => startAppServer(path, () => ok, { status: 404 }), /answers 404|socket hang up/],
    ['one that does not know the key', (path) => startAppServer(path, () => ok, { accept: 'x' }), /no WebSocket/],
    ['one that refuses to begin', (path) => startAppServer(path, () => ({ error: 'too old' })), /too old/],
  ];
  for (const [name, start, expected] of strangers) {
    test(`${name} is there`, async (t) => {
      const path = socketIn(t);
      const fake = (await start(path)) as { close(): Promise<void> } | undefined;
      t.after(() => fake?.close());
      await assert.rejects(connectCodexServer(path), expected);
    });
  }
});

describe('the source', { skip }, () => {
  test('a thread through its states, and the end of its process', async (t) => {
    const s = await stage(t);
    s.processes = [{ pid: 7, cwd: '/p', startedAt: Date.now() - 5000, rollouts: [] }];
    s.threads = [s.thread('idle')];
    await s.start();
    assert.equal(s.shown(), 'process:7 idle');
    assert.equal(s.facts()?.sessionId, 't1');
    for (const [flags, expected] of [[[], 'working'], [['waitingOnApproval'], 'waiting a permission'], [['waitingOnUserInput'], 'waiting a question'], ['error', 'error an API error']] as const) {
      s.threads = [s.thread(flags === 'error' ? 'systemError' : 'active', flags === 'error' ? [] : flags)];
      await s.until(`process:7 ${expected}`);
    }
    s.processes = [];
    await s.until('process:7 ended exited');
  });

  test('the rollout says for what it waits, and how the turn ended', async (t) => {
    const s = await stage(t);
    s.processes = [{ pid: 7, cwd: '/p', startedAt: Date.now() - 5000, rollouts: [] }];
    s.threads = [s.thread('active', ['waitingOnApproval'])];
    s.rollout('event_msg', { type: 'task_started' });
    s.rollout('response_item', { type: 'function_call', name: 'exec_command', call_id: 'c', arguments: '{"cmd":"rm -rf build"}' });
    await s.start();
    await s.until('process:7 waiting approve exec_command: rm -rf build');
    s.rollout('event_msg', { type: 'task_complete', last_agent_message: 'Done.' });
    s.threads = [s.thread('idle')];
    await s.until('process:7 done finished');
    assert.equal(s.facts()?.lastAnswer, 'Done.');
  });

  test('a thread that nobody looks at is shown while it works', async (t) => {
    const s = await stage(t);
    s.threads = [s.thread('active')];
    s.processes = [{ pid: 7, cwd: '/elsewhere', startedAt: Date.now() - 5000, rollouts: [] }];
    await s.start();
    await s.until('codex:t1 working', 'process:7 idle just started');
    s.threads = [s.thread('idle')];
    await s.until('process:7 idle just started');
  });

  test('the server ends and comes again', async (t) => {
    const s = await stage(t);
    s.processes = [{ pid: 7, cwd: '/p', startedAt: Date.now() - 5000, rollouts: [] }];
    s.threads = [s.thread('active')];
    s.rollout('event_msg', { type: 'task_started' });
    await s.start();
    await s.until('process:7 working');
    await s.serverEnds();
    // What the server said last is not true for ever: from here on the rollout tells.
    s.rollout('event_msg', { type: 'turn_aborted' });
    await s.until('process:7 idle interrupted');
    s.threads = [s.thread('active', ['waitingOnUserInput'])];
    await s.serverStarts();
    await s.until('process:7 waiting a question');
  });

  test('without a server the rollout that the process has open tells', async (t) => {
    const s = await stage(t);
    await s.serverEnds();
    s.processes = [{ pid: 7, cwd: '/p', startedAt: Date.now() - 5000, rollouts: [s.rolloutPath] }];
    s.rollout('session_meta', { id: 't9', cwd: '/p' });
    s.rollout('event_msg', { type: 'task_started' });
    await s.start();
    assert.equal(s.shown(), 'process:7 working');
    assert.equal(s.facts()?.sessionId, 't9');
  });

  test('no home, no sessions', async (t) => {
    const source = codexSource({ home: join(tmpdir(), 'wheelhouse-no-such-folder'), processes: () => assert.fail('looked for processes') });
    t.after(() => source.dispose());
    await source.start({ changed: () => undefined, known: () => [] });
    assert.deepEqual(source.sightings(), []);
  });
});

function socketIn(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'wh-codex-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 's');
}

async function stage(t: TestContext) {
  const home = dirname(socketIn(t));
  const socket = join(home, 'app-server-control', 'app-server-control.sock');
  const rolloutPath = join(home, 'sessions', '2026', '01', '01', 'rollout-1.jsonl');
  mkdirSync(dirname(socket));
  mkdirSync(dirname(rolloutPath), { recursive: true });
  writeFileSync(rolloutPath, '');
  const answer = (method: string, { threadId }: Readonly<Record<string, unknown>>): Answer => {
    if (method === 'thread/loaded/list') return { result: { data: stage.threads.map(({ id }) => id) } };
    if (method === 'thread/read') return { result: { thread: stage.threads.find(({ id }) => id === threadId) } };
    return { result: {} };
  };
  let server = await startAppServer(socket, answer);
  const stage = {
    rolloutPath,
    processes: [] as readonly CodexProcess[],
    threads: [] as readonly { readonly id: string }[],
    thread: (type: string, activeFlags: readonly string[] = []) => ({ id: 't1', cwd: '/p', path: rolloutPath, createdAt: Date.now() / 1000 - 4, updatedAt: Date.now() / 1000 - 3, status: { type, activeFlags } }),
    rollout: (type: string, payload: object) => appendFileSync(rolloutPath, `${JSON.stringify({ timestamp: new Date().toISOString(), type, payload })}\n`),
    serverEnds: () => server.close(),
    serverStarts: async () => {
      server = await startAppServer(socket, answer);
    },
    start: () => source.start({ changed: () => undefined, known: () => [] }),
    shown: () => source.sightings().map(({ key, evidence }) => {
      const { state, reason } = reduce(evidence, Date.now());
      return `${key} ${state} ${reasonText(reason)}`.trim();
    }).sort().join(' | '),
    facts: () => source.sightings()[0]?.facts,
    until: async (...expected: readonly string[]) => {
      for (let waited = 0; waited < 4000 && stage.shown() !== expected.join(' | '); waited += 20) {
        if (waited % 100 === 0) source.tick?.();
        await delay(20);
      }
      assert.equal(stage.shown(), expected.join(' | '));
    },
  };
  const source = codexSource({ home, processes: () => stage.processes });
  t.after(async () => {
    source.dispose();
    await server.close();
  });
  assert(readCodexThread(stage.thread('idle')));
  return stage;
}
