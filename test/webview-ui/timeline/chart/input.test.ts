/** What keys and wheels mean, and where the arrow keys lead. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wheelFactor, wheelPixels } from '../../../../webview-ui/timeline/chart/gestures.ts';
import { chartAction } from '../../../../webview-ui/timeline/chart/keys.ts';
import { acrossLanes, alongLane, endOf, nearest, type Places } from '../../../../webview-ui/timeline/chart/neighbours.ts';

const press = (key: string, held: Partial<Record<'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey', true>> = {}) => chartAction({ key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...held });

test('keys', () => {
  assert.deepEqual(press('ArrowLeft'), { kind: 'step', by: -1 });
  assert.deepEqual(press('ArrowLeft', { shiftKey: true }), { kind: 'pan', share: -0.2 });
  assert.deepEqual(press('3'), { kind: 'rate', rating: 3 });
  for (const key of ['6', 'a', 'Tab', 'F1']) assert.equal(press(key), undefined);
  for (const held of ['ctrlKey', 'metaKey', 'altKey'] as const) assert.equal(press('ArrowLeft', { [held]: true }), undefined, 'shortcuts of the editor pass');
});

test('a wheel and its opposite cancel each other, in any unit', () => {
  assert(Math.abs(wheelFactor(120, false) * wheelFactor(-120, false) - 1) < 1e-12);
  assert(wheelFactor(-100, false) < 1);
  assert.equal(wheelPixels(3, 1), 48);
  assert(wheelFactor(1e9, true) < 3, 'no jump');
  assert(wheelFactor(-5, true) < wheelFactor(-5, false), 'a pinch is stronger');
});

/** Rows 0–7 in two lanes; row 3 hidden, row 4 dimmed. */
const places: Places = { x: Float64Array.of(10, 20, 20, 30, 40, 50, 60, 70), rows: undefined, project: Uint16Array.of(0, 0, 1, 0, 0, 1, 0, 1), visibility: Uint8Array.of(2, 2, 2, 0, 1, 2, 2, 2), laneOf: Uint16Array.of(0, 1), laneCount: 3 };
const x = (row: number) => places.x[row]!;

test('arrows go along a lane, past hidden prompts', () => {
  assert.equal(alongLane(places, 0, x(0), 1), 1);
  assert.equal(alongLane(places, 1, x(1), 1), 4);
  assert.equal(alongLane(places, 1, x(1), 1, 2), 6, 'from hit to hit');
  assert.equal(alongLane(places, 2, x(2), -1), undefined);
  assert.equal(alongLane(places, 7, x(7), -1), 5);
});

test('arrows go across lanes to the nearest in time', () => {
  assert.equal(acrossLanes(places, 6, x(6), 1), 5);
  assert.equal(acrossLanes(places, 5, x(5), -1), 4);
  assert.equal(acrossLanes(places, 5, x(5), 1), undefined);
  assert.equal(nearest(places, 34, 1), 4);
  assert.equal(nearest(places, -100, 2), 0);
  assert.equal(nearest(places, 1000, 2), 7);
});

test('first and last', () => {
  assert.equal(endOf(places, 'first'), 0);
  assert.equal(endOf(places, 'last'), 7);
  assert.equal(endOf({ ...places, visibility: new Uint8Array(8) }, 'last'), undefined);
});

test('every prompt that is not hidden is reached by arrows from the first one', () => {
  const seen = new Set<number>([0]);
  const queue = [0];
  for (let row = queue.pop(); row !== undefined; row = queue.pop()) {
    for (const next of [alongLane(places, row, x(row), 1), alongLane(places, row, x(row), -1), acrossLanes(places, row, x(row), 1), acrossLanes(places, row, x(row), -1)]) {
      if (next === undefined || seen.has(next)) continue;
      seen.add(next);
      queue.push(next);
    }
  }
  assert.deepEqual([...seen].sort(), [0, 1, 2, 4, 5, 6, 7]);
});
