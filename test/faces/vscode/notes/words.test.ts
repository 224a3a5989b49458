// What the editor says and finds about notes, without an editor.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aroundHit, hitPlace } from '../../../../src/faces/vscode/notes/hitPlace.ts';
import { factsOf, placeOf } from '../../../../src/faces/vscode/notes/noteText.ts';
import { openLink } from '../../../../src/faces/vscode/notes/openLink.ts';
import { beginning } from '../../../../src/faces/vscode/notes/preview.ts';
import { timeGroups } from '../../../../src/faces/vscode/notes/timeGroups.ts';
import { HIT_END, HIT_START } from '../../../../src/core/notes/index.ts';

for (const [now, oldest] of [['2026-11-23T10:00', '2021-05-01T00:00'], ['2026-03-01T00:00', '2026-02-28T23:59'], ['2026-01-01T12:00', '2025-12-31T00:00'], ['2026-01-31T12:00', '2025-11-30T00:00']] as const) {
  test(`times from ${now} back to ${oldest} leave no gap`, () => {
    const groups = timeGroups(new Date(now), new Date(oldest).getTime());
    assert.equal(groups[0]?.label, 'Today');
    assert.equal(groups[0].before, Infinity);
    groups.slice(1).forEach((group, at) => assert.equal(group.before, groups[at]?.from));
    for (const { from, before } of groups) assert(from < before);
    const last = groups.at(-1);
    assert(last && last.from <= new Date(oldest).getTime());
    assert.equal(new Set(groups.map(({ key }) => key)).size, groups.length);
  });
}

test('a note of last spring lies in its month, one of long ago in its year', () => {
  const groups = timeGroups(new Date('2026-11-23T10:00'), new Date('2021-05-01T00:00').getTime());
  const at = (time: string) => groups.find(({ from, before }) => new Date(time).getTime() >= from && new Date(time).getTime() < before)?.label;
  assert.deepEqual(['2026-11-23T00:00', '2026-11-22T23:00', '2026-11-17T12:00', '2026-11-01T12:00', '2026-10-02T12:00', '2026-04-10T12:00', '2025-03-01T12:00', '2021-06-01T12:00'].map(at), ['Today', 'Yesterday', 'Last 7 days', 'Last 30 days', 'October 2026', 'April 2026', '2025', '2021']);
});

const hit = (text: string) => text.replaceAll('<', HIT_START).replaceAll('>', HIT_END);
const hits: readonly [text: string, snippet: string, found: string][] = [
  ['one two\nthree four', '…two <three> four', 'three'],
  ['word and word here', 'word and <word> here', 'word here'],
  ['a (b) [c] needle.', '…(b) [c] <needle>.', 'needle'],
  ['日本語の本', '日 本 語 の <本>', '本'],
  ['nothing', 'no hit', 'nothing'],
  ['other text', '<gone>', 'other text'],
  ['x alpha beta\n\ngamma', '…<alpha> beta gamma', 'alpha'],
];
for (const [text, snippet, found] of hits) {
  test(`the place of ${JSON.stringify(snippet)}`, () => assert(text.slice(hitPlace(text, hit(snippet))).startsWith(found)));
}

test('a snippet begins shortly before its hit', () => {
  assert.equal(aroundHit(hit('short <hit> here')), 'short hit here');
  assert.equal(aroundHit(hit(`${'word '.repeat(20)}just <before> it`)), '…word word word word word word just before it');
  assert.equal(aroundHit(hit(`${'x'.repeat(80)}<hit>`)), `${'x'.repeat(80)}hit`);
});

const opens: readonly [before: string, after: string, typed: string | undefined, closing: number][] = [
  ['see [[', '', '', 0],
  ['see [[wor', ']] rest', 'wor', 2],
  ['[[id:ab', ']', 'ab', 1],
  ['[[a]] and [[b', '', 'b', 0],
  ['[[a]] and', '', undefined, 0],
  ['[[a|text', '', undefined, 0],
  ['[a', ']', undefined, 0],
];
for (const [before, after, typed, closing] of opens) {
  test(`what is typed in ${JSON.stringify(before)}`, () => {
    const found = openLink(before, after);
    assert.equal(found?.typed, typed);
    if (found) assert.deepEqual([found.closing, before.slice(found.from, found.from + 2)], [closing, '[[']);
  });
}

const beginnings: readonly [content: string, title: string, shown: string][] = [
  [':PROPERTIES:\n:ID: x\n:END:\n#+title: T\n#+filetags: :a:\n\nFirst.\nSecond.\n', 'T', 'First.\nSecond.'],
  ['---\ntitle: T\n---\n\n# T\n\nText --- here.\n', 'T', 'Text --- here.'],
  ['* T\nBody\n', 'T', 'Body'],
  ['# Other\nBody\n', 'T', '# Other\nBody'],
  ['', 'T', ''],
  [Array.from({ length: 30 }, (_, n) => `line ${n}`).join('\n'), 'T', `${Array.from({ length: 12 }, (_, n) => `line ${n}`).join('\n')} …`],
  ['See [[id:x][the x]], [[b|text]] and [[c]].\n', 'T', 'See the x, text and [[c]].'],
];
for (const [content, title, shown] of beginnings) {
  test(`the beginning of ${JSON.stringify(content.slice(0, 30))}`, () => assert.equal(beginning(content, title), shown));
}

test('facts and places', () => {
  const now = Date.parse('2026-11-23T10:00:00Z');
  assert.equal(factsOf({ modifiedAt: now - 180_000, tags: ['PUBLIC', 'mcp', '$(x)'] }, now).replace(/\u200b|\u2060/g, ''), '3 m · #mcp #$(x)');
  assert.deepEqual([placeOf('/h/notes/sub/a.org', ['/h/notes']), placeOf('/h/notes-2/a.org', ['/h/notes'])], ['sub/a.org', '/h/notes-2/a.org']);
});
