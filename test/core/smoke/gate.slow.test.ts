import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '../../../src/adapters/node/clock.ts';
import { nodeProcesses } from '../../../src/adapters/node/processes.ts';
import { nodeSourceTrees } from '../../../src/adapters/node/source-tree.ts';
import { isWheelhouseError } from '../../../src/core/base/errors.ts';
import { createGit } from '../../../src/core/git/git.ts';
import { createSmokeGate, type SmokeEvidence, type SmokeRunOptions } from '../../../src/core/smoke/index.ts';
import { outputTail } from '../../../src/core/smoke/gate.ts';
import { testRepository } from '../../helpers/repository.ts';

function setUp(t: TestContext) {
  const repository = testRepository({ 'a.txt': 'a\n', '.gitignore': 'ignored\n' });
  t.after(() => repository.dispose());
  const passed: SmokeEvidence[] = [];
  const processes = nodeProcesses();
  const gate = createSmokeGate({
    processes,
    trees: nodeSourceTrees(createGit(processes)),
    history: { find: (tree, command) => passed.find((e) => e.tree === tree && e.command === command), record: (e) => Promise.resolve(void passed.push(e)) },
    now: () => systemClock.now(),
  });
  const check = (line: string, more: Partial<SmokeRunOptions> = {}) =>
    gate.check({ root: repository.root, command: { argv: ['/bin/sh', '-c', line], label: line, source: 'setting' }, exclude: [], timeoutMs: 30_000, ...more });
  return { repository, passed, check };
}

const outcomes: { name: string; line: string; passed: boolean; reason?: RegExp; tail?: RegExp }[] = [
  { name: 'exit 0', line: 'true', passed: true },
  { name: 'exit 1 with its output', line: 'echo out; echo err >&2; exit 1', passed: false, reason: /exit code 1/, tail: /out\nerr/ },
  { name: 'a test that kills itself', line: 'kill -9 $$', passed: false, reason: /SIGKILL/ },
  { name: 'a program that is not there', line: 'no-such-program-here', passed: false, reason: /exit code 127/ },
  { name: 'an edit of a tracked file meanwhile', line: 'echo b >> a.txt', passed: false, reason: /a\.txt changed while they ran/ },
  { name: 'a tracked file removed meanwhile', line: 'rm a.txt', passed: false, reason: /a\.txt changed/ },
  { name: 'a commit meanwhile', line: 'echo b >> a.txt; git commit -qam x --author "a <a@b>"', passed: false, reason: /commit/ },
  { name: 'a commit of what it tested', line: 'git commit -q --allow-empty -m x --author "a <a@b>"', passed: true },
  { name: 'ignored files that it leaves behind', line: 'echo x > ignored', passed: true },
  { name: 'new files that it leaves behind', line: 'echo x > report.xml', passed: true },
];
for (const { name, line, passed, reason, tail } of outcomes) {
  test(`the gate: ${name}`, async (t) => {
    const { check, repository } = setUp(t);
    Object.assign(process.env, { GIT_COMMITTER_NAME: 'a', GIT_COMMITTER_EMAIL: 'a@b' });
    repository.write('.gitignore', 'ignored\n');
    const outcome = await check(line);
    assert.equal(outcome.passed, passed);
    if (!outcome.passed) {
      if (reason) assert.match(outcome.reason, reason);
      if (tail) assert.match(outcome.tail, tail);
    }
  });
}

test('a hanging test is stopped with everything that it started', async (t) => {
  const { check } = setUp(t);
  const mark = `61${process.pid}.5`;
  const outcome = await check(`sleep ${mark} & trap "" TERM; sleep ${mark}; wait`, { timeoutMs: 300 });
  assert(!outcome.passed && /did not end within/.test(outcome.reason));
  await sleep(200);
  assert.equal(execFileSync('/bin/sh', ['-c', `ps -A -o args= | grep -c "^sleep ${mark}" || true`], { encoding: 'utf8' }).trim(), '0');
});

test('100 MB of output are read, and only the end is kept', async (t) => {
  const { check } = setUp(t);
  const outcome = await check('yes 0123456789012345678901234567890123456789 | head -c 100000000; echo; echo the end; exit 1');
  assert(!outcome.passed);
  assert.match(outcome.tail, /the end$/);
  assert(outcome.tail.length < 10_000);
});

test('who waits can leave; the run is cancelled when the last has left', async (t) => {
  const { check, repository } = setUp(t);
  const [first, second] = [new AbortController(), new AbortController()];
  const line = 'sleep 3; echo done > ignored';
  const waiting = [check(line, { signal: first.signal }), check(line, { signal: second.signal })];
  const results = Promise.allSettled(waiting);
  await sleep(300);
  first.abort();
  await assert.rejects(waiting[0]!, (error) => isWheelhouseError(error) && error.code === 'cancelled');
  second.abort();
  await results;
  await assert.rejects(waiting[1]!, (error) => isWheelhouseError(error) && error.code === 'cancelled');
  await sleep(100);
  assert.throws(() => repository.read('ignored'));
});

test('a result holds for the exact tree: content, new files, modes and names count; the log does not', async (t) => {
  const { check, repository } = setUp(t);
  const log = `${repository.root}/review.org`;
  const ran = async () => {
    const outcome = await check('true', { exclude: [log] });
    assert(outcome.passed);
    return outcome.ran;
  };
  assert.equal(await ran(), true);
  assert.equal(await ran(), false);
  const changes: (() => unknown)[] = [
    () => repository.write('a.txt', 'changed\n'),
    () => repository.write('new.txt', ''),
    () => execFileSync('chmod', ['+x', `${repository.root}/a.txt`]),
    () => execFileSync('mv', [`${repository.root}/new.txt`, `${repository.root}/renamed.txt`]),
  ];
  for (const change of changes) {
    change();
    assert.deepEqual([await ran(), await ran()], [true, false], String(change));
  }
  repository.write('review.org', 'the log\n');
  repository.write('ignored', 'x');
  assert.equal(await ran(), false);
  repository.commit('a commit of the same content');
  assert.equal(await ran(), false);
});

test('looking at the tree leaves index and objects of the repository alone', async (t) => {
  const { check, repository } = setUp(t);
  repository.write('new.txt', 'content that git has not seen\n');
  const state = () => execFileSync('/bin/sh', ['-c', 'find .git -type f | sort | xargs sha1sum'], { cwd: repository.root, encoding: 'utf8' });
  const before = state();
  await check('true');
  assert.equal(state(), before);
});

test('terminal escapes are taken out of the tail', () => {
  assert.equal(outputTail({ stdout: '\u001b[31mred\u001b[0m\n', stderr: '\u001b]0;title\u0007err' }), 'red\nerr');
});
