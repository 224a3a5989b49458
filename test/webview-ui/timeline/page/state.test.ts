import assert from 'node:assert/strict';
import { test } from 'node:test';
import { age, duration, shortCount } from '../../../../webview-ui/shared/format.ts';
import { readSavedState } from '../../../../webview-ui/timeline/page/savedState.ts';
import { split } from '../../../../webview-ui/timeline/page/promptText.ts';
import { beginning } from '../../../../webview-ui/timeline/chart/tooltip.ts';

test('a saved state comes back; anything else becomes a fresh one', () => {
  const state = { span: { from: 1, to: 2 }, filters: { text: 'x', projects: ['/a'], ratings: [0, 5], agent: 'claude', hasNote: true, from: 5, to: undefined, only: { title: 'A topic', ids: [1, 2] } }, tab: 'day', selected: 7, panelOpen: true, panelWidth: 400, views: { crawl: { speed: 2 } } };
  assert.deepEqual(readSavedState(structuredClone(state)), state);
  const fresh = readSavedState(undefined);
  for (const bad of [null, 5, 'x', [], { span: { from: 2, to: 1 }, filters: { ratings: ['a', 99], projects: 'x', only: { title: 'x', ids: 'y' } }, tab: 'nowhere', panelWidth: NaN, views: 5 }]) assert.deepEqual(readSavedState(bad), fresh);
  assert.equal(readSavedState({ panelWidth: 1e9 }).panelWidth, 720);
});

test('pasted parts stand in the place of their placeholders', () => {
  const part = (placeholder: string) => ({ placeholder, text: 'pasted' });
  const [one, two, lost] = [part('[Pasted text #1]'), part('[Pasted text #2]'), part('[Pasted text #9]')];
  assert.deepEqual(split('see [Pasted text #2] and [Pasted text #1].', [one, two]), ['see ', two, ' and ', one, '.']);
  assert.deepEqual(split('nothing', [lost]), ['nothing', lost]);
  assert.deepEqual(split('', []), []);
});

test('a beginning halves no letter', () => {
  assert.equal(beginning('ab😀', 3), 'ab…');
  assert.equal(beginning('  short\n\n\nlines ', 100), 'short\nlines');
});

test('numbers and ages are short', () => {
  assert.deepEqual([7, 999, 1000, 1234, 9960, 99_949, 999_499, 1_200_000].map(shortCount), ['7', '999', '1k', '1.2k', '10k', '100k', '999k', '1.2M']);
  const now = new Date('2025-10-09T12:00').getTime();
  const ago = (text: string) => age(new Date(text).getTime(), now);
  assert.deepEqual(['2025-10-09T11:59:30', '2025-10-09T11:57', '2025-10-09T07:00', '2025-10-08T14:23'].map(ago), ['now', '3 m', '5 h', 'yesterday 14:23']);
  assert.match(ago('2024-10-02T10:00'), /2024/);
  assert.deepEqual([500, 5000, 90_000, 3 * 86_400_000].map(duration), ['less than a second', '5 seconds', '2 minutes', '3 days']);
});
