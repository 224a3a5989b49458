import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ApprovalView } from '../../../src/protocol/approval.ts';
import { chosenKeys, nextOpen, openKeys, statusText } from '../../../webview-ui/approval/choice.ts';
import { play, proposed } from './sample.ts';

const view = (change: Partial<ApprovalView> = {}) => play().set(change);

test('cards that resemble one that is there are not chosen, unless the user does', () => {
  assert.deepEqual(chosenKeys(view(), new Map()), [1, 3]);
  assert.deepEqual(chosenKeys(view(), new Map([[2, true], [3, false]])), [1, 2]);
});

test('what is kept or discarded is not open any more', () => {
  const cards = proposed.map((card) => (card.key === 1 ? { ...card, state: 'kept' as const } : card));
  assert.deepEqual(openKeys(view({ cards })), [2, 3]);
  assert.deepEqual(chosenKeys(view({ cards }), new Map([[1, true]])), [3]);
});

test('the focus goes on to the next open card, and back at the end', () => {
  assert.deepEqual([1, 2, 3].map((key) => nextOpen(view(), key)), [2, 3, 2]);
  assert.equal(nextOpen(view({ cards: proposed.slice(0, 1) }), 1), undefined);
});

const states: { change: Partial<ApprovalView>; says: string }[] = [
  { change: { phase: 'asking', cards: [] }, says: 'Asking Claude Code …' },
  { change: { phase: 'asking' }, says: 'Claude Code is writing, 3 cards so far …' },
  { change: { phase: 'done' }, says: '3 cards by Claude Code.' },
  { change: { phase: 'done', cards: [] }, says: 'Claude Code found nothing worth a card.' },
  { change: { phase: 'done', note: 'The answer was cut off.' }, says: '3 cards by Claude Code. The answer was cut off.' },
  { change: { phase: 'stopped', cards: proposed.slice(0, 1).map((card) => ({ ...card, state: 'kept' })) }, says: 'Stopped after 1 card. 1 card kept.' },
  { change: { phase: 'failed', note: 'Claude Code was not found.' }, says: 'Claude Code was not found.' },
];
for (const { change, says } of states) test(says, () => assert.equal(statusText(view(change)), says));
