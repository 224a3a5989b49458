/** The register, transcripts and hooks of Claude Code, as files on this machine. */
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { markLooked } from '../../../src/adapters/node/sessions/event-file.ts';
import { answer, call, prompt, stage, status, watch } from './stage.ts';

// The start of a process can be had of /proc only there.
const skip = process.platform === 'linux' ? false : 'Linux only';

test('a session through a turn', { skip }, async (t) => {
  const s = stage(t);
  const pid = await s.client();
  const { until, list, changes } = await watch(t, s);
  s.register(pid);
  await until(`p-${pid} idle: just started`);
  s.transcript(`s-${pid}`, prompt('clean up'));
  s.register(pid, status('busy'));
  await until(`p-${pid} working`);
  s.transcript(`s-${pid}`, call('Bash', { command: 'rm -rf build' }));
  s.register(pid, status('waiting', { waitingFor: 'permission prompt' }));
  await until(`p-${pid} waiting: approve Bash: rm -rf build`);
  s.register(pid, status('busy'));
  await until(`p-${pid} working: Bash: rm -rf build`);
  s.transcript(`s-${pid}`, { type: 'user', timestamp: new Date().toISOString(), message: { content: [{ type: 'tool_result', tool_use_id: 't1' }] } }, answer('All gone.'));
  s.register(pid, status('idle'));
  await until(`p-${pid} done: finished`);
  markLooked(s.data, `s-${pid}`, Date.now());
  await until(`p-${pid} idle: finished`);
  assert.deepEqual([list()[0]?.facts.lastPrompt, list()[0]?.facts.lastAnswer], ['clean up', 'All gone.']);
  s.unregister(pid);
  await until(`p-${pid} ended: exited`);
  const states = changes.filter(({ from, session }) => from !== session.verdict.state).map(({ session }) => session.verdict.state);
  assert.deepEqual(states, ['idle', 'working', 'waiting', 'working', 'done', 'idle', 'ended']);
});

test('hooks tell at once, before the register does', { skip }, async (t) => {
  const s = stage(t);
  const pid = await s.client();
  s.register(pid, status('idle'));
  s.hook(`s-${pid}`, 'SessionStart', { source: 'startup' });
  const { until } = await watch(t, s);
  s.hook(`s-${pid}`, 'UserPromptSubmit', { prompt: 'go' });
  await until(`p-${pid} working`);
  s.register(pid, status('busy'));
  s.hook(`s-${pid}`, 'Stop', { last_assistant_message: 'Done.', background_tasks: [{ id: 'a', type: 'subagent', status: 'running', description: 'Look it up' }] });
  s.register(pid, status('idle'));
  await until(`p-${pid} working: in the background: Look it up`);
});

test('/clear and /resume change the conversation, not the session', { skip }, async (t) => {
  const s = stage(t);
  const pid = await s.client();
  s.transcript('one', prompt('first'), answer('Done.'));
  s.transcript('two', prompt('second'), call('Bash', { command: 'ls' }));
  s.register(pid, { sessionId: 'one', ...status('idle') });
  const { until, list } = await watch(t, s);
  await until(`p-${pid} done: finished`);
  const key = list()[0]?.key;
  s.register(pid, { sessionId: 'two', ...status('waiting', { waitingFor: 'permission prompt' }) });
  await until(`p-${pid} waiting: approve Bash: ls`);
  assert.deepEqual([list().length, list()[0]?.key, list()[0]?.id, list()[0]?.facts.lastPrompt], [1, key, 'two', 'second']);
});

test('a killed client has ended, though its file stays; resumed elsewhere, only the new one is listed', { skip }, async (t) => {
  const s = stage(t);
  const [old, fresh] = [await s.client(), await s.client()];
  s.register(old, { sessionId: 'one', ...status('busy') });
  const { until, shown } = await watch(t, s);
  await until(`p-${old} working`);
  await s.kill(old);
  await until(`p-${old} ended: its process is gone`);
  s.register(fresh, { sessionId: 'one', ...status('busy') });
  await until(`p-${fresh} working`);
  assert.deepEqual(shown(), [`p-${fresh} working`]);
});

test('killed while it wrote its row', { skip }, async (t) => {
  const s = stage(t);
  const pid = await s.client();
  s.register(pid, status('busy'));
  const { until } = await watch(t, s);
  await until(`p-${pid} working`);
  s.write(join(s.config, 'sessions', `${pid}.json`), '{"pid":');
  await s.kill(pid);
  await until(`p-${pid} ended: its process is gone`);
});

test('rows that are not what they seem', { skip }, async (t) => {
  const s = stage(t);
  const pid = await s.client();
  const row = (more: object) => JSON.stringify({ pid, sessionId: 'x', name: 'x', status: 'busy', ...more });
  const cases: [name: string, file: string, content: string | Buffer, shown: RegExp | undefined][] = [
    ['the process id belongs to another program now', `${pid}.json`, row({ procStart: '1' }), /x ended: its process is gone/],
    ['the process is of another machine', `${pid}.json`, row({ pidDomain: 'linux:elsewhere' }), undefined],
    ['the process is of this machine', `${pid}.json`, row({ pidDomain: `linux:${hostname()}` }), /x working/],
    ['the older format', `pid-${pid}.json`, row({}), undefined],
    ['half a file', `${pid}.json`, row({}).slice(0, 30), undefined],
    ['no text', `${pid}.json`, Buffer.from([0xff, 0xfe, 0, 1]), undefined],
    ['a file of 3 MB', `${pid}.json`, ' '.repeat(3_000_000) + row({}), undefined],
    ['nothing but an id', `${pid}.json`, '{}', / idle: just started|working: just started/],
    ['a hostile id', `${pid}.json`, row({ sessionId: '../../../etc/passwd' }), /x working/],
    ['hostile types', `${pid}.json`, JSON.stringify({ pid, sessionId: 7, cwd: [], name: {}, status: ['busy'], startedAt: 'x', statusUpdatedAt: {} }), /started/],
    ['a folder of that name', `${pid}.json/x`, '', undefined],
  ];
  for (const [name, file, content, expected] of cases) {
    await t.test(name, async (t) => {
      const own = { ...stage(t), root: s.root };
      own.write(join(own.config, 'sessions', file), content);
      const { shown } = await watch(t, own);
      if (expected === undefined) assert.deepEqual(shown(), []);
      else assert.match(shown().join(), expected);
    });
  }
});

test('a row that is being written comes when it is whole', { skip }, async (t) => {
  const s = stage(t);
  const pid = await s.client();
  const { until, shown } = await watch(t, s);
  s.write(join(s.config, 'sessions', `${pid}.json`), '{"pid":');
  await delay(40);
  assert.deepEqual(shown(), []);
  s.register(pid, status('busy'));
  await until(`p-${pid} working`);
  // And a damaged one changes nothing.
  s.write(join(s.config, 'sessions', `${pid}.json`), '{"pid":');
  await delay(250);
  assert.deepEqual(shown(), [`p-${pid} working`]);
});

test('the folder comes later, goes away and comes again', { skip }, async (t) => {
  const s = stage(t);
  const pid = await s.client();
  const { until } = await watch(t, s);
  await delay(20);
  s.register(pid, status('busy'));
  await until(`p-${pid} working`);
  const other = stage(t);
  assert.deepEqual((await watch(t, other)).shown(), [], 'no folder at all');
});

test('folders without permission show nothing and break nothing', { skip: skip || (process.getuid?.() === 0 ? 'root may read everything' : false) }, async (t) => {
  const s = stage(t);
  const pid = await s.client();
  s.register(pid, status('busy'));
  mkdirSync(join(s.config, 'projects'));
  for (const folder of ['sessions', 'projects']) chmodSync(join(s.config, folder), 0);
  t.after(() => ['sessions', 'projects'].forEach((folder) => chmodSync(join(s.config, folder), 0o700)));
  assert.deepEqual((await watch(t, s)).shown(), []);
});
