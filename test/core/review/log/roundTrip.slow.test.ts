import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  addReply, appendEntry, applyEdits, changeSeverity, changeState, changeTags, changeTarget, changeText, rawOf, removeEntry, scanLog, toTag,
} from '../../../../src/core/review/log/index.ts';
import type { Edit, Log, LogEntry, OrgTimestamp, ReviewState, Severity } from '../../../../src/core/review/log/index.ts';
import { cases, entryOf } from './helpers.ts';

const options = { seed: 20250930, numRuns: 150 };

/** Lines that look like structure, between anything that can be typed. */
const nasty = fc.constantFrom(
  '* x', '** TODO [[file:a::1]]', '*', '***', ':END:', '  :end: ', ':PROPERTIES:', ':LOGBOOK:', ':ID: x', 'CLOSED: [2026-01-01]', 'CLOCK: [2026-01-01]', '#+begin_src', '#+end_src',
  '#+TODO: A | B', '# Local Variables:', '# End:', '- [2026-01-01 Thu 10:00] bob: hi', '+ [2026-01-01] bob:', '- State "DONE" from "TODO" [2026-01-01]', '- Note taken on [2026-01-01]', '- item',
  '', ' ', '\t', '\ttab', '   three', '      six', 'trailing  ', '\u200b', '\u200b* x', '🎉', '\u2028', '\u00a0', '\ufeff', '[[file:a]]', ':must:', '\\\\', '\r', '\0', '\ud800',
);
const words = fc.string({ unit: 'grapheme', maxLength: 30 });
const comment = fc.array(fc.oneof(nasty, words, fc.string({ unit: 'binary', maxLength: 10 })), { maxLength: 8 }).chain((lines) =>
  fc.constantFrom('\n', '\r\n').map((eol) => lines.join(eol)));

const path = fc.oneof(
  fc.array(fc.oneof(fc.constantFrom('src', 'a b', '[id]', 'x]', ']]', '::', 'a:', '\\', 'a\\', '~', '..', '%20', 'é', '日本', '\n', '\t', ' ', '"q"', 'C:'), words.filter((word) => !word.includes('\0'))), { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/')),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
).filter((value) => value !== '' && !value.includes('\0'));

const timestamp: fc.Arbitrary<OrgTimestamp> = fc.record({
  year: fc.integer({ min: 0, max: 9999 }), month: fc.integer({ min: 1, max: 12 }), day: fc.integer({ min: 1, max: 28 }),
}).chain((date) => fc.option(fc.record({ hour: fc.nat(23), minute: fc.nat(59) }), { nil: {} }).map((time) => ({ ...date, ...time })));

const severity = fc.constantFrom<Severity>('must', 'should', 'nit', 'question');
const line = fc.option(fc.integer({ min: 1, max: 999_999 }), { nil: undefined });

/** What Wheelhouse promises to keep of a text. */
function kept(text: string): string {
  return text.replace(/\r\n?/g, '\n').toWellFormed().replaceAll('\0', '\ufffd');
}

test('what is written is read again, in any log', () => {
  const entry = fc.record({ path, line, span: fc.nat(5), text: comment, tags: fc.array(words, { maxLength: 3 }), severity, created: timestamp, replies: fc.array(fc.record({ at: timestamp, author: fc.constantFrom('ana', 'agent: x', 'claude-1', 'a:b'), text: comment }), { maxLength: 2 }), note: comment });
  fc.assert(fc.property(fc.constantFrom('', ...cases.values()), entry, (before, given) => {
    const endLine = given.line === undefined || given.span === 0 ? undefined : given.line + given.span;
    let text = before;
    const step = (edits: (log: Log) => Edit[]) => { text = applyEdits(text, edits(scanLog(text))); };
    const own = (log: Log): LogEntry => { const found = log.entries.find(({ id }) => id === 'own'); assert.ok(found); return found; };
    step((log) => appendEntry(log, { id: 'own', path: given.path, text: given.text, tags: given.tags, severity: given.severity, created: given.created, ...(given.line !== undefined && { line: given.line }), ...(endLine !== undefined && { endLine }) }));
    for (const reply of given.replies) step((log) => addReply(log, own(log), reply));
    step((log) => changeState(log, own(log), { state: 'done', at: given.created, note: given.note }));

    const read = own(scanLog(text));
    assert.equal(read.text, kept(given.text));
    assert.equal(read.path, given.path);
    assert.deepEqual([read.targetLine, read.endLine], [given.line, endLine]);
    assert.deepEqual(read.tags, [...new Set(given.tags.map(toTag).filter((tag) => tag !== ''))]);
    assert.equal(read.severity, given.severity);
    assert.deepEqual([read.created, read.closed], [given.created, given.created]);
    assert.deepEqual(read.replies, given.replies.map((reply) => ({ ...reply, author: reply.author.replace(': ', ' '), text: kept(reply.text) })));
    assert.equal(read.summary ?? '', kept(given.note));
  }), options);
});

/** A log as people write them: any of these pieces, in any order. */
const piece = fc.constantFrom(
  'prose\n', '\n', '#+STARTUP: x\n', '#+TODO: TODO | DONE WONTFIX\n', '* Reviews\n', '** plain\n  text\n', '#+begin_src x\n', '#+end_src\n', ':PROPERTIES:\n', ':END:\n', ':LOGBOOK:\n', '- [2026-01-01 Thu] bob: hi\n', '  more\n', '- State "DONE" from "TODO" [2026-01-01]\n', '  - Note taken on [2026-01-01] \\\\\n', 'CLOCK: [2026-01-01]\n',
  '** TODO [[file:a.py::1][a.py:1]]\n', '* DONE [[file:b.py]] title :must:x:\n', '*** HOLD [#A] [[./c]]   :x:\n', '** TODO [[file:d]]\r\n  :PROPERTIES:\r\n  :ID: d\r\n  :END:\r\n  text\r\n',
  '** CANCELLED [[file:e]]\nCLOSED: [2026-01-01] SCHEDULED: <2026-01-01>\n:PROPERTIES:\n:ID: e\n:WH_PATH: x::y\n:END:\n', '  text\n', '\ttext\n', 'SCHEDULED: <2026-01-01>\n', '  last',
);
const tail = fc.constantFrom('', '', '# Local Variables:\n# End:\n', '#+TODO: TODO | DONE\n');
const handMade = fc.oneof(fc.tuple(fc.array(piece, { maxLength: 14 }), tail).map(([pieces, end]) => pieces.join('') + end), fc.constantFrom(...cases.values()));

const at: OrgTimestamp = { year: 2026, month: 9, day: 23, hour: 12, minute: 10 };
type Change = (log: Log, entry: LogEntry) => Edit[];
const change: fc.Arbitrary<Change> = fc.oneof(
  comment.map((text): Change => (log, entry) => changeText(log, entry, text)),
  fc.tuple(fc.constantFrom<ReviewState>('todo', 'done', 'wontfix'), comment).map(([state, note]): Change => (log, entry) => changeState(log, entry, { state, at, note })),
  fc.tuple(path, line).map(([to, n]): Change => (log, entry) => changeTarget(log, entry, { path: to, ...(n !== undefined && { line: n }) })),
  severity.map((to): Change => (log, entry) => changeSeverity(log, entry, to)),
  fc.array(words, { maxLength: 3 }).map((tags): Change => (log, entry) => changeTags(log, entry, tags)),
  comment.map((text): Change => (log, entry) => addReply(log, entry, { at, author: 'ana', text })),
  fc.constant<Change>(removeEntry),
);

test('a change touches only its entry, and the keyword line it may need', () => {
  fc.assert(fc.property(handMade, fc.nat(), change, (text, pick, apply) => {
    const log = scanLog(text);
    if (log.entries.length === 0) return;
    const n = pick % log.entries.length;
    const entry = entryOf(log, n);
    const edits = apply(log, entry);
    const outside = edits.filter((edit) => edit.start < entry.span.start || edit.end > entry.span.end);
    for (const edit of outside) {
      assert.deepEqual([edit.start, edit.end], [log.keywords.insertAt, log.keywords.insertAt]);
      assert.match(edit.text.trim(), /^#\+TODO: [A-Z |]+$/);
    }
    const after = scanLog(applyEdits(text, edits));
    const others = (of: Log, except: number) => of.entries.filter((_, i) => i !== except).map((other) => rawOf(of, other));
    assert.deepEqual(others(after, apply === removeEntry ? -1 : n), others(log, n));
    if (apply !== removeEntry) assert.equal(after.entries[n]?.id, entry.id);
  }), { ...options, numRuns: 400 });
});

test('a change says what it should, in any log', () => {
  fc.assert(fc.property(handMade, fc.nat(), comment, fc.constantFrom<ReviewState>('todo', 'done', 'wontfix'), path, line, (text, pick, words, state, to, n) => {
    const count = scanLog(text).entries.length;
    if (count === 0) return;
    const i = pick % count;
    const after = (edits: Change): LogEntry => { const log = scanLog(text); return entryOf(scanLog(applyEdits(text, edits(log, entryOf(log, i)))), i); };
    assert.equal(after((log, entry) => changeText(log, entry, words)).text, kept(words));
    assert.equal(after((log, entry) => changeState(log, entry, { state, at })).state, state);
    const moved = after((log, entry) => changeTarget(log, entry, { path: to, ...(n !== undefined && { line: n }) }));
    assert.deepEqual([moved.path, moved.targetLine, moved.endLine], [to, n, undefined]);
    const replied = after((log, entry) => addReply(log, entry, { at, author: 'ana', text: words }));
    assert.deepEqual(replied.replies.at(-1), { at, author: 'ana', text: kept(words) });
    assert.equal(replied.text, entryOf(scanLog(text), i).text);
  }), { ...options, numRuns: 400 });
});
