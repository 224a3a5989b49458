/** The record notices what is done to it: each way of tampering, and what is none. */
import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { test } from 'node:test';
import { retireDays } from '../../../src/adapters/node/audit/retention.ts';
import { verifyAudit } from '../../../src/adapters/node/audit/verify.ts';
import { verificationText, type AuditVerification } from '../../../src/core/audit/index.ts';
import { day, noon, stage, type Stage } from './stage.ts';

const one = `${day}/one.jsonl`;
const ledger = `${day}/heads.ledger.jsonl`;

/** Two sessions of one day, and one of the day after. */
function filled(t: Parameters<typeof stage>[0]): Stage {
  const staged = stage(t);
  for (let n = 0; n < 10; n++) {
    staged.attempt('one', n);
    staged.attempt('two', n);
  }
  staged.attempt('three', 86_400);
  return staged;
}

const swap = (lines: string[], a: number, b: number) => lines.with(a, lines[b] ?? '').with(b, lines[a] ?? '');
function emptyDay(staged: Stage): void {
  rmSync(staged.file(day), { recursive: true });
  mkdirSync(staged.file(day));
}
function replaceDay(staged: Stage): void {
  rmSync(staged.file(day), { recursive: true });
  writeFileSync(staged.file(day), '');
}
const edited = (line: string | undefined) => (line ?? '').replace('.txt', '.TXT');

const tampering: readonly { name: string; do: (staged: Stage) => void; finds: [file: string, kind: string, line?: number][] }[] = [
  { name: 'a line is removed', do: (s) => s.change(one, (lines) => lines.toSpliced(4, 1)), finds: [[one, 'missing', 4]] },
  { name: 'the first line is removed', do: (s) => s.change(one, (lines) => lines.slice(1)), finds: [[one, 'missing', 1]] },
  { name: 'a line is edited', do: (s) => s.change(one, (lines) => lines.with(4, edited(lines[4]))), finds: [[one, 'changed', 5]] },
  { name: 'a line is edited and is longer', do: (s) => s.change(one, (lines) => lines.with(4, (lines[4] ?? '').replace('.txt', '.text'))), finds: [[one, 'added', 5]] },
  { name: 'the last line is edited', do: (s) => s.change(one, (lines) => lines.with(9, edited(lines[9]))), finds: [[one, 'changed', 10]] },
  { name: 'the first line is edited', do: (s) => s.change(one, (lines) => lines.with(0, edited(lines[0]))), finds: [[one, 'changed', 1]] },
  { name: 'two lines are swapped', do: (s) => s.change(one, (lines) => swap(lines, 3, 6)), finds: [[one, 'missing', 3]] },
  { name: 'a line is there twice', do: (s) => s.change(one, (lines) => lines.toSpliced(4, 0, lines[4] ?? '')), finds: [[one, 'changed', 6]] },
  { name: 'the last line is removed', do: (s) => s.change(one, (lines) => lines.slice(0, -1)), finds: [[one, 'cut', 9]] },
  { name: 'the file is cut within a line', do: (s) => truncateSync(s.file(one), statSync(s.file(one)).size - 700), finds: [[one, 'cut']] },
  { name: 'the file is emptied', do: (s) => truncateSync(s.file(one)), finds: [[one, 'cut', 0]] },
  { name: 'the file is removed', do: (s) => rmSync(s.file(one)), finds: [[one, 'file-missing']] },
  { name: 'the file is replaced by another', do: (s) => s.change(one, () => s.read(`${day}/two.jsonl`)), finds: [[one, 'changed']] },
  { name: 'another program appends', do: (s) => appendFileSync(s.file(one), 'hello\n'), finds: [[one, 'foreign', 11]] },
  { name: 'another program appends, without a line break', do: (s) => appendFileSync(s.file(one), 'hello'), finds: [[one, 'foreign', 11]] },
  { name: 'another program appends JSON of its own', do: (s) => appendFileSync(s.file(one), '{"at":1}\n'), finds: [[one, 'foreign', 11]] },
  { name: 'the ledger is edited', do: (s) => s.change(ledger, (lines) => lines.with(2, (lines[2] ?? '').replace('"at":1', '"at":2'))), finds: [[ledger, 'changed', 3]] },
  { name: 'the last line of the ledger is removed', do: (s) => s.change(ledger, (lines) => lines.slice(0, -1)), finds: [[ledger, 'cut', 19]] },
  { name: 'the ledger is removed', do: (s) => rmSync(s.file(ledger)), finds: [[ledger, 'ledger-missing']] },
  { name: 'the day is removed', do: (s) => rmSync(s.file(day), { recursive: true }), finds: [[day, 'day-missing']] },
  { name: 'all of the day is removed but its folder', do: (s) => emptyDay(s), finds: [[day, 'day-missing']] },
  { name: 'something that is no folder stands in the place of the day', do: (s) => replaceDay(s), finds: [[day, 'unreadable']] },
];
for (const { name, do: tamper, finds } of tampering) {
  test(`noticed: ${name}`, async (t) => {
    const staged = filled(t);
    assert.equal((await verifyAudit(staged.data, noon, false)).state, 'unbroken');
    tamper(staged);
    const found = await verifyAudit(staged.data, noon, false);
    assert.deepEqual(found.breaks.map(({ file, kind, line }, index) => [file, kind, ...(finds[index]?.[2] === undefined ? [] : [line])]), finds, JSON.stringify(found.breaks));
    assert.equal(found.state, 'broken');
    assert.match(verificationText(found), /^The record is broken\. .*2026-03-14/);
  });
}

test('what is gone as a whole is missed, once it was seen to be right', async (t) => {
  const staged = filled(t);
  assert.equal((await verifyAudit(staged.data, noon)).state, 'unbroken');
  staged.attempt('one', 11);
  const [size, heads] = [statSync(staged.file(one)).size, staged.read(ledger)];
  assert.equal((await verifyAudit(staged.data, noon)).state, 'unbroken', 'it has grown');
  rmSync(staged.file('2026-03-15'), { recursive: true });
  assert.deepEqual((await verifyAudit(staged.data, noon)).breaks.map(({ file, kind }) => [file, kind]), [['2026-03-15', 'day-missing']]);
  rmSync(dirname(staged.file(day)), { recursive: true });
  assert.equal((await verifyAudit(staged.data, noon)).state, 'broken');
  assert(size > 0 && heads !== '');
});

test('a ledger that was cut with all of its last lines is missed by the lines that it does not know', async (t) => {
  const staged = stage(t);
  for (let n = 0; n < 30; n++) staged.attempt('one', n);
  staged.change(ledger, (lines) => lines.slice(0, 5));
  assert.deepEqual((await verifyAudit(staged.data, noon)).breaks.map(({ file, kind, line, until }) => [file, kind, line, until]), [[one, 'unwitnessed', 6, 30]]);
});

const harmless: readonly { name: string; do: (staged: Stage) => void; torn: number }[] = [
  { name: 'a process that was killed while it wrote', do: (s) => appendFileSync(s.file(one), s.read(one).slice(0, 100)), torn: 1 },
  { name: 'one that was killed after a few letters', do: (s) => appendFileSync(s.file(one), '{"pr'), torn: 1 },
  { name: 'blank lines', do: (s) => appendFileSync(s.file(one), '\n\n'), torn: 0 },
];
for (const { name, do: work, torn } of harmless) {
  test(`no break: ${name}; and the record goes on`, async (t) => {
    const staged = filled(t);
    work(staged);
    const counts = ({ state, torn: cut }: AuditVerification) => [state, cut];
    assert.deepEqual(counts(await verifyAudit(staged.data, noon)), ['unbroken', torn]);
    staged.attempt('one', 20);
    staged.attempt('one', 21);
    const found = await verifyAudit(staged.data, noon);
    assert.deepEqual(counts(found), ['unbroken', torn], JSON.stringify(found));
    assert.equal(found.lines, 23 + torn);
    staged.change(one, (lines) => lines.with(-2, edited(lines.at(-2))));
    assert.equal((await verifyAudit(staged.data, noon)).state, 'broken');
  });
}

test('old days go when the settings say so, and are not missed', async (t) => {
  const staged = filled(t);
  const later = noon + 5 * 86_400_000;
  await verifyAudit(staged.data, noon);
  for (const days of [0, -1, 0.5, Number.NaN, 90]) assert.deepEqual(retireDays(staged.data, days, later), []);
  assert.deepEqual(retireDays(staged.data, 5, later), [day]);
  staged.event({ hook_event_name: 'PreToolUse', session_id: 'four', tool_name: 'Read', tool_input: {} }, later);
  const found = await verifyAudit(staged.data, later);
  assert.deepEqual([found.state, found.since, found.files], ['unbroken', '2026-03-15', 2], JSON.stringify(found));
  rmSync(staged.file('2026-03-15'), { recursive: true });
  assert.equal((await verifyAudit(staged.data, later)).state, 'broken', 'that one was not retired');
});

test('nothing is no break', async (t) => {
  const found = await verifyAudit(stage(t).data, noon);
  assert.deepEqual([found.state, verificationText(found)], ['empty', 'Nothing is on the record yet.']);
});

test('a file that cannot be read is named', async (t) => {
  const staged = filled(t);
  rmSync(staged.file(one));
  // Nobody can read a folder as a file.
  mkdirSync(staged.file(one));
  assert.deepEqual((await verifyAudit(staged.data, noon)).breaks.map(({ kind }) => kind), ['unreadable']);
  writeFileSync(staged.file(`${day}/notes.txt`), 'no file of the record');
});
