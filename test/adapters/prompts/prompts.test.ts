/** What faces ask for: lists, search, marks, news. */
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { HIT_END, HIT_START } from '../../../src/core/prompts/index.ts';
import { AT, historyLine, promptStage, transcriptLine } from './stage.ts';

const sample =
  historyLine('fix the login test', AT) +
  historyLine('look at [Pasted text #1 +2 lines], then [Pasted text #2 +1 lines]', AT + 10_000, { pastedContents: { 1: { id: 1, type: 'text', content: 'a\nb' } } }) +
  historyLine('/login', AT + 20_000) +
  historyLine('write more tests', AT + 30_000, { project: '/other/app', sessionId: 's-2' });

test('lists, neighbours and pasted parts', async (t) => {
  const s = promptStage(t);
  s.write(s.history, sample);
  const prompts = s.open();
  await prompts.sync();
  const texts = async (...args: Parameters<typeof prompts.list>) => (await prompts.list(...args)).map(({ text }) => text.slice(0, 7));
  assert.deepEqual(await texts(), ['write m', 'look at', 'fix the']);
  assert.deepEqual(await texts({ commands: true }, 2), ['write m', '/login']);
  assert.deepEqual(await texts({ text: 'TEST' }, 1), ['write m']);
  assert.deepEqual(await texts({ projects: ['/work/app'] }), ['look at', 'fix the']);
  assert.deepEqual(await texts({ projects: ['/nowhere'] }), []);
  assert.deepEqual(await texts({ from: AT + 10_000, to: AT + 30_000 }), ['look at']);
  const second = await prompts.inSession(2);
  assert.deepEqual(second.pasted, [{ placeholder: '[Pasted text #1 +2 lines]', text: 'a\nb' }, { placeholder: '[Pasted text #2 +1 lines]', text: undefined }]);
  assert.deepEqual([second.before?.id, second.after?.id, second.project.label], [1, 3, 'work/app']);
  assert.deepEqual([(await prompts.inSession(4)).before, (await prompts.inSession(4)).after], [undefined, undefined]);
  assert.deepEqual((await prompts.briefs([4, 99, 1, 0, 1.5])).map(({ id }) => id), [4, 1]);
  for (const id of [0, 5, -1, 1.5, NaN]) await assert.rejects(prompts.get(id), { code: 'not-found' });
  const { prompts: columns, projects } = await prompts.timeline();
  assert.deepEqual([[...columns.id], projects.map(({ label }) => label)], [[1, 2, 4], ['work/app', 'other/app']]);
  await prompts.close();
});

test('search finds what came since, and late finds of long ago', async (t) => {
  const s = promptStage(t);
  s.write(s.history, sample);
  const prompts = s.open();
  await prompts.sync();
  const search = async (text: string, more: object = {}) => [...(await prompts.search({ text, ...more })).ids];
  assert.deepEqual(await search('test'), [1, 4]);
  s.add(s.history, historyLine('test it again', 5) + historyLine('the newest test', AT + 99_000));
  await prompts.sync();
  const found = await prompts.search({ text: 'test' });
  assert.deepEqual([...found.ids], [1, 4, 5, 6]);
  assert.equal(found.top[0]?.snippet.includes(`${HIT_START}test${HIT_END}`), true);
  assert.deepEqual(await search('test', { projects: ['/other/app'] }), [4]);
  const all = await prompts.search({ text: '' });
  assert.deepEqual([all.order, all.top.map(({ id }) => id), [...all.ids]], ['newest', [6, 4, 2, 1, 5], [1, 2, 4, 5, 6]]);
  assert.deepEqual(await search('-test '), [2, 4]);
  assert.deepEqual(await search('[Pasted'), [2]);
  assert.deepEqual(await search('#1 '), [2]);
  await prompts.close();
});

test('ratings and notes outlive every index', async (t) => {
  const s = promptStage(t);
  s.write(s.history, sample);
  let prompts = s.open();
  await prompts.sync();
  assert.equal((await prompts.rate(1, 4)).rating, 4);
  assert.equal((await prompts.note(2, 'why')).note, 'why');
  await prompts.rate(4, 2);
  assert.equal((await prompts.rate(4, 0)).rating, undefined);
  for (const id of [99, 0]) await assert.rejects(prompts.rate(id, 3), { code: 'not-found' });
  for (const stars of [6, -1, 2.5, NaN]) await assert.rejects(prompts.rate(1, stars), { code: 'invalid-input' });
  await assert.rejects(prompts.note(99, 'x'), { code: 'not-found' });
  await prompts.close();

  // All that can be built again is gone, and the order of the prompts is another.
  rmSync(s.folder, { recursive: true });
  s.write(s.history, historyLine('a new first one', 1) + sample);
  prompts = s.open();
  await prompts.sync();
  assert.deepEqual((await prompts.list()).map(({ id, rating, note }) => [id, rating, note]), [[5, undefined, undefined], [3, undefined, 'why'], [2, 4, undefined], [1, undefined, undefined]]);
  assert.deepEqual((await prompts.list({ minRating: 4 })).map(({ id }) => id), [2]);
  assert.deepEqual((await prompts.list({ ratings: [0], hasNote: true })).map(({ id }) => id), [3]);
  assert.equal((await prompts.note(3, '')).note, undefined);
  const stats = await prompts.stats();
  assert.deepEqual([stats.total, stats.rated, stats.mean], [5, 1, 4]);
  await prompts.close();

  // And now only the transcript has it, with a time of its own.
  rmSync(s.folder, { recursive: true });
  rmSync(s.history);
  s.write(s.transcript(), transcriptLine('fix the login test', AT + 700));
  prompts = s.open();
  await prompts.sync();
  assert.deepEqual((await prompts.list()).map(({ rating }) => rating), [4]);
  assert.equal((await prompts.rate(1, 5)).rating, 5, 'one prompt, one mark');
  await prompts.close();
});

test('who listens hears of new prompts and marks, from any process', { timeout: 60_000 }, async (t) => {
  const s = promptStage(t);
  s.write(s.history, sample);
  const [here, there] = [s.open(), s.open()];
  await here.sync();
  let heard: () => void = () => undefined;
  const listening = here.onDidChange(() => heard());
  const news = () => new Promise<void>((resolve) => {
    heard = resolve;
  });
  await here.timeline();
  await sleep(100);
  for (let n = 0; n < 3; n++) {
    const came = news();
    s.add(s.history, historyLine(`news ${n}`, AT + 100_000 + n));
    await came;
    assert.equal((await here.list({}, 1))[0]?.text, `news ${n}`);
  }
  const rated = news();
  await there.rate(1, 3);
  await rated;
  assert.equal((await here.get(1)).rating, 3);
  listening.dispose();
  await here.close();
  await there.close();
});

test('an ended one says so', async (t) => {
  const s = promptStage(t);
  s.write(s.history, sample);
  const prompts = s.open();
  await prompts.sync();
  await prompts.dispose();
  await assert.rejects(prompts.list(), { code: 'cancelled' });
  await prompts.close();
});

test('a sync can be cancelled, and goes on from there', async (t) => {
  const s = promptStage(t);
  s.write(s.history, Array.from({ length: 30_000 }, (_, n) => historyLine(`prompt ${n} ${'x'.repeat(50)}`, AT + n)).join(''));
  const prompts = s.open();
  const cancel = new AbortController();
  await assert.rejects(prompts.sync({ signal: cancel.signal, onProgress: () => cancel.abort() }), { code: 'cancelled' });
  const some = (await prompts.list()).length;
  assert(some > 0 && some < 30_000);
  assert.equal((await prompts.sync()).added, 30_000 - some);
  await prompts.close();
});

test('statistics and words of a period', async (t) => {
  const s = promptStage(t);
  s.write(s.history, sample);
  const prompts = s.open();
  await prompts.sync();
  assert.equal((await prompts.stats({ from: AT + 1, to: AT + 20_001 })).total, 2);
  assert.deepEqual((await prompts.words({ from: AT + 1 }, false, 3)).map(({ word }) => word), ['tests', 'write'], 'not what the client puts in for pasted text');
  assert.deepEqual((await prompts.words({}, true, 2)).map(({ word, count }) => [word, count]), [['test', 1], ['tests', 1]]);
  await prompts.close();
});
