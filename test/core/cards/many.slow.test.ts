import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as core from '../../../src/core/cards/index.ts';
import { testCards } from './helpers.ts';

test('100,000 cards in one import are kept, in records that the journal takes, and go at one undo', { timeout: 60_000 }, async (t) => {
  const context = testCards();
  t.after(() => context.dispose());
  const started = performance.now();
  const { added } = await core.keepImported(context, Array.from({ length: 100_000 }, (_, i) => ({ question: `Question number ${i}, which is about as long as questions are`, answer: `Answer ${i}`, project: `deck ${i % 10}`, tags: ['many'] })));
  assert.equal(added, 100_000);
  assert.equal((await core.decks(context)).reduce((sum, { total }) => sum + total, 0), 100_000);
  assert.equal((await core.undo(context)).label, '100000 cards created');
  assert.equal((await core.decks(context)).length, 0);
  t.diagnostic(`${Math.round(performance.now() - started)} ms`);
});
