import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { afterAnswer, gap, maxAsked, queueOf, skipped, without } from '../../../src/core/cards/quiz/queue.ts';

const cards = (count: number) => Array.from({ length: count }, (_, i) => `c${i}`);

test('a forgotten card comes again, after at least as many others as the gap, or all that remain; never for ever', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.infiniteStream(fc.boolean()), (count, chance) => {
      let queue = queueOf(cards(count));
      const order: string[] = [];
      const mustWait = new Map<string, number>();
      for (const right of chance) {
        const [card] = queue.waiting;
        if (card === undefined) break;
        for (const [other, left] of mustWait) mustWait.set(other, left - 1);
        assert.ok((mustWait.get(card) ?? -1) < 0, `${card} came too early in ${order.join(' ')} ${card}`);
        order.push(card);
        const others = queue.waiting.length - 1;
        queue = afterAnswer(queue, card, right);
        if (queue.waiting.includes(card)) mustWait.set(card, Math.min(gap, others));
        else mustWait.delete(card);
        assert.ok(order.length <= count * maxAsked);
      }
      assert.equal(queue.done.size, count);
    }),
    { seed: 4, numRuns: 300 },
  );
});

test('order, skipping and leaving out', () => {
  const queue = queueOf(['a', 'b', 'c', 'd', 'e', 'a']);
  assert.deepEqual(queue.waiting, ['a', 'b', 'c', 'd', 'e']);
  assert.deepEqual(afterAnswer(queue, 'a', false).waiting, ['b', 'c', 'd', 'a', 'e']);
  assert.deepEqual(afterAnswer(queue, 'a', true).waiting, ['b', 'c', 'd', 'e']);
  assert.deepEqual(skipped(queue, 'b').waiting, ['a', 'c', 'd', 'e', 'b']);
  assert.deepEqual(without(queue, 'c').waiting, ['a', 'b', 'd', 'e']);
  assert.equal(without(queue, 'c').done.size, 0, 'it was never asked');
});
