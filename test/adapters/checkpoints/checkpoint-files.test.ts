/** Checkpoints on the disk: which is the last, which are told, and how many are kept. */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { checkpointsIn, latestCheckpoint, readWords, writeCheckpoint, writeWords } from '../../../src/adapters/node/checkpoints/checkpoint-files.ts';
import type { Facts } from '../../../src/core/checkpoints/index.ts';

const activity: Facts['activity'] = { startedAt: 0, lastAt: 0, asked: [], askedCount: 1, commands: [], commandCount: 0, edited: [], lastAnswer: undefined };
const facts = (session: string, at: number, root = '/r'): Facts => ({ session, at, trigger: 'end', root, branch: undefined, head: undefined, activity, commits: [], files: [], comments: [], commentCount: 0, claims: [], waitingAt: [], words: undefined });

function scope(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'wheelhouse-checkpoints-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test('the last one: of the session, else of the work tree, else of the repository', (t) => {
  const s = scope(t);
  assert.equal(latestCheckpoint(s), undefined);
  const ids = [['one', '/r'], ['two', '/w'], ['one', '/r'], ['three', '/w']].map(([session = '', root], n) => writeCheckpoint(s, facts(session, n * 1000, root), 'x').id);
  const last = (filter?: object) => ids.indexOf(latestCheckpoint(s, filter)?.id ?? '');
  assert.deepEqual([last(), last({ root: '/r' }), last({ root: '/w' }), last({ root: '/none' }), last({ session: 'two' }), last({ session: 'tw', root: '/r' }), last({ session: 'none', root: '/r' })], [3, 2, 3, 3, 1, 1, 2]);
});

test('one that the user made private, or broke, is told to nobody', (t) => {
  const s = scope(t);
  const [first, second] = [writeCheckpoint(s, facts('one', 0), 'x'), writeCheckpoint(s, facts('two', 1000), 'x')];
  for (const [from, to] of [['visibility: public', 'visibility: private'], ['visibility: public\n', ''], ['[checkpoint]', '[checkpoint, PRIVATE]'], ['state: x\n---', 'state: x']] as const) {
    const text = readFileSync(second.path, 'utf8');
    writeFileSync(second.path, text.replace(from, to));
    assert.deepEqual([...checkpointsIn(s)].map(({ id }) => id), [first.id], to);
    writeFileSync(second.path, text);
  }
  assert.equal(latestCheckpoint(s)?.id, second.id);
});

test('fifty are kept; files that are none of ours stay', (t) => {
  const s = scope(t);
  writeCheckpoint(s, facts('one', 0), 'x');
  writeFileSync(join(s, 'checkpoints', 'mine.md'), 'x');
  for (let n = 1; n < 60; n++) writeCheckpoint(s, facts('one', n * 1000), 'x');
  const names = readdirSync(join(s, 'checkpoints')).filter((name) => name.endsWith('.md'));
  assert.equal(names.length, 51);
  assert(names.includes('mine.md'));
  assert(!names.some((name) => name.startsWith('checkpoint-19700101000000')));
});

test('they are the user\'s alone', { skip: process.platform === 'win32' }, (t) => {
  const s = scope(t);
  const { path } = writeCheckpoint(s, facts('one', 0), 'x');
  assert.deepEqual([statSync(path).mode & 0o777, statSync(join(s, 'checkpoints')).mode & 0o777], [0o600, 0o700]);
});

test('what a session said is kept by its id, which leads nowhere else', (t) => {
  const s = scope(t);
  const words = { at: 1, summary: 'x' };
  writeWords(s, '../../one', words);
  assert.deepEqual(readWords(s, '../../one'), words);
  assert.deepEqual(readdirSync(join(s, 'checkpoints', 'words')), ['one.json']);
  assert.equal(readWords(s, 'two'), undefined);
});

test('without permission it is said what cannot be written', { skip: process.platform === 'win32' }, () => {
  assert.throws(() => writeCheckpoint('/dev/null/scope', facts('one', 0), 'x'), { code: 'unwritable' });
});
