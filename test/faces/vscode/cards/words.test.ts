import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Deck } from '../../../../src/core/cards/index.ts';
import { byNeed, comingDay, deckDescription } from '../../../../src/faces/vscode/cards/deckText.ts';
import { linesOf } from '../../../../src/faces/vscode/cards/sourceLines.ts';
import { turnsOf } from '../../../../src/faces/vscode/cards/turns.ts';

const now = new Date(2026, 2, 14, 22).getTime();
const hour = 3_600_000;
const deck = (change: Partial<Deck>): Deck => ({ project: 'd', total: 9, due: 0, new: 0, newTotal: 0, learning: 0, suspended: 0, nextDue: undefined, ...change });

test('what a deck wants', () => {
  assert.equal(deckDescription(deck({ due: 5, new: 3, learning: 1 }), now), '5 due · 1 learning · 3 new');
  assert.equal(deckDescription(deck({ nextDue: now + 5 * hour }), now), 'next tomorrow');
  assert.equal(deckDescription(deck({}), now), '');
  assert.deepEqual([1, 5, 80].map((hours) => comingDay(now + hours * hour, now)), ['in 1 h', 'tomorrow', 'in 4 days']);
});

test('decks that want something come first', () => {
  const sorted = [deck({ project: 'a' }), deck({ project: 'z', due: 1 }), deck({ project: 'b', new: 2 })].sort(byNeed);
  assert.deepEqual(sorted.map(({ project }) => project), ['b', 'z', 'a']);
});

const file = ['import x', '', 'function a() {', '  return 1;', '}', 'function b() {', '  return 1;', '}'];
const sources: { name: string; source: Parameters<typeof linesOf>[1]; lines: [number, number] }[] = [
  { name: 'where it was', source: { file: 'f', startLine: 3, endLine: 5, code: 'function a() {\n  return 1;\n}' }, lines: [3, 5] },
  { name: 'moved down', source: { file: 'f', startLine: 1, endLine: 3, code: 'function a() {\n  return 1;\n}' }, lines: [3, 5] },
  { name: 'the nearest of two', source: { file: 'f', startLine: 8, endLine: 8, code: '  return 1;' }, lines: [7, 7] },
  { name: 'indented anew', source: { file: 'f', startLine: 4, endLine: 4, code: '\treturn 1;' }, lines: [4, 4] },
  { name: 'gone: the old lines', source: { file: 'f', startLine: 2, endLine: 4, code: 'gone' }, lines: [2, 4] },
  { name: 'gone, and the file is shorter now', source: { file: 'f', startLine: 90, endLine: 95, code: 'gone' }, lines: [8, 8] },
  { name: 'without its code', source: { file: 'f', startLine: 3, endLine: 4 }, lines: [3, 4] },
];
for (const { name, source, lines } of sources) {
  test(`the code of a card: ${name}`, () => {
    const { start, end } = linesOf(file, source);
    assert.deepEqual([start, end], lines);
  });
}

test('what was said in a conversation, without tools and what the client adds', () => {
  const lines = [
    { type: 'user', message: { role: 'user', content: 'Why is it slow?' } },
    { type: 'assistant', message: { content: [{ type: 'text', text: 'I look.' }, { type: 'tool_use', name: 'Read' }] } },
    { type: 'user', message: { content: [{ type: 'tool_result', content: 'secret' }] } },
    { type: 'assistant', message: { content: [{ type: 'text', text: 'It reads twice.' }] } },
    { type: 'user', isMeta: true, message: { content: 'Caveat: …' } },
    { type: 'user', message: { content: '<command-name>/clear</command-name>' } },
    { type: 'user', message: { content: [{ type: 'text', text: 'Thanks' }] } },
  ];
  const text = `${lines.map((line) => JSON.stringify(line)).join('\n')}\n{"type":"user","mess`;
  assert.deepEqual(turnsOf(text), [{ prompt: 'Why is it slow?', answer: 'I look.\n\nIt reads twice.' }, { prompt: 'Thanks', answer: '' }]);
  assert.equal(turnsOf(text, 1).length, 1);
});
