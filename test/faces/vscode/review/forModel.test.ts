import assert from 'node:assert/strict';
import { test } from 'node:test';
import { textForModel } from '../../../../src/faces/vscode/review/forModel.ts';
import { comment } from './sample.ts';

const at = { year: 2026, month: 11, day: 25 };

test('place, code, text and conversation', () => {
  const item = comment({ range: { start: 3, end: 4 }, severity: 'must', tags: ['io'], text: 'Close it\n\nalways', quote: 'old', replies: [{ at, author: 'sam', text: 'How?' }] });
  assert.equal(textForModel(item, 'open()\n  read()'), 'src/a.ts:3-4 (must, #io, id cr-1)\n> open()\n>   read()\n\nClose it\n\nalways\n\nsam: How?\n');
});

test('without current code, what was commented on; without that, none', () => {
  assert.equal(textForModel(comment({ quote: 'old' }), undefined), 'src/a.ts:1 (should, id cr-1)\n> old\n\nText\n');
  assert.equal(textForModel(comment({ status: 'file-gone', line: 0 }), undefined), 'src/a.ts (should, id cr-1)\n\nText\n');
});
