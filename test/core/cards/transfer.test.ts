import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import * as core from '../../../src/core/cards/index.ts';
import { dayMs, testCards, type TestCards } from './helpers.ts';

function cards(t: TestContext): TestCards {
  const context = testCards();
  t.after(() => context.dispose());
  return context;
}

async function lived(t: TestContext): Promise<TestCards> {
  const context = cards(t);
  await core.createCards(context, [
    { question: 'Q', answer: 'A', project: 'p', tags: ['a', 'b'], notes: 'N', source: { file: '/x/y.ts', startLine: 1, endLine: 3, language: 'typescript', code: 'x' } },
    { question: '{{c1::a}} {{c2::b}}', answer: '', project: 'p' },
    { question: 'Hund', answer: 'dog', kind: 'reversed' },
  ]);
  for (const confidence of [4, 2, 5]) {
    for (const { id, ordinal } of await core.listCards(context)) if (ordinal === 0) await core.reviewCard(context, id, confidence, { tookMs: 1234 });
    context.wait(9 * dayMs);
  }
  const [first] = await core.listCards(context);
  await core.changeCards(context, [first?.id ?? ''], { suspended: true, flag: 4 });
  return context;
}

const whole = async (context: TestCards) => ({
  cards: (await core.listCards(context)).map(({ modifiedAt: _, ...card }) => card),
  reviews: await Promise.all((await core.listCards(context)).map(({ id }) => core.reviewsOf(context, id))),
  retention: (await core.cardStats(context)).retention,
});

test('what is exported and imported elsewhere is the same, with ids, schedules, history, flags and source', async (t) => {
  const from = await lived(t);
  const to = cards(t);
  to.now = from.now;
  const { cards: exported } = await core.cardsForExport(from);
  const counts = await core.keepImported(to, exported);
  assert.deepEqual([counts.added, counts.updated, counts.left], [3, 0, 0]);
  assert.deepEqual(await whole(to), await whole(from));
  assert.deepEqual(await core.cardsForExport(to), { cards: exported, noteTypes: [] });
});

test('what was imported twice is there once', async (t) => {
  const context = await lived(t);
  const before = await whole(context);
  const { cards: exported } = await core.cardsForExport(context);
  assert.deepEqual(await core.keepImported(context, exported).then(({ added, updated, left }) => [added, updated, left]), [0, 0, 3]);
  // Without ids, by question and answer.
  assert.deepEqual(await core.keepImported(context, [...exported, ...exported].map(({ id: _id, note: _note, ...card }) => card)).then(({ added, left }) => [added, left]), [0, 10]);
  assert.deepEqual(await whole(context), before);
});

test('merging takes the file\'s texts, and its schedules where they are newer', async (t) => {
  const context = await lived(t);
  const { cards: exported } = await core.cardsForExport(context, { project: 'p' });
  const changed = exported.map((card, i) => ({
    ...card,
    answer: i === 0 ? 'better' : card.answer,
    ...(card.schedule && { schedule: { ...card.schedule, interval: 99, lastReview: (card.schedule.lastReview ?? 0) + (i === 0 ? 1 : -1) } }),
  }));
  assert.deepEqual(await core.keepImported(context, changed, { merge: true }).then(({ added, updated, left }) => [added, updated, left]), [0, 2, 0]);
  const now = await core.listCards(context, { project: 'p' });
  assert.deepEqual([now[0]?.answer, now[0]?.schedule.interval], ['better', 99]);
  assert.notEqual(now[1]?.schedule.interval, 99);
});

test('merging without ids goes by the question', async (t) => {
  const context = cards(t);
  await core.createCards(context, [{ question: 'Q', answer: 'old', project: 'p' }]);
  await core.keepImported(context, [{ question: 'Q', answer: 'new', project: 'p' }, { question: 'Q', answer: 'new', project: 'other' }], { merge: true });
  assert.deepEqual((await core.listCards(context)).map(({ answer, project }) => [answer, project]), [['new', 'p'], ['new', 'other']]);
});

test('an id of another program is kept and recognised, and one of ours that is taken is replaced', async (t) => {
  const context = cards(t);
  const mine = await core.createCard(context, { question: 'Q', answer: 'A' });
  await core.deleteCards(context, [mine.id]);
  await core.keepImported(context, [{ id: mine.id, question: 'x', answer: 'y' }, { id: 'guid!', question: 'g', answer: 'h' }]);
  const [, guid] = await core.listCards(context);
  assert.deepEqual(guid?.origin, { id: 'guid!' });
  assert.ok((await core.listCards(context)).every(({ id }) => id !== mine.id && id.startsWith('card-')));
  assert.equal((await core.keepImported(context, [{ id: 'guid!', question: 'changed', answer: 'h' }])).left, 1);
});

test('a schedule without what FSRS needs gets it from the history, or from the interval', async (t) => {
  const context = cards(t);
  const schedule: core.Schedule = { algorithm: 'fsrs', state: 'review', due: context.now, interval: 30, ease: 2.5, reps: 3, lapses: 0, box: 1, stability: 0, difficulty: 0, lastReview: context.now - 30 * dayMs };
  await core.keepImported(context, [{ question: 'Q', answer: 'A', schedule }]);
  const [card] = await core.listCards(context);
  assert.ok(Math.abs((card?.schedule.stability ?? 0) - 30) < 0.01);
  assert.equal((await core.reviewCard(context, card?.id ?? '', 4)).card.schedule.state, 'review');
});

test('one bad card keeps all from being kept', async (t) => {
  const context = cards(t);
  await assert.rejects(core.keepImported(context, [{ question: 'Q', answer: 'A' }, { question: '', answer: 'A' }]), { code: 'invalid-input', message: /^Card 2 / });
  assert.equal((await core.listCards(context)).length, 0);
});
