import assert from 'node:assert/strict';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { agentChanges, textsOf, undoAgentChange, type AgentChange } from '../../../src/adapters/node/notes/agent-changes.ts';
import { nodeProcesses } from '../../../src/adapters/node/processes.ts';
import { createGit } from '../../../src/core/git/git.ts';
import { org, stage } from './stage.ts';

const git = createGit(nodeProcesses());
const lines = (words: readonly string[]) => words.map((word) => `${word}\n\n`).join('');
const words = ['one', 'two', 'three', 'four', 'five'];

/** A public note in a git repository, changed twice by an agent that also created another one. */
async function changed(t: TestContext) {
  const s = stage(t, { 'a.org': org('a', 'A', ':PUBLIC:', lines(words)), 'sub/mine.org': org('mine', 'Mine', '', 'x\n') });
  s.git('init', '-q', '-b', 'main');
  s.git('add', '.');
  s.git('commit', '-qm', 'mine');
  const [all, open] = [await s.all(), await s.public()];
  const update = async (from: string, to: string) => {
    const { content, hash } = await open.agent.get('a');
    assert.equal((await open.agent.update('a', content.replace(from, to), hash)).status, 'written');
  };
  await update('two', 'TWO');
  await update('four', 'FOUR');
  await open.agent.create({ id: 'new', title: 'New', content: 'By an agent.\n', tags: [] }, 'org');
  const list = async () => (await agentChanges(git, all.folders, 50)).changes;
  const named = async (subject: string, at = 0): Promise<AgentChange> => {
    const found = (await list()).filter((change) => change.subject === subject)[at];
    assert(found, subject);
    return found;
  };
  const removed: string[] = [];
  const undo = (change: AgentChange) => undoAgentChange(all, git, change, (path) => {
    removed.push(path);
    rmSync(path);
    return Promise.resolve();
  });
  return { s, all, list, named, undo, removed };
}

test('each change is listed once, with the session and the texts before and after', async (t) => {
  const { s, list, named } = await changed(t);
  assert.deepEqual((await list()).map(({ subject, session, isNew, isUndone, path }) => [subject, session, isNew, isUndone, path]).sort(), [
    ['notes: create new', 's-1', true, false, join(s.folder, 'new.org')],
    ['notes: update a', 's-1', false, false, join(s.folder, 'a.org')],
    ['notes: update a', 's-1', false, false, join(s.folder, 'a.org')],
  ]);
  const texts = [await textsOf(git, await named('notes: update a', 0)), await textsOf(git, await named('notes: update a', 1))];
  assert(texts.some(({ before, after }) => before.includes('two') && after.includes('TWO') && after.includes('four')));
  assert.deepEqual((await textsOf(git, await named('notes: create new'))).before, '');
});

test('an earlier change is taken back, and what was written since stays', async (t) => {
  const { s, named, undo, list } = await changed(t);
  const changes = [await named('notes: update a', 0), await named('notes: update a', 1)];
  const texts = await Promise.all(changes.map((change) => textsOf(git, change)));
  const first = changes[texts.findIndex(({ after }) => after.includes('four'))];
  assert(first);
  s.write('a.org', s.read('a.org').replace('five', 'five by me'));
  assert.deepEqual(await undo(first), { merged: true });
  assert.match(s.read('a.org'), /two\n\nthree\n\nFOUR\n\nfive by me/);
  assert.equal((await list()).find(({ commit }) => commit === first.commit)?.isUndone, true);
  assert.equal((await list()).length, 3, 'undoing is no change by an agent');
  assert.match(s.git('log', '-1', '--format=%B'), /^notes: undo "notes: update a"\n\nUndoes: [0-9a-f]{40}/);
  assert.equal(s.git('status', '--porcelain'), '', 'the user finds nothing to tidy up');
});

test('lines that were changed since are not touched', async (t) => {
  const { s, named, undo } = await changed(t);
  s.write('a.org', s.read('a.org').replace('FOUR', 'four by me'));
  const changes = [await named('notes: update a', 0), await named('notes: update a', 1)];
  const texts = await Promise.all(changes.map((change) => textsOf(git, change)));
  const second = changes[texts.findIndex(({ after }) => after.includes('FOUR'))];
  assert(second);
  const before = s.read('a.org');
  await assert.rejects(undo(second), { code: 'conflict', message: /nothing was undone/ });
  assert.equal(s.read('a.org'), before);
});

test('a note that an agent created goes away, unless somebody changed it', async (t) => {
  const { s, named, undo, removed, list } = await changed(t);
  const created = await named('notes: create new');
  const text = s.read('new.org');
  s.write('new.org', `${text}mine\n`);
  await assert.rejects(undo(created), { code: 'conflict', message: /Delete/ });
  s.write('new.org', text);
  await undo(created);
  assert.deepEqual([removed, existsSync(join(s.folder, 'new.org'))], [[join(s.folder, 'new.org')], false]);
  assert.equal((await list()).find(({ isNew }) => isNew)?.isUndone, true);
  await assert.rejects(undo(created), { code: 'not-found' });
});

test('outside of git nothing is recorded, and that is said', async (t) => {
  const s = stage(t, { 'a.org': org('a', 'A', ':PUBLIC:') });
  const notes = await s.all();
  assert.deepEqual(await agentChanges(git, [...notes.folders, join(s.home, 'gone')], 50), { changes: [], unrecorded: [s.folder, join(s.home, 'gone')] });
  s.git('init', '-q', '-b', 'main');
  assert.deepEqual(await agentChanges(git, notes.folders, 50), { changes: [], unrecorded: [] }, 'a repository without a commit');
});
