import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import * as core from '../../../src/core/cards/index.ts';
import { dayMs, testCards, type TestCards } from './helpers.ts';

async function deck(t: TestContext, count: number): Promise<{ context: TestCards; ids: string[] }> {
  const context = testCards();
  t.after(() => context.dispose());
  const made = await core.createCards(context, Array.from({ length: count }, (_, i) => ({ question: `Q${i}`, answer: `A${i}`, project: 'p' })));
  return { context, ids: made.map(({ id }) => id) };
}

/** Answers as told, by question, and 4 when nothing is left to tell; gives the order of what was asked. */
async function play(quiz: core.QuizSession, told: Record<string, number[]> = {}): Promise<string[]> {
  const order: string[] = [];
  for (let question = await quiz.current(); question; question = await quiz.current()) {
    order.push(question.card.question);
    await quiz.answer(told[question.card.question]?.shift() ?? 4, 1000);
  }
  return order;
}

test('what is wrong comes again after three others, until it is right', async (t) => {
  const { context } = await deck(t, 5);
  const quiz = await core.startQuiz(context);
  assert.deepEqual(await play(quiz, { Q0: [1, 2, 5], Q4: [2] }), ['Q0', 'Q1', 'Q2', 'Q3', 'Q0', 'Q4', 'Q0', 'Q4']);
  const { known, relearned, learned, tookMs, progress, nextDue } = await quiz.summary();
  assert.deepEqual({ known, relearned, learned, tookMs, progress }, { known: 3, relearned: 2, learned: 5, tookMs: 8000, progress: { total: 5, done: 5, answers: 8 } });
  assert.equal(nextDue, context.days.startOf(context.days.dayOf(context.now) + 1));
  await assert.rejects(quiz.answer(4), { code: 'not-found' });
  assert.equal(await core.startQuiz(context).then((next) => next.current()), undefined, 'nothing is due any more');
});

test('the previews are what answers do', async (t) => {
  for (const confidence of [1, 2, 3, 4, 5] as const) {
    const { context } = await deck(t, 1);
    await core.setAlgorithm(context, 'fsrs');
    for (let day = 0; day < 4; day++) {
      const quiz = await core.startQuiz(context);
      const question = (await quiz.current()) ?? assert.fail();
      const { card, again } = await quiz.answer(day < 3 ? 5 : confidence);
      const preview = question.previews[day < 3 ? 5 : confidence];
      assert.deepEqual([preview.due, preview.again], [card.schedule.due, again]);
      context.now = card.schedule.due + 1000;
    }
  }
});

test('undo brings the question back, several times, over skips and suspensions', async (t) => {
  const { context, ids } = await deck(t, 3);
  const quiz = await core.startQuiz(context);
  const at = async () => (await quiz.current())?.card.question;
  await quiz.answer(1);
  assert.equal(await at(), 'Q1');
  await quiz.suspend();
  assert.equal(await at(), 'Q2');
  await quiz.skip();
  assert.equal(await at(), 'Q0');
  const back: (string | undefined)[] = [];
  for (let step = 0; step < 3; step++) back.push((await quiz.undo())?.card.question);
  assert.deepEqual(back, ['Q2', 'Q1', 'Q0']);
  assert.equal(await quiz.undo(), undefined);
  const cards = await core.listCards(context);
  assert.ok(cards.every(({ suspended, schedule }) => !suspended && schedule.state === 'new'));
  assert.deepEqual(quiz.progress(), { total: ids.length, done: 0, answers: 0 });
});

test('flag and edit leave the question at hand', async (t) => {
  const { context, ids } = await deck(t, 2);
  const quiz = await core.startQuiz(context);
  await quiz.current();
  await quiz.flag(2);
  await quiz.edit({ question: 'better', tags: ['x'] });
  const question = await quiz.current();
  assert.deepEqual([question?.card.id, question?.faces.front, question?.card.flag, question?.card.tags], [ids[0], 'better', 2, ['x']]);
});

test('two windows: what was answered there is not asked here', async (t) => {
  const { context } = await deck(t, 4);
  const [here, there] = [await core.startQuiz(context), await core.startQuiz(context.another())];
  await here.current();
  await there.take((await there.questions())[1]?.card.id ?? '');
  await there.answer(4);
  assert.deepEqual(await play(here), ['Q0', 'Q2', 'Q3']);
  assert.equal(await there.current(), undefined);
});

test('two windows: both answer what both show; both answers are kept, and the first counts', async (t) => {
  const { context, ids } = await deck(t, 1);
  const other = context.another();
  const [here, there] = [await core.startQuiz(context), await core.startQuiz(other)];
  await here.current();
  await there.current();
  const first = await there.answer(1);
  const second = await here.answer(5);
  assert.deepEqual([first.counted, second.counted, second.again], [true, false, false]);
  const card = await core.showCard(context, ids[0] ?? '');
  assert.deepEqual([card.schedule.state, card.schedule.reps], ['learning', 1]);
  assert.deepEqual((await core.reviewsOf(context, card.id)).map(({ confidence }) => confidence), [1, 5]);
  assert.equal((await core.showCard(other, card.id)).schedule.due, card.schedule.due);
});

test('a quiz goes on in another process, card by card', async (t) => {
  const { context, ids } = await deck(t, 3);
  const { id } = await core.startQuiz(context);
  const asked: (string | undefined)[] = [];
  for (const [card, confidence] of [[0, 2], [2, 4], [1, 5]] as const) {
    const quiz = await core.resumeQuiz(context.another(), id);
    await quiz.take(ids[card] ?? '');
    await quiz.answer(confidence);
    asked.push((await quiz.current())?.card.question);
  }
  assert.deepEqual(asked, ['Q1', 'Q1', 'Q0']);
  const quiz = await core.resumeQuiz(context, id);
  await assert.rejects(quiz.take(ids[2] ?? ''), { code: 'refused' });
  await assert.rejects(quiz.take('card-x'), { code: 'not-found' });
  assert.deepEqual(await play(quiz), ['Q0']);
  assert.deepEqual((await quiz.summary()).progress, { total: 3, done: 3, answers: 4 });
});

test('order: within steps, then due for longest, then new; siblings apart', async (t) => {
  const { context, ids } = await deck(t, 3);
  await core.reviewCard(context, ids[1] ?? '', 4);
  context.wait(dayMs);
  await core.reviewCard(context, ids[2] ?? '', 4);
  context.wait(dayMs);
  await core.createCard(context, { question: 'R', answer: 'S', kind: 'reversed', project: 'p' });
  await core.createCard(context, { question: 'last', answer: 'x', project: 'p' });
  await core.reviewCard(context, ids[2] ?? '', 1);
  const asked = async (options: core.QuizOptions = {}) => (await (await core.startQuiz(context, options)).questions()).map(({ faces }) => faces.front);
  assert.deepEqual(await asked(), ['Q2', 'Q1', 'Q0', 'R', 'last', 'S']);
  assert.deepEqual(await asked({ limit: 2 }), ['Q2', 'Q1']);
  assert.deepEqual(await asked({ cards: [ids[0] ?? ''] }), ['Q0']);
  assert.deepEqual(await asked({ project: 'none' }), []);
  await assert.rejects(core.startQuiz(context, { limit: 0 }), { code: 'usage' });
});
