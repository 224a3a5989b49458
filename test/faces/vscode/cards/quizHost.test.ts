import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { createCards, resumeQuiz, showCard, startQuiz, type CardDraft, type CardsContext } from '../../../../src/core/cards/index.ts';
import { WheelhouseError } from '../../../../src/core/base/errors.ts';
import type { LanguageModel } from '../../../../src/core/models/index.ts';
import { QuizHost, shortened } from '../../../../src/faces/vscode/cards/quizHost.ts';
import type { QuizView } from '../../../../src/protocol/quiz.ts';
import { scripted, stage } from './stage.ts';

const { window } = await stage();
let decks = 0;

/** A quiz on new cards in a deck of their own. */
async function quizOn(drafts: readonly CardDraft[], { context = window(), model = scripted([]) }: { readonly context?: CardsContext; readonly model?: LanguageModel } = {}) {
  const deck = `deck ${++decks}`;
  const cards = await createCards(context, drafts.map((draft) => ({ ...draft, project: deck })));
  const pushed: QuizView[] = [];
  const open = async (in_: CardsContext) =>
    new QuizHost({ context: in_, session: await startQuiz(in_, { project: deck }), title: deck, deck, labelOf: ({ file, startLine }) => `${file}:${startLine}`, model: () => model, learner: () => ({ level: '', taste: '' }), push: (view) => pushed.push(view) });
  return { host: await open(context), cards, pushed, open, context };
}
const plain = (...names: string[]): CardDraft[] => names.map((name) => ({ question: `What is ${name}?`, answer: name }));

test('a quiz from the first question to the end', async () => {
  const { host } = await quizOn(plain('a', 'b'));
  let view = await host.view();
  assert.deepEqual([view.card?.front, view.card?.state, view.progress, view.canUndo], ['What is a?', 'new', { done: 0, total: 2 }, false]);
  assert.deepEqual(view.card?.previews.map(({ again }) => again), [true, true, false, false, false]);
  view = await host.rate(view.turn, 1, 500);
  assert.equal(view.card?.front, 'What is b?');
  view = await host.rate(view.turn, 4, 500);
  assert.equal(view.card?.front, 'What is a?', 'what was forgotten comes again');
  view = await host.rate(view.turn, 3, 500);
  assert.equal(view.card, undefined);
  const { answers, known, relearned, tookMs, learned, hard } = view.summary ?? {};
  assert.deepEqual({ answers, known, relearned, tookMs, learned, hard }, { answers: 3, known: 1, relearned: 1, tookMs: 1500, learned: ['What is a?', 'What is b?'], hard: ['What is a?'] });
  view = await host.undo();
  assert.equal(view.card?.front, 'What is a?');
});

test('a window that comes back after the end still tells what was learned', async () => {
  const { host, context } = await quizOn(plain('a', 'b'));
  const told = async (at: QuizHost) => {
    const { answers, learned, hard } = (await at.view()).summary ?? {};
    return { answers, learned, hard };
  };
  for (const confidence of [1, 4, 4]) await host.rate((await host.view()).turn, confidence, 1);
  const before = await told(host);
  assert.deepEqual(before, { answers: 3, learned: ['What is a?', 'What is b?'], hard: ['What is a?'] });
  const session = await resumeQuiz(window(), host.session.id);
  assert.deepEqual(await told(new QuizHost({ context, session, title: '', deck: undefined, labelOf: () => '', model: () => scripted([]), learner: () => ({ level: '', taste: '' }), push: () => undefined })), before);
});

test('an answer to a turn that is over changes nothing', async () => {
  const { host, cards, context } = await quizOn(plain('a', 'b'));
  const { turn } = await host.view();
  await host.rate(turn, 4, 1);
  const view = await host.rate(turn, 1, 1);
  assert.equal(view.card?.front, 'What is b?');
  assert.match(view.notice ?? '', /another window/);
  assert.equal((await showCard(context, cards[1]?.id ?? '')).schedule.reps, 0);
});

test('two windows on one deck: who answers first counts, and the other goes on', async () => {
  const { host, open, cards, context } = await quizOn(plain('a', 'b'));
  const other = await open(window());
  const [mine, theirs] = [await host.view(), await other.view()];
  assert.equal(mine.card?.id, theirs.card?.id);
  await host.rate(mine.turn, 5, 1);
  const view = await other.rate(theirs.turn, 1, 1);
  assert.equal(view.card?.front, 'What is b?');
  assert.match(view.notice ?? '', /another window/);
  const { reps, lapses } = (await showCard(context, cards[0]?.id ?? '')).schedule;
  assert.deepEqual([reps, lapses], [1, 0]);
});

test('flag, edit, skip and suspend', async () => {
  const { host, cards, context } = await quizOn(plain('a', 'b'));
  let view = await host.view();
  const turn = view.turn;
  view = await host.flag(turn, 1);
  assert.deepEqual([view.turn, view.card?.flag], [turn, 1]);
  view = await host.edit(turn, { question: 'What is **A**?', answer: 'A', notes: 'n' });
  assert.deepEqual([view.turn, view.card?.front, view.card?.notes], [turn, 'What is **A**?', 'n']);
  view = await host.skip(turn);
  assert.equal(view.card?.front, 'What is b?');
  view = await host.suspend(view.turn);
  assert.equal(view.card?.front, 'What is **A**?');
  assert.equal((await showCard(context, cards[1]?.id ?? '')).suspended, true);
  view = await host.undo();
  assert.equal(view.card?.front, 'What is b?');
});

test('a card of words says its languages, on both of its sides', async () => {
  const { host } = await quizOn([{ question: 'der Baum', answer: 'the tree', kind: 'reversed', tags: ['vocabulary', 'vocabulary::de::en'] }]);
  let view = await host.view();
  assert.deepEqual(view.card?.tags, ['vocabulary']);
  const sides = new Map([[view.card.front, view.card.languages]]);
  view = await host.rate(view.turn, 4, 1);
  if (view.card) sides.set(view.card.front, view.card.languages);
  assert.deepEqual(Object.fromEntries(sides), { 'der Baum': { front: 'de', back: 'en' }, 'the tree': { front: 'en', back: 'de' } });
});

test('an explanation streams, and belongs to its card', async () => {
  const model = scripted(['Because ', '**it** is.']);
  const { host, pushed } = await quizOn(plain('a', 'b'), { model });
  let view = await host.view();
  view = await host.explain(view.turn);
  assert.deepEqual(view.explanation, { phase: 'asking', text: '', model: 'Scripted' });
  assert.match(model.asked[0] ?? '', /What is a\?/);
  model.next();
  await delay(120);
  assert.deepEqual(pushed.at(-1)?.explanation, { phase: 'asking', text: 'Because ', model: 'Scripted' });
  model.next();
  await delay(120);
  assert.deepEqual(pushed.at(-1)?.explanation, { phase: 'done', text: 'Because **it** is.', model: 'scripted-1' });
  view = await host.rate(view.turn, 4, 1);
  assert.deepEqual(view.explanation, { phase: 'none' });
});

test('an explanation can be stopped, and ends with its card', async () => {
  const model = scripted(['one', 'two']);
  const { host, pushed } = await quizOn(plain('a', 'b'), { model });
  const { turn } = await host.view();
  await host.explain(turn);
  assert.deepEqual((await host.stopExplaining()).explanation, { phase: 'failed', text: '', why: 'Stopped.' });
  await host.explain(turn);
  await host.rate(turn, 4, 1);
  model.next();
  await delay(120);
  assert.deepEqual(pushed.filter(({ explanation }) => explanation.phase === 'done'), []);
});

test('a model that fails says why', async () => {
  const model: LanguageModel = { name: 'None', ask: () => Promise.reject(new WheelhouseError('missing-program', 'There is no model here.')) };
  const { host, pushed } = await quizOn(plain('a'), { model });
  await host.explain((await host.view()).turn);
  await delay(50);
  assert.deepEqual(pushed.at(-1)?.explanation, { phase: 'failed', text: '', why: 'There is no model here.' });
});

test('Markdown as one line of words', () => {
  assert.equal(shortened('What does `a`\n```ts\nreturn **1**;\n```\ngive?'), 'What does a return 1; give?');
  assert.equal(shortened('x'.repeat(300)).length, 110);
});
