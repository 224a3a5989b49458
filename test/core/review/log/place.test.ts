import assert from 'node:assert/strict';
import { test } from 'node:test';
import { appendEntry, applyEdits, insertRaw, rawOf, removeEntry, scanLog } from '../../../../src/core/review/log/index.ts';
import type { NewEntry } from '../../../../src/core/review/log/index.ts';
import { at, cases, caseText, entryOf } from './helpers.ts';

const entry: NewEntry = { id: 'new', path: 'n.py', line: 1, created: at, text: 'text' };
const printed = '** TODO [[file:n.py::1][n.py:1]]\n   :PROPERTIES:\n   :ID: new\n   :TIMESTAMP: [2026-09-23 Wed 12:10]\n   :END:\n   text\n';
const header = '#+TITLE: Code review\n#+TODO: TODO | DONE WONTFIX\n\n* Reviews\n\n';

function appended(text: string, more: Partial<NewEntry> = {}): string {
  const log = scanLog(text);
  return applyEdits(text, appendEntry(log, { ...entry, ...more }));
}

/** `<new>` stands for the printed entry, one level up where the log is flat. */
const table: [name: string, before: string, after: string][] = [
  ['a new log', '', `${header}<new>`],
  ['a blank log', '\n \n', `${header}<new>`],
  ['a byte order mark alone', '\ufeff', `\ufeff${header}<new>`],
  ['a CRLF log', '* R\r\n', '* R\n\n<new>'.replaceAll('\n', '\r\n')],
  ['prose only', 'prose', 'prose\n\n<new>'],
  ['no final newline', '** TODO [[file:a]]\n   last', '** TODO [[file:a]]\n   last\n\n<new>'],
  ['blanks at the end', '** TODO [[file:a]]\n   ', '** TODO [[file:a]]\n   \n<new>'],
  ['a blank line at the end', '** TODO [[file:a]]\n\n', '** TODO [[file:a]]\n\n<new>'],
  ['the subtree of the last open entry', '* R\n** TODO [[file:a]]\n*** child\n* Archive\n** DONE [[file:b]]\n', '* R\n** TODO [[file:a]]\n*** child\n\n<new>\n* Archive\n** DONE [[file:b]]\n'],
  ['no open entry', '* R\n** DONE [[file:a]]\n* S\n', '* R\n** DONE [[file:a]]\n* S\n\n<new>'],
  ['a flat log', '* TODO [[file:a]]\n** notes\n* other\n', '* TODO [[file:a]]\n** notes\n\n<flat>\n* other\n'],
  ['local variables', '* R\n\n# Local Variables:\n# x: y\n# End:\n', '* R\n\n<new>\n# Local Variables:\n# x: y\n# End:\n'],
  ['other keywords', '#+TODO: OPEN | SHUT\n* R\n', '#+TODO: OPEN | SHUT\n* R\n\n<new:OPEN>'],
  ['no open keyword at all', '#+TODO: | SHUT\n* R\n', '#+TODO: | SHUT\n#+TODO: TODO |\n* R\n\n<new>'],
];

for (const [name, before, after] of table) {
  test(`append to ${name}`, () => {
    const text = before.includes('\r') ? printed.replaceAll('\n', '\r\n') : printed;
    assert.equal(appended(before), after.replace('<new>', text).replace('<flat>', text.slice(1)).replace('<new:OPEN>', text.replace('TODO', 'OPEN')));
  });
}

test('the printed form of the original, with everything', () => {
  const text = appended('', {
    path: '~/repos/memento/src/cli.py', line: 127, endLine: 130, project: ' memento\n', severity: 'must', tags: ['errors', 'a b'],
    text: 'This error handling is too generic', created: { year: 2025, month: 9, day: 30, hour: 14, minute: 23 },
  });
  assert.equal(text, `${header}** TODO [[file:~/repos/memento/src/cli.py::127][cli.py:127]] :must:errors:a_b:
   :PROPERTIES:
   :ID: new
   :PROJECT: memento
   :TIMESTAMP: [2025-09-30 Tue 14:23]
   :END_LINE: 130
   :END:
   This error handling is too generic
`);
});

test('append, remove, and put back leave everything else as it was', () => {
  for (const [name, text] of cases) {
    const with1 = appended(text);
    const log = scanLog(with1);
    assert.deepEqual(log.entries.filter((found) => found.id === 'new').map((found) => found.text), ['text'], name);
    const others = (of: string) => { const read = scanLog(of); return read.entries.filter((found) => found.id !== 'new').map((found) => rawOf(read, found).trimEnd()); };
    assert.deepEqual(others(with1), others(text), name);
  }
});

test('a removed entry comes back byte for byte', () => {
  for (const [name, text] of cases) {
    const log = scanLog(text);
    log.entries.forEach((removed, n) => {
      const next = log.entries[n + 1];
      const before = log.entries[n - 1]?.span.end ?? removed.span.start;
      if (next ? next.span.start !== removed.span.end : before !== removed.span.start || removed.span.end !== text.length) return; // other headings between
      const without = applyEdits(text, removeEntry(log, removed));
      const back = scanLog(without);
      // By its present id: a twin takes over the id of the one that was removed.
      const beforeId = next && back.entries[n]?.id;
      assert.equal(applyEdits(without, insertRaw(back, rawOf(log, removed), beforeId)), text, `${name}, entry ${n}`);
    });
  }
});

test('a removed entry finds a place when its neighbour is gone, and comes back only once', () => {
  const text = '* R\n** TODO [[file:a]]\n** TODO [[file:b]]\n:PROPERTIES:\n:ID: b\n:END:\nlast';
  const log = scanLog(text);
  const raw = rawOf(log, entryOf(log, 1));
  const without = applyEdits(text, removeEntry(log, entryOf(log, 1)));
  const after = applyEdits(`${without}* S\n`, insertRaw(scanLog(`${without}* S\n`), raw, 'gone'));
  assert.equal(after, `${text}\n\n* S\n`);
  assert.deepEqual(insertRaw(scanLog(after), raw), []);
});

test('removing an entry keeps its child headings', () => {
  const text = caseText('foreign.org');
  const log = scanLog(text);
  const without = applyEdits(text, removeEntry(log, entryOf(log, 0)));
  assert.match(without, /^\*\*\* A child heading/m);
  assert.doesNotMatch(without, /handle empty args/);
});
