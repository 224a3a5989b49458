import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import fc from 'fast-check';
import * as core from '../../../../src/core/cards/index.ts';
import { arrangeWords } from '../../../../src/core/cards/vocabulary/arrange.ts';
import { dayMs, testCards, type TestCards } from '../helpers.ts';

async function words(t: TestContext, count: number): Promise<TestCards> {
  const context = testCards();
  t.after(() => context.dispose());
  const pairs = Array.from({ length: count }, (_, i) => ({ front: `Wort ${i}`, back: `word ${i}`, notes: '' }));
  await core.createCards(context, core.vocabularyDrafts(pairs, { project: 'german', front: 'de', back: 'en' }).drafts);
  await core.configure(context, 'german', { newPerDay: 1000 });
  return context;
}

/** Answers a quiz of so many words, all right, and gives what was asked: the word and whether its front was shown. */
async function asked(context: TestCards, limit: number): Promise<{ note: string; forward: boolean }[]> {
  const quiz = await core.startQuiz(context, { project: 'german', limit });
  const order: { note: string; forward: boolean }[] = [];
  for (let question = await quiz.current(); question; question = await quiz.current()) {
    order.push({ note: question.card.note, forward: question.faces.front.startsWith('Wort') });
    await quiz.answer(4);
    context.wait(5_000);
  }
  return order;
}

test('a quiz of words asks in both directions, and leaves out what was asked lately', async (t) => {
  const context = await words(t, 40);
  const first = await asked(context, 12);
  assert.equal(first.length, 12);
  const forward = first.filter((each) => each.forward).length;
  assert.ok(forward > 0 && forward < 12, `${forward} of 12 from the front`);
  const last = new Set(first.slice(-10).map(({ note }) => note));
  const second = await asked(context, 12);
  assert.ok(!second.slice(0, 5).some(({ note }) => last.has(note)), 'the words of a minute ago rest');
});

test('the next day, a word that was asked from one side is asked from the other, too', async (t) => {
  const context = await words(t, 6);
  await core.configure(context, 'german', { newPerDay: 6 });
  const first = await asked(context, 6);
  context.wait(dayMs);
  const second = await asked(context, 12);
  for (const { note } of first) assert.deepEqual([...new Set([...first, ...second].filter((each) => each.note === note).map((each) => each.forward))].sort(), [false, true]);
});

test('words change places among themselves only, and no card is lost', async (t) => {
  const context = await words(t, 4);
  await core.createCards(context, [{ question: 'Q', answer: 'A', project: 'german' }]);
  const quiz = await core.startQuiz(context, { project: 'german' });
  const questions = (await quiz.questions()).map(({ card }) => card);
  assert.equal(new Set(questions.map(({ id }) => id)).size, 9);
  assert.equal(questions.at(-1)?.question, 'Q');
});

test('arranged: the same cards, each once; a word rests while there are others', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 60 }), fc.string(), (size, count, seed) => {
      const cards = Array.from({ length: size * 2 }, (_, i) => ({ note: `w${i >> 1}`, ordinal: i & 1 }));
      const arranged = arrangeWords(cards, { count, seed, history: [{ id: 'w0', direction: 'forward' }] });
      assert.equal(new Set(arranged).size, cards.length);
      const asking = arranged.slice(0, count);
      if (size >= 4) asking.slice(1, size).forEach((card, at) => assert.notEqual(card.note, asking[at]?.note));
      if (size >= 4) assert.notEqual(arranged[0]?.note, 'w0');
      assert.deepEqual(arrangeWords(cards, { count, seed, history: [{ id: 'w0', direction: 'forward' }] }), arranged, 'the same seed gives the same order');
    }),
    { seed: 7, numRuns: 200 },
  );
});
