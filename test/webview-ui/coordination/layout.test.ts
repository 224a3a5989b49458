import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { layout, walk, type Edge } from '../../../webview-ui/coordination/layout.ts';
import { ago, lasting } from '../../../webview-ui/coordination/words.ts';

const edges = (text: string): Edge[] => text.split(' ').filter((word) => word !== '').map((word) => ({ from: word[0] ?? '', to: word[1] ?? '' }));
const drawn = (slots: ReturnType<typeof layout>) => [...slots].map(([id, { column, row }]) => `${id}${column}${row}`).sort().join(' ');

const cases: [what: string, edges: string, expected: string][] = [
  ['one waits for one', 'ab', 'a00 b10'],
  ['two for one', 'ac bc', 'a00 b01 c10'],
  ['a chain goes to the right, and what passes it has a row of its own', 'ab bc ac', 'a00 b11 c20'],
  ['a circle, which should not be, ends', 'ab ba', 'a20 b10'],
  ['nobody', '', ''],
];
for (const [what, text, expected] of cases) test(what, () => assert.equal(drawn(layout(edges(text))), expected));

test('who was there stays where it was, and no two stand on one place', () => {
  const nodes = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
  const graphs = fc.array(fc.record({ from: nodes, to: nodes }), { maxLength: 8 });
  fc.assert(fc.property(graphs, graphs, (one, two) => {
    const before = layout(one);
    const after = layout(two, before);
    for (const [id, slot] of after) if (before.has(id)) assert.deepEqual(slot, before.get(id));
    assert.equal(new Set([...after.values()].map(({ column, row }) => `${column} ${row}`)).size, after.size);
  }), { seed: 7, numRuns: 300 });
});

test('keys walk along the edges', () => {
  const all = edges('ac bc cd');
  const slots = layout(all);
  assert.deepEqual([walk(all, slots, 'a', 'right'), walk(all, slots, 'c', 'left'), walk(all, slots, 'a', 'down'), walk(all, slots, 'b', 'up'), walk(all, slots, 'd', 'right'), walk(all, slots, 'x', 'left')], ['c', 'a', 'b', 'a', undefined, undefined]);
});

test('times in words', () => {
  const now = new Date(2026, 2, 14, 15, 0).getTime();
  assert.deepEqual([lasting(-1), lasting(59_100), lasting(14 * 60_000), lasting(5 * 3_600_000)], ['over', '60 s', '14 m', '5 h']);
  assert.deepEqual([ago(now - 20_000, now), ago(now - 180_000, now), ago(now - 5 * 3_600_000, now), ago(new Date(2026, 2, 13, 14, 23).getTime(), now), ago(new Date(2026, 1, 2).getTime(), now)], ['now', '3 m', '5 h', 'yesterday 14:23', '2 Feb']);
});
