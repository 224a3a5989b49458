import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addReply, changeSeverity, changeState, changeTags, changeTarget, changeText, scanLog, toTag } from '../../../../src/core/review/log/index.ts';
import type { Edit, Log, LogEntry } from '../../../../src/core/review/log/index.ts';
import { at, caseText, changed, entryOf, shown } from './helpers.ts';

type Change = (log: Log, entry: LogEntry) => Edit[];
const to = (state: 'todo' | 'done' | 'wontfix', note?: string): Change => (log, entry) => changeState(log, entry, { state, at, ...(note !== undefined && { note }) });
const text = (value: string): Change => (log, entry) => changeText(log, entry, value);
const target = (path: string, line?: number, endLine?: number): Change => (log, entry) =>
  changeTarget(log, entry, { path, ...(line !== undefined && { line }), ...(endLine !== undefined && { endLine }) });
const tags = (...words: string[]): Change => (log, entry) => changeTags(log, entry, words);
const reply = (words: string): Change => (log, entry) => addReply(log, entry, { at, author: 'ana', text: words });

const drawer = '   :PROPERTIES:\n   :ID: x\n   :END:\n';
const base = `** TODO [[file:a.py::1][a.py:1]]\n${drawer}   one\n   two\n`;

/** Each gives the first entry of a log before and after. */
const table: [name: string, before: string, change: Change, after: string][] = [
  ['done', base, to('done'), base.replace('TODO', 'DONE').replace(':1]]\n', ':1]]\nCLOSED: [2026-09-23 Wed 12:10]\n')],
  ['done with SCHEDULED', `** TODO [[file:a]]\n  SCHEDULED: <2026-01-01>\n${drawer}`, to('done'), `** DONE [[file:a]]\n  CLOSED: [2026-09-23 Wed 12:10] SCHEDULED: <2026-01-01>\n${drawer}`],
  ['done with a note', base, to('done', 'fixed\n\nin two'), base.replace('TODO', 'DONE').replace(':1]]\n', ':1]]\nCLOSED: [2026-09-23 Wed 12:10]\n')
    .replace('   one', '   :LOGBOOK:\n   - State "DONE"       from "TODO"       [2026-09-23 Wed 12:10] \\\\\n     fixed\n\n     in two\n   :END:\n   one')],
  ['a second note comes first', `** TODO [[file:a]]\n${drawer}:LOGBOOK:\n- State "TODO"       from "DONE"       [2026-01-01 Thu 10:00]\n:END:\n`, to('wontfix', 'why'),
    `#+TODO: TODO | DONE WONTFIX\n\n** WONTFIX [[file:a]]\nCLOSED: [2026-09-23 Wed 12:10]\n${drawer}:LOGBOOK:\n- State "WONTFIX"    from "TODO"       [2026-09-23 Wed 12:10] \\\\\n  why\n- State "TODO"       from "DONE"       [2026-01-01 Thu 10:00]\n:END:\n`],
  ['the same state', base, to('todo'), base],
  ['the same state with another word', base.replace('TODO', 'HOLD'), to('todo'), base.replace('TODO', 'HOLD')],
  ['reopen', `** DONE [[file:a]]\nCLOSED: [2026-01-01 Thu 10:00]\n${drawer}`, to('todo'), `** TODO [[file:a]]\n${drawer}`],
  ['reopen, other planning stays', `** DONE [[file:a]]\nSCHEDULED: <2026-01-01 Thu> CLOSED: [2026-01-01 Thu 10:00] DEADLINE: <2026-01-02 Fri>\n${drawer}`, to('todo'),
    `** TODO [[file:a]]\nSCHEDULED: <2026-01-01 Thu> DEADLINE: <2026-01-02 Fri>\n${drawer}`],
  ['done to wontfix keeps CLOSED', `#+TODO: TODO | DONE WONTFIX\n** DONE [[file:a]]\nCLOSED: [2026-01-01 Thu 10:00]\n${drawer}`, to('wontfix'),
    `#+TODO: TODO | DONE WONTFIX\n** WONTFIX [[file:a]]\nCLOSED: [2026-01-01 Thu 10:00]\n${drawer}`],
  ['declared words are used', `#+TODO: OPEN | FIXED CANCELLED\n** OPEN [[file:a]]\n${drawer}`, to('wontfix'),
    `#+TODO: OPEN | FIXED CANCELLED\n** CANCELLED [[file:a]]\nCLOSED: [2026-09-23 Wed 12:10]\n${drawer}`],
  ['a missing word is declared', `#+TODO: OPEN | FIXED\n** OPEN [[file:a]]\n${drawer}`, to('wontfix'),
    `#+TODO: OPEN | FIXED\n#+TODO: | WONTFIX\n** WONTFIX [[file:a]]\nCLOSED: [2026-09-23 Wed 12:10]\n${drawer}`],
  ['a first declaration names the words in use', `# comment\n:PROPERTIES:\n:ID: f\n:END:\n#+TITLE: x\n\n* R\n** TODO [[file:a]]\n${drawer}** HOLD [[file:b]]\n`, to('wontfix'),
    `# comment\n:PROPERTIES:\n:ID: f\n:END:\n#+TITLE: x\n#+TODO: TODO HOLD | DONE WONTFIX\n\n* R\n** WONTFIX [[file:a]]\nCLOSED: [2026-09-23 Wed 12:10]\n${drawer}** HOLD [[file:b]]\n`],
  ['text', base, text('new\n* line'), `** TODO [[file:a.py::1][a.py:1]]\n${drawer}   new\n   \u200b* line\n`],
  ['the same text', base, text('one\r\ntwo'), base],
  ['text to nothing', base, text(''), `** TODO [[file:a.py::1][a.py:1]]\n${drawer}`],
  ['text from nothing, before the replies', `** TODO [[file:a]]\n${drawer}   - [2026-01-01] b: c\n\n* x\n`, text('t'), `** TODO [[file:a]]\n${drawer}   t\n   - [2026-01-01] b: c\n\n* x\n`],
  ['text, with its blank lines around', `** TODO [[file:a]]\n${drawer}\nold\n\n- [2026-01-01] b: c\n`, text('t'), `** TODO [[file:a]]\n${drawer}\n   t\n\n- [2026-01-01] b: c\n`],
  ['text with an unchanged title', `** TODO [[file:a]] the title :x:\n${drawer}   old\n`, text('the title\nnew'), `** TODO [[file:a]] the title :x:\n${drawer}   new\n`],
  ['text with another title', `** TODO Fix [[file:a][A]] soon  :x:\n${drawer}   old\n`, text('new\nold'), `** TODO [[file:a][A]]  :x:\n${drawer}   new\n   old\n`],
  ['target', base, target('b.py', 9, 12), base.replace('file:a.py::1][a.py:1', 'file:b.py::9][b.py:9').replace('x\n', 'x\n   :END_LINE: 12\n')],
  ['target, region to line', base.replace('x\n', 'x\n   :END_LINE:   12\n'), target('a.py', 2), base.replace('a.py::1][a.py:1', 'a.py::2][a.py:2')],
  ['target, region to region', base.replace('x\n', 'x\n   :END_LINE:   12\n'), target('a.py', 1, 13), base.replace('x\n', 'x\n   :END_LINE:   13\n')],
  ['target of a bare link', `** TODO [[./a]]\n${drawer}`, target('./b', 2), `** TODO [[file:./b::2]]\n${drawer}`],
  ['target under a chosen description', `** TODO [[file+emacs:a][here]]\n${drawer}`, target('b', 2), `** TODO [[file+emacs:b::2][here]]\n${drawer}`],
  ['target of a plain link', `** TODO see file:a.py::1, now\n${drawer}`, target('b c', 2), `** TODO see [[file:b c::2]], now\n${drawer}`],
  ['target that no link can hold', base, target('p/a::b', 2), base.replace('file:a.py::1][a.py:1', 'file:p/][a::b:2').replace('x\n', 'x\n   :WH_PATH: p/a::b\n   :WH_LINE: 2\n')],
  ['target, back into a link', base.replace('file:a.py::1][a.py:1', 'file:p/][a::b:2').replace('x\n', 'x\n   :WH_PATH: p/a::b\n   :WH_LINE: 2\n'), target('a.py', 1), base],
  ['severity', base, (log, entry) => changeSeverity(log, entry, 'nit'), base.replace(':1]]', ':1]] :nit:')],
  ['severity back to the default', `** TODO [[file:a]]    :must:\n${drawer}`, (log, entry) => changeSeverity(log, entry, 'should'), `** TODO [[file:a]]\n${drawer}`],
  ['severity against the priority', `** TODO [#A] [[file:a]]    :x:\n${drawer}`, (log, entry) => changeSeverity(log, entry, 'should'), `** TODO [#A] [[file:a]]    :should:x:\n${drawer}`],
  ['severity with the priority', `** TODO [#A] [[file:a]] :nit:\n${drawer}`, (log, entry) => changeSeverity(log, entry, 'must'), `** TODO [#A] [[file:a]]\n${drawer}`],
  ['tags', `** TODO [[file:a]]   :must:a:\n${drawer}`, tags('b', 'c d', 'b', 'nit', ''), `** TODO [[file:a]]   :must:b:c_d:nit_:\n${drawer}`],
  ['no tags', `** TODO [[file:a]]   :a:\n${drawer}`, tags(), `** TODO [[file:a]]\n${drawer}`],
  ['reply', base, reply('yes\nand no'), `${base}   - [2026-09-23 Wed 12:10] ana: yes\n     and no\n`],
  ['reply behind others', `** TODO [[file:a]]\n${drawer}t\n- [2026-01-01] b: c\n  d\n\n* x\n`, reply('e'), `** TODO [[file:a]]\n${drawer}t\n- [2026-01-01] b: c\n  d\n- [2026-09-23 Wed 12:10] ana: e\n\n* x\n`],
  ['a missing final newline', '** TODO [[file:a]]\n:PROPERTIES:\n:ID: x\n:END:', reply('e'), '** TODO [[file:a]]\n:PROPERTIES:\n:ID: x\n:END:\n   - [2026-09-23 Wed 12:10] ana: e'],
  ['CRLF', base.replaceAll('\n', '\r\n'), text('a\nb'), `** TODO [[file:a.py::1][a.py:1]]\n${drawer}   a\n   b\n`.replaceAll('\n', '\r\n')],
];

for (const [name, before, change, after] of table) {
  test(`change: ${name}`, () => {
    assert.equal(changed(before, 0, change), after);
  });
}

test('the first change writes the id, and the identity goes on', () => {
  const bare = ['** TODO [[file:a]]', '** TODO [[file:a]]\n', '** DONE [[file:a]]\nCLOSED: [2026-01-01 Thu]', '** TODO [[file:a]]\n:PROPERTIES:\n:Id:\n:END:', '** TODO [[file:a]]\n   :PROPERTIES:\n\n   :END:\n', caseText('crlf-no-final-newline.org')];
  const changes: Change[] = [to('done', 'n'), to('todo', 'n'), text('t'), target('b', 2, 3), tags('x'), reply('r'), (log, entry) => changeSeverity(log, entry, 'must')];
  for (const before of bare) {
    for (const change of changes) {
      const n = scanLog(before).entries.length - 1;
      const entry = entryOf(scanLog(changed(before, n, change)), n);
      assert.equal(entry.hasId, true, `${JSON.stringify(before)}, ${change.toString()}`);
      assert.equal(entry.id, entryOf(scanLog(before), n).id);
    }
  }
});

test('changing one of several entries with one id or content leaves the ids of the others', () => {
  const before = caseText('twins.org');
  const ids = (log: string) => scanLog(log).entries.map((entry) => entry.id);
  for (let n = 0; n < 6; n++) {
    const after = changed(before, n, reply('here'));
    assert.deepEqual(ids(after), ids(before));
    assert.deepEqual(scanLog(after).entries.map((entry) => entry.replies.length), [0, 1, 2, 3, 4, 5].map((i) => (i === n ? 1 : 0)));
  }
});

test('a reply after a reply keeps both', () => {
  const once = changed(base, 0, reply('- [2026-01-01] b: quoted\n'));
  const twice = entryOf(scanLog(changed(once, 0, reply(''))), 0);
  assert.equal(shown(twice), '1 TODO=todo a.py:1 #x should "one\\ntwo" <ana [2026-09-23 Wed 12:10]: "- [2026-01-01] b: quoted\\n"> <ana [2026-09-23 Wed 12:10]: "">');
});

test('what Org accepts as a tag', () => {
  assert.deepEqual(['a-b', 'größe', '日本', 'x y:z', '🎉', '@home#1%', 'must', 'Nit', ''].map(toTag), ['a_b', 'größe', '日本', 'x_y_z', '_', '@home#1%', 'must_', 'Nit_', '']);
});
