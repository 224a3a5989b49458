/** Links that lead to a place in a note. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { headingsOf, linkSpans, localLinkAt, placeIn, placeNamed, type NoteFormat } from '../../../src/core/notes/index.ts';

const markdown = `---
title: Garden
---
# Garden

\`\`\`
## Beds
\`\`\`

## Beds ##
Three of them. ^three

### What's new?
Nothing.

## Paths
### What's new?
Gravel.
`;
const org = `#+title: Garden

* TODO [#A] Beds :work:
:PROPERTIES:
:CUSTOM_ID: beds
:END:
Three of <<the trees>> them.
* Paths
The Trees are gone.
`;

const cases: readonly [format: NoteFormat, link: string, named: string, file: 'md' | 'org', line: number | undefined][] = [
  ['markdown', '[[garden]]', '', 'md', undefined],
  ['markdown', '[[garden#Beds]]', '#Beds', 'md', 10],
  ['markdown', '[[garden.md#beds|the beds]]', '#beds', 'md', 10],
  ['markdown', '[[garden#^three]]', '#^three', 'md', 11],
  ['markdown', '[[garden#^thr]]', '#^thr', 'md', undefined],
  ['markdown', '[[garden#Paths#What\'s new?]]', "#Paths#What's new?", 'md', 17],
  ['markdown', '[x](garden.md#whats-new)', '#whats-new', 'md', 13],
  ['markdown', '[x](<garden.md#what%27s-new> "title")', '#what%27s-new', 'md', 13],
  ['markdown', '[x](garden.md#100%)', '#100%', 'md', undefined],
  ['markdown', '[[garden#Roof]]', '#Roof', 'md', undefined],
  ['markdown', '[[garden#Paths]]', '#Paths', 'org', 8],
  ['org', '[[file:garden.org]]', '', 'org', undefined],
  ['org', '[[file:garden.org::*Beds][the beds]]', '*Beds', 'org', 3],
  ['org', '[[file:garden.org::#beds]]', '#beds', 'org', 3],
  ['org', '[[file:garden.org::8]]', '8', 'org', 8],
  ['org', '[[file:garden.org::99]]', '99', 'org', undefined],
  ['org', '[[file:garden.org::the trees]]', 'the trees', 'org', 7],
  ['org', '[[./garden.org::are gone]]', 'are gone', 'org', 9],
  ['org', '[[id:garden::*Paths]]', '*Paths', 'org', 8],
  ['org', '[[file:garden.md::*Paths]]', '*Paths', 'md', 16],
  ['org', '[[file:garden.org::(((]]', '(((', 'org', undefined],
];

for (const [format, link, named, file, line] of cases)
  test(`${link} in ${format}`, () => {
    const text = `See ${link}.`;
    const [span] = linkSpans(format, text);
    assert(span);
    assert.equal(placeNamed(format, text, span), named);
    const to = file === 'md' ? markdown : org;
    const at = placeIn(`garden.${file}`, to, named);
    assert.equal(at === undefined ? undefined : to.slice(0, at).split('\n').length, line);
  });

test('a link inside of its own note', () => {
  const named = (line: string, at: number) => localLinkAt(line, at)?.named;
  assert.deepEqual(localLinkAt('See [[#Beds|the beds]] now', 8), { named: '#Beds', start: 4, end: 22 });
  assert.equal(named('See [[*Beds][the beds]]', 8), '*Beds');
  assert.equal(named('See [[#^three]] and [[#Paths]]', 25), '#Paths');
  assert.equal(named('See [[#Beds]]', 2), undefined);
  assert.equal(named('See [[garden#Beds]]', 8), undefined);
});

test('headings', () => {
  assert.deepEqual(headingsOf('garden.md', markdown).map(({ title }) => title), ['Garden', 'Beds', "What's new?", 'Paths', "What's new?"]);
  assert.deepEqual(headingsOf('garden.org', org).map(({ title }) => title), ['Beds', 'Paths']);
});
