import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recordAnchor } from '../../../../src/core/review/anchor/index.ts';

const source = { path: 'a.py', blob: '0'.repeat(40), commit: '1'.repeat(40), dirty: true, branch: 'main', columns: { start: 2, end: 5 } };

test('an anchor keeps the source, the quote and three non-blank lines either side', () => {
  const anchor = recordAnchor('a\r\nb\r\n\r\nc\r\nd\r\ne\r\n\r\n\r\nf', { start: 5, end: 5 }, source);
  assert.deepEqual(anchor, { ...source, range: { start: 5, end: 5 }, quote: 'd', before: ['a', 'b', 'c'], after: ['e', 'f'] });
  assert.deepEqual(JSON.parse(JSON.stringify(anchor)), anchor);
});

test('of a long range, the first and the last ten lines are quoted', () => {
  const text = Array.from({ length: 30 }, (_, i) => `line ${i + 1}`).join('\n');
  const quote = recordAnchor(text, { start: 2, end: 29 }, source).quote.split('\n');
  assert.deepEqual([quote.length, quote[0], quote[9], quote[10], quote[19]], [20, 'line 2', 'line 11', 'line 20', 'line 29']);
});

for (const range of [{ start: 0, end: 1 }, { start: 2, end: 1 }, { start: 1, end: 4 }, { start: 1.5, end: 2 }]) {
  test(`a range outside the text is refused: ${range.start} to ${range.end}`, () => {
    assert.throws(() => recordAnchor('a\nb\nc', range, source), { code: 'invalid-input' });
  });
}
