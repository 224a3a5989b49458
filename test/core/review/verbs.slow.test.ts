import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { isWheelhouseError, type ErrorCode } from '../../../src/core/base/errors.ts';
import * as review from '../../../src/core/review/index.ts';
import { okMakefile, testRepository, type TestRepository } from '../../helpers/repository.ts';

const files = { Makefile: okMakefile, '.gitignore': '.runs\n', 'app.txt': 'one ok\ntwo\nthree\nfour\nfive\n', 'src/b.txt': 'alpha\nbeta\ngamma\n' };

async function project(t: TestContext, initial: Readonly<Record<string, string>> = files) {
  const repository = testRepository(initial);
  t.after(() => repository.dispose());
  const workspace = await repository.open();
  const add = async (path: string, line: number, text = 'a comment', more: Partial<review.AddOptions> = {}) => {
    const [item] = await review.addComments(workspace.review, { places: [{ path: join(repository.root, path), range: { start: line, end: line } }], text, ...more });
    return item!;
  };
  return { repository, workspace, context: workspace.review, add };
}

const runs = (repository: TestRepository) => (existsSync(join(repository.root, '.runs')) ? repository.read('.runs').trim().split('\n').length : 0);

async function refusal(work: Promise<unknown>): Promise<{ code: ErrorCode; message: string; details: string | undefined }> {
  try {
    await work;
  } catch (error) {
    assert(isWheelhouseError(error), String(error));
    return error;
  }
  assert.fail('it was not refused');
}

test('a comment stands in the log in the printed form, and is listed', async (t) => {
  const { repository, add, context } = await project(t);
  const item = await add('app.txt', 2, 'too generic', { severity: 'must', tags: ['errors'] });
  assert.match(readFileSync(repository.log, 'utf8'), /^\*\* TODO \[\[file:.*app\.txt::2\]\[app\.txt:2\]\] :must:errors:\n {3}:PROPERTIES:\n {3}:ID: cr-[a-z2-7]{8}\n {3}:PROJECT: project\n {3}:TIMESTAMP: \[\d{4}-\d\d-\d\d \w{3} \d\d:\d\d\]\n {3}:END:\n {3}too generic\n$/m);
  const [listed] = await review.listComments(context);
  assert.deepEqual(listed, item);
  assert.deepEqual([item.state, item.status, item.file, item.range, item.severity, item.tags, item.project], ['todo', 'exact', 'app.txt', { start: 2, end: 2 }, 'must', ['errors'], 'project']);
});

test('several places get a comment each, in one write', async (t) => {
  const { repository, context } = await project(t);
  const places = [1, 3].map((line) => ({ path: join(repository.root, 'app.txt'), range: { start: line, end: line } }));
  const items = await review.addComments(context, { places, text: 'both' });
  assert.deepEqual(items.map((item) => item.range.start), [1, 3]);
  assert.equal((await review.listComments(context)).length, 2);
});

test('a log inside the repository has relative links', async (t) => {
  const { repository } = await project(t);
  const { review: context } = await repository.open({ logFile: 'notes/review.org' });
  await review.addComments(context, { places: [{ path: join(repository.root, 'app.txt'), range: { start: 1, end: 1 } }], text: 'x' });
  assert.match(repository.read('notes/review.org'), /\[\[file:\.\.\/app\.txt::1\]\[app\.txt:1\]\]/);
  assert.equal((await review.listComments(context))[0]?.file, 'app.txt');
});

const refusedPlaces: { name: string; place: [string, number, number]; code: ErrorCode }[] = [
  { name: 'no such file', place: ['gone.txt', 1, 1], code: 'not-found' },
  { name: 'a folder', place: ['src', 1, 1], code: 'not-found' },
  { name: 'line 0', place: ['app.txt', 0, 0], code: 'invalid-input' },
  { name: 'behind the end', place: ['app.txt', 7, 7], code: 'invalid-input' },
  { name: 'end before start', place: ['app.txt', 3, 2], code: 'invalid-input' },
];
for (const { name, place: [path, start, end], code } of refusedPlaces) {
  test(`a comment on ${name} is refused, and the log is not made`, async (t) => {
    const { repository, context } = await project(t);
    const refused = await refusal(review.addComments(context, { places: [{ path: join(repository.root, path), range: { start, end } }], text: 'x' }));
    assert.equal(refused.code, code);
    assert(!existsSync(repository.log));
  });
}

test('an empty comment is refused', async (t) => {
  const { add } = await project(t);
  assert.equal((await refusal(add('app.txt', 1, ' \n '))).code, 'usage');
});

// How the file changes after line 3 ("three") was commented, and where the comment is then.
const moves: { name: string; change: (repository: TestRepository) => void; expected: [string, number, string] }[] = [
  { name: 'lines above', change: (r) => r.write('app.txt', `zero\n\n${files['app.txt']}`), expected: ['app.txt', 5, 'moved'] },
  { name: 'an edit of the line', change: (r) => r.write('app.txt', files['app.txt'].replace('three', 'three and more')), expected: ['app.txt', 3, 'edited'] },
  { name: 'git mv', change: (r) => void r.git('mv', 'app.txt', 'renamed.txt'), expected: ['renamed.txt', 3, 'exact'] },
  { name: 'a committed rename', change: (r) => (r.git('mv', 'app.txt', 'lib.txt'), void r.commit()), expected: ['lib.txt', 3, 'exact'] },
  { name: 'the file removed', change: (r) => void r.git('rm', '-qf', 'app.txt'), expected: ['app.txt', 3, 'file-gone'] },
];
for (const { name, change, expected } of moves) {
  test(`a comment follows its code: ${name}`, async (t) => {
    const { repository, add, context } = await project(t);
    const { id } = await add('app.txt', 3);
    change(repository);
    const item = await review.showComment(context, id);
    assert.deepEqual([item.file, item.range.start, item.status], expected);
  });
}

test('a branch switch moves the comment there and back, and the log is not touched', async (t) => {
  const { repository, add, context } = await project(t);
  repository.git('checkout', '-qb', 'other');
  repository.write('app.txt', `a\nb\n${files['app.txt']}`);
  repository.commit();
  repository.git('checkout', '-q', 'main');
  const { id } = await add('app.txt', 2);
  const log = readFileSync(repository.log);
  repository.git('checkout', '-q', 'other');
  assert.equal((await review.showComment(context, id)).range.start, 4);
  repository.git('checkout', '-q', 'main');
  assert.equal((await review.showComment(context, id)).range.start, 2);
  assert.deepEqual(readFileSync(repository.log), log);
});

test('links are rewritten on sync, but not for another branch', async (t) => {
  const { repository, add, context } = await project(t);
  repository.git('branch', 'before');
  repository.write('app.txt', `new\n${files['app.txt']}`);
  repository.commit();
  await add('app.txt', 4);
  repository.git('checkout', '-q', 'before');
  assert.equal(await review.syncLinks(context), 0);
  repository.git('checkout', '-q', 'main');
  repository.write('app.txt', `newer\nnew\n${files['app.txt']}`);
  assert.equal(await review.syncLinks(context), 1);
  assert.match(readFileSync(repository.log, 'utf8'), /app\.txt::5\]\[app\.txt:5\]/);
  assert.equal(await review.syncLinks(context), 0);
});

test('DONE needs a passing smoke test; a failing one says why and changes nothing', async (t) => {
  const { repository, add, context } = await project(t);
  const { id } = await add('app.txt', 2);
  repository.write('app.txt', 'broken\n');
  const log = readFileSync(repository.log);
  repository.write('Makefile', 'test:\n\t@echo why it failed; exit 3\n');
  const refused = await refusal(review.markDone(context, id));
  assert.equal(refused.code, 'refused');
  assert.match(refused.message, /make test did not pass/);
  assert.match(refused.details ?? '', /why it failed/);
  assert.deepEqual(readFileSync(repository.log), log);
  repository.write('Makefile', okMakefile);
  repository.write('app.txt', 'one ok\ntwo fixed\n');
  const done = await review.markDone(context, id, { summary: 'caught it' });
  assert.deepEqual([done.state, done.verified, done.summary, done.evidence?.command], ['done', true, 'caught it', 'make test']);
  assert.equal(done.evidence?.commit, repository.git('rev-parse', 'HEAD').trim());
});

test('five comments on one tree need one run, a change of the tree another', async (t) => {
  const { repository, add, context } = await project(t);
  const ids = [];
  for (let line = 1; line <= 5; line++) ids.push((await add('app.txt', line)).id);
  for (const id of ids.slice(0, 4)) await review.markDone(context, id);
  assert.equal(runs(repository), 1);
  repository.write('untracked.txt', 'counts too\n');
  await review.markDone(context, ids[4]!);
  assert.equal(runs(repository), 2);
});

test('comments marked done at the same moment share one run', async (t) => {
  const { repository, add, context } = await project(t);
  const ids = [(await add('app.txt', 1)).id, (await add('app.txt', 2)).id, (await add('app.txt', 3)).id];
  const done = await Promise.all(ids.map((id) => review.markDone(context, id)));
  assert(done.every((item) => item.verified));
  assert.equal(runs(repository), 1);
});

test('a DONE that somebody else wrote is unverified, can be verified, and loses that when it is reopened', async (t) => {
  const { repository, add, context } = await project(t);
  const { id } = await add('app.txt', 1);
  const edit = (from: string, to: string) => writeFileSync(repository.log, readFileSync(repository.log, 'utf8').replace(from, to));
  edit('** TODO', '** DONE');
  assert.deepEqual(await review.showComment(context, id).then(({ state, verified }) => [state, verified]), ['done', false]);
  assert.deepEqual((await review.verify(context, undefined)).map((item) => item.verified), [true]);
  edit('** DONE', '** TODO');
  assert.equal((await review.showComment(context, id)).state, 'todo');
  edit('** TODO', '** DONE');
  assert.equal((await review.showComment(context, id)).verified, false);
});

test('a repository without a smoke test marks nothing as done', async (t) => {
  const { add, context } = await project(t, { 'app.txt': 'x\n' });
  const { id } = await add('app.txt', 1);
  assert.match((await refusal(review.markDone(context, id))).message, /no smoke test/);
});

test('won\'t fix keeps the reason; reopening makes it open again', async (t) => {
  const { repository, add, context } = await project(t);
  const { id } = await add('app.txt', 1);
  assert.equal((await review.declineToFix(context, id, 'by design')).state, 'wontfix');
  assert.match(readFileSync(repository.log, 'utf8'), /by design/);
  assert.equal((await review.reopen(context, id)).state, 'todo');
  assert.equal((await review.reviewStats(context)).reopened, 1);
});

test('a removed comment comes back byte for byte where it was', async (t) => {
  const { repository, add, context } = await project(t);
  await add('app.txt', 1, 'first');
  const { id } = await add('app.txt', 2, 'second');
  await add('app.txt', 3, 'third');
  const before = readFileSync(repository.log, 'utf8');
  await review.removeComment(context, id);
  assert.equal((await review.listComments(context)).length, 2);
  assert.equal((await review.restoreComment(context)).id, id);
  assert.equal(readFileSync(repository.log, 'utf8'), before);
  assert.equal((await refusal(review.restoreComment(context))).code, 'not-found');
});

test('edit, reply and attach change what they say', async (t) => {
  const { repository, add, context } = await project(t);
  const { id } = await add('app.txt', 1, 'old', { tags: ['keep'] });
  const edited = await review.editComment(context, id, { text: 'new\nlines', severity: 'nit' });
  assert.deepEqual([edited.text, edited.severity, edited.tags], ['new\nlines', 'nit', ['keep']]);
  const replied = await review.replyTo(context, id, 'ann', 'why?\nreally');
  assert.deepEqual(replied.replies.map(({ author, text }) => [author, text]), [['ann', 'why?\nreally']]);
  assert.equal(replied.text, 'new\nlines');
  const attached = await review.attach(context, id, { path: join(repository.root, 'src/b.txt'), range: { start: 2, end: 3 } });
  assert.deepEqual([attached.file, attached.range, attached.quote, attached.status], ['src/b.txt', { start: 2, end: 3 }, 'beta\ngamma', 'exact']);
});

test('an id can be shortened while it is clear', async (t) => {
  const { add, context } = await project(t);
  const { id } = await add('app.txt', 1);
  await add('app.txt', 2);
  assert.equal((await review.showComment(context, id.slice(0, 8))).id, id);
  assert.equal((await refusal(review.showComment(context, 'cr-'))).code, 'usage');
  assert.equal((await refusal(review.showComment(context, 'cr-nothing'))).code, 'not-found');
});

test('an entry written by hand is listed, anchored at first sight, and keeps its identity when it is changed', async (t) => {
  const { repository, context } = await project(t);
  writeFileSync(repository.log, `Prose.\n\n** TODO [[file:${repository.root}/app.txt::3][app.txt:3]]\n   by hand\n`);
  const [item] = await review.listComments(context);
  assert.deepEqual([item?.text, item?.status, item?.range.start], ['by hand', 'exact', 3]);
  repository.write('app.txt', `x\ny\n${files['app.txt']}`);
  assert.equal((await review.showComment(context, item!.id)).range.start, 5);
  const changed = await review.editComment(context, item!.id, { text: 'still by hand' });
  assert.deepEqual([changed.id, changed.range.start], [item!.id, 5]);
  assert.match(readFileSync(repository.log, 'utf8'), /^Prose\.\n\n/);
});

test('comments on other projects are listed, but not taken for this one', async (t) => {
  const { repository, context, add } = await project(t);
  await add('app.txt', 1);
  writeFileSync(repository.log, `${readFileSync(repository.log, 'utf8')}\n** TODO [[file:~/elsewhere/x.py::4][x.py:4]]\n   :PROPERTIES:\n   :PROJECT: elsewhere\n   :END:\n   other\n`);
  assert.equal((await review.listComments(context)).length, 2);
  assert.equal((await review.listComments(context, { here: true })).length, 1);
  const [other] = await review.listComments(context, { project: 'elsewhere' });
  assert.deepEqual([other?.here, other?.file, other?.status], [false, join(repository.home, 'elsewhere/x.py'), 'file-gone']);
  assert.match((await refusal(review.markDone(context, other!.id))).message, /not in this repository/);
});

test('a work tree of the same repository sees the comments on its own files', async (t) => {
  const { repository, add } = await project(t);
  const { id } = await add('app.txt', 2);
  const folder = join(repository.home, 'tree');
  repository.git('worktree', 'add', '-q', folder);
  writeFileSync(join(folder, 'app.txt'), `top\n${files['app.txt']}`);
  const { review: context } = await repository.open({ folder });
  const item = await review.showComment(context, id);
  assert.deepEqual([item.path, item.range.start, item.here, item.project], [join(folder, 'app.txt'), 3, true, 'project']);
  assert.equal((await review.markDone(context, id)).verified, true);
});

test('without git, comments are logged, followed and done too', async (t) => {
  const repository = testRepository(files, { git: false });
  t.after(() => repository.dispose());
  const { review: context } = await repository.open();
  const [item] = await review.addComments(context, { places: [{ path: join(repository.root, 'app.txt'), range: { start: 2, end: 2 } }], text: 'x' });
  repository.write('app.txt', `a\n${files['app.txt']}`);
  assert.equal((await review.showComment(context, item!.id)).range.start, 3);
  const done = await review.markDone(context, item!.id);
  assert.deepEqual([done.verified, done.evidence?.commit], [true, undefined]);
});

test('a repository without commits works', async (t) => {
  const repository = testRepository();
  t.after(() => repository.dispose());
  repository.write('app.txt', 'ok\n');
  repository.write('Makefile', okMakefile);
  const { review: context } = await repository.open();
  const [item] = await review.addComments(context, { places: [{ path: join(repository.root, 'app.txt'), range: { start: 1, end: 1 } }], text: 'x' });
  repository.write('.gitignore', '.runs\n');
  assert.equal((await review.markDone(context, item!.id)).verified, true);
});

test('pending comments of a commit are those on its staged files', async (t) => {
  const { repository, add, context } = await project(t);
  await add('app.txt', 1, 'on a staged file', { severity: 'must' });
  await add('src/b.txt', 1, 'on another');
  repository.write('app.txt', 'changed ok\n');
  repository.git('add', 'app.txt');
  assert.deepEqual((await review.pendingComments(context, { staged: true })).map(({ file, text, severity }) => [file, text, severity]), [['app.txt', 'on a staged file', 'must']]);
  assert.equal((await review.pendingComments(context, { staged: false })).length, 2);
});

test('the fix prompt is complete, can be the user\'s own, and comes back', async (t) => {
  const { add, context, workspace } = await project(t);
  await add('app.txt', 1);
  const prompt = await review.fixPrompt(context, workspace.promptFile);
  for (const part of ['1 comment', '`make test`', 'review_done', 'Correctness', 'project', context.log.path]) assert(prompt.includes(part), part);
  assert(!/\{\{\w+\}\}/.test(prompt));
  await review.createPromptFile(context, workspace.promptFile);
  writeFileSync(workspace.promptFile, 'Mine for {{project}} and {{typo}}.');
  assert.equal(await review.fixPrompt(context, workspace.promptFile), 'Mine for project and {{typo}}.');
  assert.equal(await review.restorePrompt(context, workspace.promptFile), 'Mine for {{project}} and {{typo}}.');
  assert.equal(await review.fixPrompt(context, workspace.promptFile), prompt);
});

test('two processes see each other\'s comments', async (t) => {
  const { repository, add, context } = await project(t);
  const other = await repository.open();
  const { id } = await add('app.txt', 2);
  assert.equal((await review.showComment(other.review, id)).status, 'exact');
  await review.markDone(other.review, id);
  assert.equal((await review.showComment(context, id)).verified, true);
});

test('a change that somebody noticed before it was told is of the one who made it', async (t) => {
  const { context, add } = await project(t);
  const [ours, theirs] = [await add('app.txt', 1), await add('app.txt', 2)];
  const store = await context.store();
  for (const { id } of [ours, theirs]) await store.append([{ type: 'review.changed', item: id, from: 'todo', to: 'done' }], review.ELSEWHERE);
  await store.append([{ type: 'review.changed', item: ours.id, from: 'todo', to: 'done' }], 'session:s');
  // It was done already when this session took it up.
  await store.append([{ type: 'review.changed', item: theirs.id, from: 'done', to: 'done' }], 'session:s');
  const closedBy = (id: string) => store.transitions().filter(({ item, to }) => item === id && to === 'done').map(({ by }) => by);
  assert.deepEqual([closedBy(ours.id), closedBy(theirs.id)], [['session:s'], ['elsewhere']]);
});
