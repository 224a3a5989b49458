import assert from 'node:assert/strict';
import { after, before, describe, test, type TestContext } from 'node:test';
import * as core from '../../../src/core/cards/index.ts';
import { dayMs, testCards, type TestCards, type TestOptions } from './helpers.ts';

function cards(t: TestContext, options: TestOptions = {}): TestCards {
  const context = testCards(options);
  t.after(() => context.dispose());
  return context;
}

const simple = (count: number, project = 'p') => Array.from({ length: count }, (_, i) => ({ question: `Q${i}`, answer: `A${i}`, project }));
const texts = async (context: TestCards, filter: core.CardFilter = {}) => (await core.listCards(context, filter)).map(({ question }) => question);

test('ids carry the user\'s wall clock, and are unique within a second', async (t) => {
  const context = cards(t, { offsetMinutes: () => 330 });
  const made = await core.createCards(context, simple(3));
  context.wait(500);
  made.push(await core.createCard(context, { question: 'Q', answer: 'A' }));
  assert.deepEqual(made.map(({ id }) => id), ['card-20250126-173000', 'card-20250126-173000-2', 'card-20250126-173000-3', 'card-20250126-173000-4']);
});

test('two processes that make cards in the same second both keep theirs', async (t) => {
  const one = cards(t);
  const other = one.another();
  await (await one.store()).refresh();
  await (await other.store()).refresh();
  // Neither has seen the other's: the ids collide, and the second to write gives others.
  const made = await Promise.all([core.createCards(one, simple(5, 'one')), core.createCards(other, simple(5, 'two'))]);
  assert.equal(new Set(made.flat().map(({ id }) => id)).size, 10);
  assert.equal((await core.listCards(one)).length, 10);
  assert.deepEqual(made[1].map(({ project }) => project), Array(5).fill('two'));
});

describe('what is not accepted', () => {
  // Nothing of it leaves anything behind, so they share the cards.
  let context: TestCards;
  before(() => void (context = testCards()));
  after(() => context.dispose());

  const bad: { name: string; draft: core.CardDraft; says: RegExp }[] = [
    { name: 'no question', draft: { question: ' \n', answer: 'A' }, says: /needs a question/ },
    { name: 'no answer', draft: { question: 'Q', answer: '' }, says: /needs an answer/ },
    { name: 'too large', draft: { question: 'x'.repeat(3_000_000), answer: 'A' }, says: /too large/ },
  ];
  for (const { name, draft, says } of bad) test(name, () => assert.rejects(core.createCard(context, draft), { code: 'invalid-input', message: says }));

  for (const confidence of [0, 6, -1, 2.5, NaN]) {
    test(`confidence ${confidence}`, async () => {
      const { id } = await core.createCard(context, { question: 'Q', answer: 'A' });
      await assert.rejects(core.reviewCard(context, id, confidence), { code: 'invalid-input' });
      await assert.rejects(core.reviewCards(context, [{ id, confidence: 4 }, { id, confidence }]), { code: 'invalid-input' });
      assert.equal((await core.showCard(context, id)).schedule.reps, 0);
    });
  }
  const unknown: [string, (context: TestCards) => Promise<unknown>][] = [
    ['show', (context) => core.showCard(context, 'nope')],
    ['review', (context) => core.reviewCard(context, 'nope', 3)],
    ['update', (context) => core.updateCard(context, 'nope', { question: 'x' })],
    ['delete', (context) => core.deleteCards(context, ['nope'])],
    ['reset', (context) => core.resetCards(context, ['nope'])],
    ['quiz', (context) => core.startQuiz(context, { cards: ['nope'] })],
    ['resume', (context) => core.resumeQuiz(context, 'nope')],
    ['undo', (context) => core.undo(context, 'nope')],
  ];
  for (const [name, verb] of unknown) test(`an id that does not exist: ${name}`, () => assert.rejects(verb(context), { code: 'not-found' }));

  const settings: Partial<core.DeckSettings>[] = [{ boxes: 2 }, { boxes: 11 }, { intervals: [3, 1] }, { intervals: [0] }, { ease: 1 }, { retention: 1 }, { newPerDay: -1 }, { leechLapses: 0.5 }];
  for (const change of settings) test(`the setting ${JSON.stringify(change)}`, () => assert.rejects(core.configure(context, 'p', change), { code: 'usage' }));
});

test('nothing was done yet, and nothing can be taken back', async (t) => assert.rejects(core.undo(cards(t)), { code: 'not-found' }));

test('HTML, a megabyte of text and any script are kept as they are', async (t) => {
  const context = cards(t);
  const question = '<script>alert(1)</script> 今日 \u0000 🦊';
  const answer = 'x'.repeat(1_000_000);
  const { id } = await core.createCard(context, { question, answer });
  const card = await core.showCard(context, id);
  assert.equal(card.question, question);
  assert.equal(card.answer, answer);
  assert.deepEqual((await core.searchCards(context, '今日')).map((found) => found.id), [id]);
});

describe('everything can be taken back', () => {
  const state = async (context: TestCards) => JSON.stringify([(await core.listCards(context)).map(({ modifiedAt: _, ...card }) => card), await core.settingsFor(context, 'p'), (await core.cardStats(context)).reviews]);
  const verbs: [string, (context: TestCards, ids: string[]) => Promise<unknown>][] = [
    ['a creation', (context) => core.createCards(context, simple(3, 'new'))],
    ['an import', (context) => core.keepImported(context, simple(3, 'new'))],
    ['an edit', (context, [id = '']) => core.updateCard(context, id, { question: '{{c1::x}} {{c2::y}}', kind: 'cloze', tags: ['a'] })],
    ['an edit of many', (context, ids) => core.changeCards(context, ids, { project: 'other', addTags: ['x'] })],
    ['a suspension', (context, ids) => core.changeCards(context, ids, { suspended: true, flag: 3 })],
    ['a deletion', (context, ids) => core.deleteCards(context, ids)],
    ['a reset', (context, ids) => core.resetCards(context, ids)],
    ['an answer', (context, [id = '']) => core.reviewCard(context, id, 2)],
    ['many answers', (context, ids) => core.reviewCards(context, ids.map((id) => ({ id, confidence: 4 })))],
    ['another algorithm', (context) => core.setAlgorithm(context, 'leitner', 'p', { boxes: 4 })],
    ['a setting', (context) => core.configure(context, 'p', { newPerDay: 3 })],
    ['an import that merges', (context) => core.keepImported(context, [{ question: 'Q0', answer: 'other', project: 'p' }], { merge: true })],
  ];
  for (const [name, verb] of verbs) {
    test(name, async (t) => {
      const context = cards(t);
      const made = await core.createCards(context, simple(4));
      await core.reviewCard(context, made[0]?.id ?? '', 4);
      context.wait(dayMs);
      const before = await state(context);
      await verb(context, made.map(({ id }) => id));
      assert.notEqual(await state(context), before, 'nothing was done');
      await core.undo(context);
      assert.equal(await state(context), before);
      // The same from the journal alone, in another process.
      assert.equal(await state(context.another()), before);
    });
  }

  test('what was changed again since stays as it is', async (t) => {
    const context = cards(t);
    const { id } = await core.createCard(context, { question: 'Q', answer: 'A' });
    await core.updateCard(context, id, { question: 'Q2', answer: 'A2' });
    const operation = String((await context.store()).db.all("SELECT operation FROM cards_operation WHERE what = 'changed'")[0]?.['operation']);
    await core.updateCard(context, id, { answer: 'A3' });
    await core.undo(context, operation);
    const card = await core.showCard(context, id);
    assert.deepEqual([card.question, card.answer], ['Q', 'A3']);
  });
  test('an answer that others followed is taken out of the history, and the schedule stays', async (t) => {
    const context = cards(t);
    const { id } = await core.createCard(context, { question: 'Q', answer: 'A' });
    const first = await core.reviewCard(context, id, 4);
    context.wait(2 * dayMs);
    const second = await core.reviewCard(context, id, 4);
    await core.undo(context, first.operation);
    assert.deepEqual((await core.showCard(context, id)).schedule, second.card.schedule);
    assert.equal((await core.reviewsOf(context, id)).length, 1);
  });
});

test('a note that makes several cards: edits add and take away cards, whose history stays', async (t) => {
  const context = cards(t);
  const { note } = await core.createCard(context, { question: '{{c1::a}} {{c2::b}}', answer: '' });
  const ids = async () => (await core.listCards(context)).map(({ id }) => id);
  assert.deepEqual(await ids(), [note, `${note}.2`]);
  await core.reviewCard(context, `${note}.2`, 4);
  await core.updateCard(context, note, { question: '{{c1::a}} {{c3::c}}' });
  assert.deepEqual((await ids()).sort(), [note, `${note}.3`]);
  await core.updateCard(context, note, { question: '{{c2::b}}' });
  assert.deepEqual(await ids(), [`${note}.2`]);
  assert.equal((await core.showCard(context, note)).schedule.reps, 1, 'a note\'s id finds its first card');
  await core.deleteCards(context, [`${note}.2`]);
  assert.deepEqual(await ids(), []);
});

test('decks and their counts; the day\'s limit of new cards', async (t) => {
  const context = cards(t);
  await core.createCards(context, [...simple(30, 'big'), ...simple(2, 'small'), { question: 'Q', answer: 'A' }]);
  await core.configure(context, 'small', { newPerDay: 1 });
  const counts = async () => (await core.decks(context)).map(({ project, due, new: fresh, newTotal, learning }) => [project, due, fresh, newTotal, learning]);
  assert.deepEqual(await counts(), [['', 0, 1, 1, 0], ['big', 0, 20, 30, 0], ['small', 0, 1, 2, 0]]);
  const [first, second] = await core.listCards(context, { project: 'small' });
  await core.reviewCard(context, first?.id ?? '', 4);
  await core.reviewCard(context, (await core.listCards(context, { project: 'big' }))[0]?.id ?? '', 1);
  assert.deepEqual(await counts(), [['', 0, 1, 1, 0], ['big', 0, 19, 29, 1], ['small', 0, 0, 1, 0]]);
  assert.equal(await core.dueCount(context), 1);
  context.wait(dayMs);
  assert.deepEqual(await counts(), [['', 0, 1, 1, 0], ['big', 0, 20, 29, 1], ['small', 1, 1, 1, 0]]);
  assert.deepEqual((await core.startQuiz(context, { project: 'small' }).then((quiz) => quiz.questions())).map(({ card }) => card.id), [first?.id, second?.id], 'due first');
});

test('listing and searching', async (t) => {
  const context = cards(t);
  await core.createCards(context, [
    { question: 'What is a Monad?', answer: 'A monoid', project: 'hs', tags: ['fp', 'a"b'] },
    { question: 'ÄRGER', answer: 'x', project: 'de', tags: ['fp2'], notes: 'monad' },
    { question: '100% _sure_', answer: 'y', project: 'de' },
  ]);
  assert.deepEqual(await texts(context, { tags: ['fp'] }), ['What is a Monad?']);
  assert.deepEqual(await texts(context, { tags: ['a"b', 'fp'] }), ['What is a Monad?']);
  assert.deepEqual(await texts(context, { project: 'de', limit: 1 }), ['ÄRGER']);
  const search = async (query: string, options: core.SearchOptions = {}) => (await core.searchCards(context, query, options)).map(({ question }) => question);
  assert.deepEqual(await search('monad'), ['What is a Monad?', 'ÄRGER']);
  assert.deepEqual(await search('MONAD what'), ['What is a Monad?']);
  assert.deepEqual(await search('monad', { field: 'notes' }), ['ÄRGER']);
  assert.deepEqual(await search('ärger'), ['ÄRGER']);
  assert.deepEqual(await search('%'), ['100% _sure_']);
  assert.deepEqual(await search('monad', { project: 'hs', limit: 5 }), ['What is a Monad?']);
  assert.deepEqual(await search('  '), []);
});

test('a card that is forgotten eight times is suspended, and that is said', async (t) => {
  const context = cards(t);
  const { id } = await core.createCard(context, { question: 'Q', answer: 'A' });
  await core.reviewCard(context, id, 4);
  for (let lapse = 1; lapse <= 8; lapse++) {
    context.wait(3 * dayMs);
    const { leech, card } = await core.reviewCard(context, id, 1);
    assert.deepEqual([card.schedule.lapses, leech, card.suspended], [lapse, lapse === 8, lapse === 8]);
    if (!leech) await core.reviewCard(context, id, 4);
  }
  await core.undo(context);
  const card = await core.showCard(context, id);
  assert.deepEqual([card.suspended, card.schedule.lapses], [false, 7]);
});

test('another algorithm for a deck: its cards are converted, other decks and its history are left alone', async (t) => {
  const context = cards(t);
  await core.createCards(context, [...simple(2, 'p'), ...simple(1, 'q')]);
  for (const { id } of await core.listCards(context)) await core.reviewCard(context, id, 4);
  assert.equal(await core.setAlgorithm(context, 'fsrs', 'p'), 2);
  const after = await core.listCards(context);
  assert.deepEqual(after.map(({ schedule }) => schedule.algorithm), ['fsrs', 'fsrs', 'sm2']);
  assert.ok((after[0]?.schedule.stability ?? 0) > 2);
  assert.equal((await core.reviewsOf(context, after[0]?.id ?? '')).length, 1);
  assert.equal((await core.createCard(context, { question: 'n', answer: 'n', project: 'p' })).schedule.algorithm, 'fsrs');
  assert.equal((await core.createCard(context, { question: 'n', answer: 'n', project: 'q' })).schedule.algorithm, 'sm2');
  // For all decks: the one with an algorithm of its own keeps it.
  await core.setAlgorithm(context, 'leitner');
  assert.deepEqual((await core.listCards(context)).map(({ project, schedule }) => `${project} ${schedule.algorithm}`), ['p fsrs', 'p fsrs', 'q leitner', 'p fsrs', 'q leitner']);
});
