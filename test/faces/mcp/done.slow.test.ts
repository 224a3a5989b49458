import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { addComment, stage, type Stage } from '../cli/stage.ts';
import { connect, generations } from './connect.ts';

/** A smoke test that tells its process ids, then does not end by itself; the grandchild ignores what is polite. */
const endless = "test:\n\t@echo $$$$ > pids.txt; sh -c 'trap \"\" TERM INT HUP; echo $$$$ >> pids.txt; while :; do sleep 0.2; done' & echo begun; wait\n";

async function pids(staged: Stage): Promise<number[]> {
  for (;;) {
    const text = await readFile(join(staged.repo, 'pids.txt'), 'utf8').catch(() => '');
    const found = text.split('\n').filter((line) => line !== '').map(Number);
    if (found.length === 2) return found;
    await delay(30);
  }
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

async function allGone(processes: readonly number[], withinMs: number): Promise<boolean> {
  for (const until = Date.now() + withinMs; Date.now() < until; ) {
    if (!processes.some(isAlive)) return true;
    await delay(50);
  }
  return false;
}

async function staged(t: TestContext): Promise<{ repo: Stage; id: string }> {
  const repo = await stage(t, { files: { Makefile: endless, '.gitignore': 'pids.txt\n', 'code.txt': 'one\n' } });
  return { repo, id: await addComment(repo, 'code.txt:1') };
}

const stateOf = async (repo: Stage, id: string) => (JSON.parse((await repo.wheelhouse(['review', 'show', id, '--json'])).stdout) as { state: string }).state;

for (const generation of generations) {
  test(`review_done can be cancelled: the test's process tree is gone and the comment stays open, ${generation}`, { timeout: 30_000 }, async (t) => {
    const { repo, id } = await staged(t);
    const { client, call } = await connect(t, repo, { generation });
    const cancel = new AbortController();
    const called = client.callTool({ name: 'review_done', arguments: { id, summary: 'x' } }, { signal: cancel.signal });
    const processes = await pids(repo);
    cancel.abort();
    await assert.rejects(called);
    assert.ok(await allGone(processes, 6000), 'the smoke test still runs');
    assert.equal(await stateOf(repo, id), 'todo');
    assert.equal((await call('review_list'))['total'], 1, 'the server goes on');
  });
}

test('a client that goes away takes the smoke test with it', { timeout: 30_000 }, async (t) => {
  const { repo, id } = await staged(t);
  const { client, pid } = await connect(t, repo);
  const called = client.callTool({ name: 'review_done', arguments: { id, summary: 'x' } });
  const processes = await pids(repo);
  await Promise.all([assert.rejects(called), client.close()]);
  assert.ok(await allGone([...processes, pid], 8000), 'something still runs');
});

test('progress is told while the smoke test runs, with a number that only rises', { timeout: 30_000 }, async (t) => {
  const repo = await stage(t, { files: { Makefile: 'test:\n\t@echo step one; sleep 6; echo step two\n', 'code.txt': 'one\n' } });
  const id = await addComment(repo, 'code.txt:1');
  const { client } = await connect(t, repo);
  const told: { progress: number; message?: string | undefined }[] = [];
  await client.callTool({ name: 'review_done', arguments: { id, summary: 'x' } }, { onprogress: (progress) => told.push(progress) });
  assert.ok(told.length >= 3, JSON.stringify(told));
  assert.ok(told.every(({ progress }, index) => progress > (told[index - 1]?.progress ?? -1)), JSON.stringify(told));
  assert.match(told.at(-1)?.message ?? '', /runs since \d+ s: step one/);
});

test('settings that the editor has left are used, those that it leaves later too', async (t) => {
  const repo = await stage(t, { files: { 'code.txt': 'one\n' } });
  const id = await addComment(repo, 'code.txt:1');
  const { call, refusal } = await connect(t, repo);
  assert.match(await refusal('review_done', { id, summary: 'x' }), /has no smoke test/);
  const [scope = ''] = (await repo.run(['find', repo.home, '-name', 'journal.jsonl'])).stdout.trim().split('\n');
  const settings = scope.replace(/journal\.jsonl$/, 'settings.json');
  await repo.run(['sh', '-c', `echo '{"smokeCommand":"true"}' > '${settings}'`]);
  assert.equal(((await call('review_done', { id, summary: 'x' }))['comment'] as { verified: boolean }).verified, true);
  await rm(settings);
});
