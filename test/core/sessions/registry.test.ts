import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readRegistryRow, reasonText, registryPid, type RegistryRow } from '../../../src/core/sessions/index.ts';

test('which files are rows', () => {
  const names: Record<string, number | undefined> = { '123.json': 123, 'pid-123.json': undefined, '123.json.tmp': undefined, '0.json': undefined, '12a.json': undefined, '99999999999.json': undefined, 'README': undefined };
  for (const [name, pid] of Object.entries(names)) assert.equal(registryPid(name), pid, name);
});

test('a status is an opinion', () => {
  const cases: [row: object, said: string | undefined][] = [
    [{ status: 'busy', statusUpdatedAt: 5 }, '5 working'],
    [{ status: 'idle', updatedAt: 6 }, '6 idle'],
    [{ status: 'shell', updatedAt: 6, statusUpdatedAt: 5 }, '5 working background tasks'],
    [{ status: 'waiting' }, '9 waiting a permission'],
    [{ status: 'waiting', waitingFor: 'permission prompt' }, '9 waiting a permission'],
    [{ status: 'waiting', waitingFor: 'approve Bash' }, '9 waiting approve Bash'],
    [{ status: 'waiting', waitingFor: 'sandbox request' }, '9 waiting approve sandbox request'],
    [{ status: 'waiting', waitingFor: 'input needed' }, '9 waiting input: input needed'],
    [{ status: 'waiting', waitingFor: 'approve \u001b]0;x\u0007 Bash\n' }, '9 waiting approve ]0;x Bash'],
    [{ status: null }, undefined],
    [{ status: 'hibernating' }, undefined],
    [{ status: 7, statusUpdatedAt: 'x' }, undefined],
    [{}, undefined],
  ];
  for (const [row, said] of cases) {
    const opinion = readRegistryRow(JSON.stringify(row), 1, 9)?.opinion;
    assert.equal(opinion && `${opinion.at} ${opinion.state} ${reasonText(opinion.reason)}`.trim(), said, JSON.stringify(row));
  }
});

test('a whole row', () => {
  const row = readRegistryRow(JSON.stringify({ pid: 1, sessionId: 's', cwd: '/p', startedAt: 3, procStart: '404382', pidDomain: 'linux:box', version: '2.1.197', kind: 'interactive', entrypoint: 'cli', name: 'p-a0', peerProtocol: 1 }), 1, 9);
  assert.deepEqual(row?.facts, { pid: 1, agent: 'claude', sessionId: 's', name: 'p-a0', cwd: '/p', kind: 'interactive', entrypoint: 'cli', version: '2.1.197', startedAt: 3 });
  assert.deepEqual([row.procStart, row.host], ['404382', 'box']);
});

test('what is no row', () => {
  for (const text of ['', '{"pid":1,"sta', '[]', 'null', '"x"', '{"pid":2}', '\u0000\u0000']) assert.equal(readRegistryRow(text, 1, 9), undefined, text);
});

test('a conversation that has just begun in a process that goes on', () => {
  const read = (rows: readonly (readonly [sessionId: string, status: string])[]) =>
    rows.reduce<RegistryRow[]>((read, [sessionId, status], index) => [...read, readRegistryRow(JSON.stringify({ sessionId, status, updatedAt: index }), 1, 9, read.at(-1))!], []).map(({ opinion }) => `${opinion!.state} ${opinion!.reason?.kind ?? ''}`.trim());
  assert.deepEqual(read([['a', 'idle'], ['a', 'busy'], ['a', 'idle']]), ['idle', 'working', 'idle']);
  assert.deepEqual(read([['a', 'idle'], ['b', 'busy'], ['b', 'idle'], ['b', 'idle'], ['b', 'busy'], ['b', 'idle']]), ['idle', 'working', 'idle started', 'idle started', 'working', 'idle']);
  assert.deepEqual(read([['a', 'busy'], ['b', 'idle'], ['b', 'busy'], ['b', 'idle']]), ['working', 'idle started', 'working', 'idle']);
});

test('what a background session is called; never an option or a path', () => {
  const jobOf = (jobId: unknown) => readRegistryRow(JSON.stringify({ kind: 'bg', jobId }), 1, 9)?.facts.jobId;
  assert.deepEqual(['b2cc4a8b', '--help', '../x', '', 7, undefined].map(jobOf), ['b2cc4a8b', undefined, undefined, undefined, undefined, undefined]);
});
