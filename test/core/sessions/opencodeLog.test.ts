/** What lines of opencode's log say; in the format of 1.18.33. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { OpencodeLogReader, runOf } from '../../../src/core/sessions/index.ts';

const T0 = 1_760_000_000_000;
const line = (second: number, rest: string, run = '1958c7da') => `timestamp=${new Date(T0 + second * 1000).toISOString()} level=INFO run=${run} ${rest}`;

function read(lines: readonly string[]): OpencodeLogReader {
  const reader = new OpencodeLogReader();
  for (const each of lines) reader.add(each);
  return reader;
}

test('what a run works on, and asks for', () => {
  const { runs } = read([
    line(0, 'message="creating instance" directory=/p'),
    line(2, 'message=created id=ses_a slug=x directory=/p path="" title="New session - 2026" parentID=undefined'),
    line(3, 'message=loop session.id=ses_a step=0'),
    line(4, 'message=evaluated permission=bash pattern="rm -rf build" action.permission=bash action.action=ask'),
    line(4, 'message=asking id=per_1 permission=bash patterns="[\\"rm -rf build\\",\\"ls\\"]"'),
    line(5, 'message=asking id=que_1 questions=1'),
    line(6, 'message=loop session.id=ses_b step=0', 'b0c0d947'),
    line(7, 'message=loop session.id=ses_c step=0'),
    line(8, 'message=loop session.id=ses_a step=1'),
  ]);
  assert.deepEqual([...runs], [
    ['1958c7da', { sessions: ['ses_c', 'ses_a'], asks: [{ at: T0 + 4000, permission: 'bash', patterns: ['rm -rf build', 'ls'] }, { at: T0 + 5000, permission: undefined, patterns: [] }] }],
    ['b0c0d947', { sessions: ['ses_b'], asks: [] }],
  ]);
});

test('whose line it is', () => {
  assert.equal(runOf(line(0, 'message=init run=other')), '1958c7da');
  for (const other of ['', 'at run (file.js:1:2) run=x ', 'run=x message=init', line(0, '').trimEnd()]) assert.equal(runOf(other), undefined);
});

test('what is damaged, unknown or hostile says nothing, and never throws', () => {
  const before = line(0, 'message=loop session.id=ses_a step=0');
  const lines = ['', 'x', 'run=1', 'timestamp=yesterday run=1 message=loop session.id=ses_b', line(1, ''), line(1, 'message=loop'), line(1, 'message=asked id=per_1'), line(1, 'message=created id=per_1'), line(1, 'message="loop session.id=ses_b')];
  assert.deepEqual(read([before, ...lines]).runs, read([before]).runs);
  const asks = read([line(1, 'message=asking id=per_1 permission=bash patterns="[7,null,{'), line(1, 'message=asking id=per_1 permission=bash patterns="[7,\\"a\\"]"')]).runs.get('1958c7da')?.asks;
  assert.deepEqual(asks?.map(({ patterns }) => patterns), [[], ['a']]);
  fc.assert(fc.property(fc.string(), (text) => void read([text, line(1, text), line(1, `message=asking patterns=${text}`)])), { seed: 5 });
});

test('it forgets what is long ago', () => {
  const { runs } = read(Array.from({ length: 500 }, (_, index) => [line(index, `message=loop session.id=ses_${index}`, 'one'), line(index, 'message=asking id=per_1 permission=bash', 'one'), line(index, 'message=init', `run${index}`)]).flat());
  assert(runs.size <= 200, `${runs.size}`);
  const one = read(Array.from({ length: 500 }, (_, index) => [line(index, `message=loop session.id=ses_${index}`), line(index, 'message=asking id=per_1 permission=bash')]).flat()).runs.get('1958c7da');
  assert.deepEqual([one?.sessions.length, one?.sessions.at(-1), one?.asks.length], [20, 'ses_499', 20]);
});
