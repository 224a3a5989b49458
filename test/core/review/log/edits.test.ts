import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { applyEdits } from '../../../../src/core/review/log/index.ts';
import type { Edit } from '../../../../src/core/review/log/index.ts';

test('edits apply in any order', () => {
  const lengths = fc.array(fc.record({ gap: fc.nat(5), length: fc.nat(5), text: fc.string({ maxLength: 3 }) }), { maxLength: 10 });
  fc.assert(fc.property(fc.string({ minLength: 120, maxLength: 120 }), lengths, fc.infiniteStream(fc.nat()), (text, pieces, random) => {
    const edits: Edit[] = [];
    let at = 0;
    let expected = '';
    for (const { gap, length, text: replacement } of pieces) {
      const start = at + gap + 1; // never two at one place
      expected += text.slice(at, start) + replacement;
      edits.push({ start, end: start + length, text: replacement });
      at = start + length;
    }
    const shuffled = edits.map((edit) => ({ edit, key: Number(random.next().value) })).sort((a, b) => a.key - b.key).map(({ edit }) => edit);
    assert.equal(applyEdits(text, shuffled), expected + text.slice(at));
  }), { seed: 4711, numRuns: 300 });
});

test('insertions at one place keep their order and come before a replacement', () => {
  assert.equal(applyEdits('abc', [{ start: 1, end: 2, text: 'X' }, { start: 1, end: 1, text: '1' }, { start: 1, end: 1, text: '2' }]), 'a12Xc');
});

test('overlapping edits and edits outside the text are refused', () => {
  const bad: Edit[][] = [
    [{ start: 0, end: 2, text: '' }, { start: 1, end: 3, text: '' }],
    [{ start: 2, end: 1, text: '' }],
    [{ start: 0, end: 4, text: '' }],
    [{ start: -1, end: 0, text: '' }],
  ];
  for (const edits of bad) assert.throws(() => applyEdits('abc', edits), /overlaps another or lies outside/);
});
