import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { articleCards } from '../articleCards.ts';
import { stage } from '../cli/stage.ts';
import { connect, generations, type Generation } from './connect.ts';

interface CardOut {
  id: string;
  question: string;
  reps: number;
  tags: string[];
  algorithm: string;
}

const names = [
  'flashcard_create', 'flashcard_bulk_create', 'flashcard_review', 'flashcard_update', 'flashcard_delete', 'flashcard_list', 'quiz_get', 'flashcard_bulk_review',
  'quiz_submit_and_next', 'project_list', 'stats_get', 'algorithm_configure', 'flashcard_export', 'flashcard_import', 'flashcard_search', 'flashcard_reset',
];

async function connected(t: TestContext, generation: Generation = 'legacy') {
  const staged = await stage(t, { git: false });
  return { staged, ...(await connect(t, staged, { generation, args: ['--tools', 'cards'] })) };
}

for (const generation of generations) {
  test(`all tools are there, described, with schemas and annotations, ${generation}`, { timeout: 60_000 }, async (t) => {
    const { client } = await connected(t, generation);
    const { tools } = await client.listTools();
    assert.deepEqual(tools.map(({ name }) => name).sort(), [...names].sort());
    for (const tool of tools) {
      assert.ok((tool.description?.length ?? 0) > 60 && (tool.description?.length ?? 0) < 2048, tool.name);
      assert.equal(tool.outputSchema?.type, 'object', tool.name);
      for (const hint of ['readOnlyHint', 'destructiveHint', 'idempotentHint', 'openWorldHint'] as const) assert.equal(typeof tool.annotations?.[hint], 'boolean', `${tool.name} ${hint}`);
    }
  });
}

test('three cards, just as an article prints them: kept, quizzed, rated, listed, counted', { timeout: 60_000 }, async (t) => {
  const { call } = await connected(t);
  assert.equal((await call('flashcard_bulk_create', { project: 'clojure', cards: articleCards }))['created'], 3);
  const { cards } = (await call('flashcard_list', { project: 'clojure' })) as { cards: (CardOut & { answer: string; notes: string })[] };
  assert.deepEqual(cards.map(({ question, answer, tags, notes }) => ({ question, answer, tags, notes })), articleCards);
  const quiz = (await call('quiz_get', { project: 'clojure', limit: 5 })) as { session_id: string; total: number };
  assert.equal(quiz.total, 3);
  const { next } = (await call('quiz_submit_and_next', { session_id: quiz.session_id, item_id: cards[0]?.id, confidence: 4 })) as { next: CardOut };
  assert.equal(next.question, articleCards[1]?.question);
  await call('flashcard_review', { id: next.id, confidence: 2 });
  const { reviews, right } = await call('stats_get', { project: 'clojure' });
  assert.deepEqual([reviews, right], [2, 1]);
});

test('from creation to figures', { timeout: 60_000 }, async (t) => {
  const { call, staged } = await connected(t);
  const { card } = (await call('flashcard_create', { question: 'Q1', answer: 'A1', project: 'p', tags: 'a, b', notes: 'n' })) as { card: CardOut };
  assert.deepEqual([card.tags, card.algorithm], [['a', 'b'], 'sm2']);
  assert.deepEqual(await call('flashcard_bulk_create', { project: 'p', cards: [{ question: 'Q2', answer: 'A2', tags: ['c'] }, { question: 'Q1', answer: 'A1' }] }).then(({ created, skipped }) => [created, skipped]), [1, 1]);
  assert.equal(((await call('flashcard_update', { id: card.id, question: 'Q1 better' })) as { card: CardOut }).card.question, 'Q1 better');
  assert.equal(((await call('flashcard_search', { query: 'better' })) as { cards: CardOut[] }).cards.length, 1);
  assert.equal(((await call('flashcard_list', { project: 'p', tags: 'c' })) as { cards: CardOut[] }).cards[0]?.question, 'Q2');

  const quiz = (await call('quiz_get', { project: 'p', limit: 5 })) as { session_id: string; total: number; cards: CardOut[] };
  assert.equal(quiz.total, 2);
  const rate = (item_id: string | undefined, confidence: number) => call('quiz_submit_and_next', { session_id: quiz.session_id, item_id, confidence }) as Promise<{ again: boolean; next: CardOut | null; summary: { relearned: number } | null }>;
  const wrong = await rate(quiz.cards[0]?.id, 1);
  assert.deepEqual([wrong.again, wrong.next?.id], [true, quiz.cards[1]?.id]);
  await rate(quiz.cards[1]?.id, 4);
  const last = await rate(quiz.cards[0]?.id, 4);
  assert.deepEqual([last.next, last.summary?.relearned], [null, 1]);

  assert.equal(((await call('flashcard_review', { id: card.id, confidence: 5 })) as { card: CardOut }).card.reps, 3);
  assert.equal((await call('flashcard_bulk_review', { reviews: JSON.stringify([{ id: card.id, confidence: 4 }]) }))['reviewed'], 1);
  assert.deepEqual(((await call('project_list', { stats: true })) as { projects: { project: string; cards: number }[] }).projects.map(({ project, cards }) => [project, cards]), [['p', 2]]);
  assert.equal((await call('stats_get', { period: 'today' }))['reviews'], 5);
  assert.deepEqual(await call('algorithm_configure', { type: 'fixed', intervals: '1,5', project: 'p' }).then(({ algorithm, converted, intervals }) => [algorithm, converted, intervals]), ['fixed', 2, [1, 5]]);

  await call('flashcard_export', { format: 'org', output: 'cards.org' });
  assert.match(await readFile(join(staged.repo, 'cards.org'), 'utf8'), /^\*\* Q1 better/m);
  assert.equal((await call('flashcard_import', { file: 'cards.org' }))['skipped'], 2);
  assert.match(String((await call('flashcard_export', { format: 'csv' }))['content']), /Q1 better/);
  assert.equal((await call('flashcard_reset', { id: 'all', confirm: true }))['reset'], 2);
  assert.equal((await call('flashcard_delete', { id: card.id }))['deleted'], 1);
});

test('what is refused, in words that say what to do', { timeout: 60_000 }, async (t) => {
  const { call, refusal } = await connected(t);
  const { card } = (await call('flashcard_create', { question: 'Q', answer: 'A' })) as { card: CardOut };
  await call('flashcard_export', { format: 'json', output: 'x.json' });
  const cases: [name: string, input: Record<string, unknown>, says: RegExp][] = [
    ['flashcard_review', { id: card.id, confidence: 6 }, /from 1 \(forgotten\) to 5/],
    ['flashcard_review', { id: card.id, confidence: 0 }, /from 1 \(forgotten\) to 5/],
    ['flashcard_review', { id: 'nope', confidence: 3 }, /There is no card/],
    ['flashcard_create', { question: ' ', answer: 'A' }, /needs a question/],
    ['flashcard_bulk_create', { cards: [{ question: 'Q2', answer: 'A' }, { question: 'Q3' }] }, /Card 2 needs an answer/],
    ['flashcard_bulk_review', { reviews: '{' }, /reviews is a list/],
    ['quiz_submit_and_next', { session_id: 'x', item_id: card.id, confidence: 3 }, /no quiz/],
    ['flashcard_reset', { id: 'all' }, /confirm/],
    ['flashcard_export', { format: 'anki' }, /output/],
    ['flashcard_export', { format: 'json', output: 'x.json' }, /exists/],
    ['flashcard_import', { file: 'missing.json' }, /missing\.json/],
    ['algorithm_configure', { type: 'leitner', boxes: 2 }, /3 to 10/],
  ];
  for (const [name, input, says] of cases) assert.match(await refusal(name, input), says, name);
  assert.equal(((await call('flashcard_list')) as { cards: CardOut[] }).cards.length, 1);
});
