import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scanLog } from '../../../../src/core/review/log/index.ts';
import { cases, caseText, shown } from './helpers.ts';

/** What is read of each hand-written log. */
const expected: Record<string, string[]> = {
  'broken-drawers.org': [
    '2 TODO=todo a.py:1 should ":PROPERTIES:\\n:ID: hidden\\n\\n:END:\\nA blank line makes it no drawer."',
    '8 TODO=todo b.py:1 should ":PROPERTIES:\\n:ID: hidden\\nNever closed."',
    '12 TODO=todo c.py:1 #tabbed should "Indented by a tab,\\nboth lines."',
    '18 TODO=todo d.py:1 should "Text first\\n:PROPERTIES:\\n:ID: too-late\\n:END:"',
    '23 TODO=todo e.py:1 should ":LOGBOOK:\\nnever closed"',
    '26 TODO=todo g.py:1 should ":PROPERTIES:\\n:ID:\\ttab after the name\\n:END:"',
    '30 TODO=todo f.py:1 should ":PROPERTIES:"',
  ],
  'crlf-no-final-newline.org': [
    '4 TODO=todo a.py:1 #one should "first\\nsecond"',
    '11 DONE=done b.py:2 should "last"',
  ],
  'emacs-configurations.org': [
    '1 TODO=todo flat.py:1 should "Level one, two columns."',
    '3 STRT=todo flat.py:2 should ""',
    '4 WAIT=todo flat.py:3 should ""',
    '5 HOLD=todo flat.py:4 should ""',
    '6 LOOP=todo flat.py:5 should ""',
    '7 PROJ=todo flat.py:6 should ""',
    '8 IDEA=todo flat.py:7 should ""',
    '9 KILL=wontfix flat.py:8 should ""',
    '10 CANCELED=wontfix flat.py:9 should ""',
    '17 TODO=todo plain.py:12 should "see , then"',
    '18 DONE=done an gle.py:3 should "and more"',
  ],
  'foreign.org': [
    '14 TODO=todo src/cli.py:127 #1b0c must :api at [2026-09-23 Wed 12:00] "handle empty args\\nFree text." <agent [2026-09-23 Wed 12:10]: "looked at it,\\nwill do">',
    '29 STARTED=todo src/b.py:9 nit in other at [2026-03-17 Tue 09:05] "Text after a blank line.\\n:NOTES:\\na foreign drawer\\n:END:"',
    '44 FIXED=done ./c.py:3 should closed [2026-09-24 Thu 08:00] "See [[https://example.org/x][the page]] and now"',
    '50 CANCELLED=wontfix d.py:10-20 #c1 should closed [2026-09-24 Thu 08:00] "The text." summary "not ours"',
  ],
  'half-written.org': [
    '3 TODO=todo a.py:1 should "whole"',
    '6 TODO=todo b.py:12 should "[[ ][b.p"',
  ],
  'mixed-eol.org': [
    '3 TODO=todo a.py:1 should "unix line\\ndos line"',
    '7 TODO=todo b.py:1 #b should "text"',
  ],
  'printed.org': [
    '1 TODO=todo ~/repos/memento/src/cli.py:127 should in memento at [2025-09-30 Tue 14:23] "This error handling is too generic - catch specific exceptions"',
  ],
  'twins.org': [
    '1 TODO=todo a.py:1 should "same"',
    '3 TODO=todo a.py:1 should "same"',
    '5 DONE=done a.py:1 should "same"',
    '7 TODO=todo b.py:1 #twice should "first"',
    '12 TODO=todo b.py:1 should "second"',
    '17 TODO=todo b.py:1 should "empty"',
  ],
};

for (const [name, text] of cases) {
  test(`reads ${name}`, () => {
    assert.deepEqual(scanLog(text).entries.map(shown), expected[name]);
  });
}

test('spans begin with their headline and follow each other', () => {
  for (const text of cases.values()) {
    const log = scanLog(text);
    let end = 0;
    for (const entry of log.entries) {
      assert.ok(entry.span.start >= end && entry.span.end <= log.contentEnd);
      assert.match(text.slice(entry.span.start, entry.span.end), new RegExp(`^\\*{${entry.level}} +${entry.keyword}[ \\t]`));
      assert.equal(text.slice(0, entry.span.start).split('\n').length, entry.line);
      end = entry.span.end;
    }
  }
});

test('child headings and local variables belong to no entry', () => {
  const text = caseText('foreign.org');
  const log = scanLog(text);
  assert.doesNotMatch(text.slice(log.entries[0]!.span.start, log.entries[0]!.span.end), /child heading/);
  assert.ok(text.slice(log.contentEnd).startsWith('# Local Variables:'));
});

test('line break of the file', () => {
  assert.deepEqual(['', 'a\nb\r\n', 'a\r\nb\n', '\r'].map((text) => scanLog(text).eol), ['\n', '\n', '\r\n', '\n']);
});

test('severity: a tag before a priority, else "should"', () => {
  const read = (headline: string) => scanLog(`* TODO ${headline}`).entries[0]?.severity;
  const table: [string, string][] = [
    ['[[file:a]]', 'should'], ['[#A] [[file:a]]', 'must'], ['[#B] [[file:a]]', 'should'], ['[#C] [[file:a]]', 'nit'],
    ['[#1] [[file:a]]', 'should'], ['[[file:a]] :x:question:', 'question'], ['[#A] [[file:a]] :should:', 'should'], ['[[file:a]] :Must:', 'must'],
    ['[[file:a]] must', 'should'], ['[[file:a]] :must', 'should'], ['[[file:a]]:must:', 'should'],
  ];
  for (const [headline, severity] of table) assert.equal(read(headline), severity, headline);
});

test('an id comes from the content, not from place or keyword', () => {
  const id = (text: string, n = 0) => scanLog(text).entries[n]?.id;
  const entry = '* TODO [[file:a.py::1]]\n  text\n';
  assert.match(id(entry) ?? '', /^wh-[0-9a-f]{16}$/);
  assert.equal(id(`prose\n* x\n${entry}`), id(entry));
  assert.equal(id(entry.replace('TODO', 'DONE').replaceAll('\n', '\r\n')), id(entry));
  for (const other of [entry.replace('a.py', 'b.py'), entry.replace('::1', '::2'), entry.replace('text', 'Text')]) assert.notEqual(id(other), id(entry));
});

test('no two entries have one id, and only the first owner of an :ID: has it', () => {
  const ids = scanLog(caseText('twins.org')).entries.map((entry) => [entry.id, entry.hasId] as const);
  const [first, second, third, owner, copy, empty] = ids;
  assert.equal(new Set(ids.map(([id]) => id)).size, 6);
  assert.deepEqual([second?.[0], third?.[0]], [`${first![0]}-2`, `${first![0]}-3`]);
  assert.deepEqual(owner, ['twice', true]);
  assert.deepEqual([copy?.[1], empty?.[1]], [false, false]);
});
