import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { addReply, appendEntry, applyEdits, changeSeverity, changeState, changeTarget, changeText, formatTimestamp, scanLog } from '../../../../src/core/review/log/index.ts';
import type { Edit, Log, LogEntry, NewEntry, ReviewState, Severity } from '../../../../src/core/review/log/index.ts';
import { at, cases, changed, entryOf } from './helpers.ts';

/** Real Org as a witness: it reads what we write as we mean it, and we read what it writes. */

interface Headline {
  line: number; level: number; keyword: string; done: boolean; comment: boolean; tags: string[]; path: string | null; option: string | null;
  closed: string | null; id: string | null; project: string | null; endLine: string | null; timestamp: string | null; body: string;
}
interface Result { keywords: string[]; headlines: Headline[]; text: string }
interface Job { text: string; edits?: string[][] }

/** All jobs go through one process. */
function emacs(jobs: readonly Job[]): Result[] {
  const folder = mkdtempSync(join(tmpdir(), 'wheelhouse-emacs-'));
  try {
    writeFileSync(join(folder, 'jobs.json'), JSON.stringify(jobs));
    const script = fileURLToPath(new URL('witness.el', import.meta.url));
    const run = spawnSync('emacs', ['-Q', '--batch', '-l', script, join(folder, 'jobs.json'), join(folder, 'results.json')], {
      encoding: 'utf8', timeout: 120_000, env: { ...process.env, HOME: folder, LC_ALL: 'C.UTF-8' },
    });
    assert.equal(run.status, 0, run.stderr);
    return JSON.parse(readFileSync(join(folder, 'results.json'), 'utf8')) as Result[];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const missing = spawnSync('emacs', ['--version']).status === 0 ? false : 'emacs is not installed';

/** Emacs turns CRLF into LF when it opens a file, and hides the byte order mark. */
function opened(text: string): string {
  return text.replace(/^\ufeff/, '').replaceAll('\r\n', '\n');
}

function lines(headline: Headline): string {
  return `${headline.line} ${headline.keyword} ${headline.path ?? ''}${headline.option === null ? '' : `::${headline.option}`}`;
}

describe('Emacs and we read the same', { skip: missing }, () => {
  test('in hand-written logs', () => {
    const names = [...cases.keys()];
    const results = emacs(names.map((name) => ({ text: opened(cases.get(name)!) })));
    names.forEach((name, i) => {
      const theirs = results[i]!.headlines.filter((headline) => headline.keyword !== '' && headline.path !== null && !headline.comment);
      const ours = scanLog(cases.get(name)!).entries;
      assert.deepEqual(ours.map((entry) => [entry.line, entry.level, entry.keyword, entry.path]), theirs.map((entry) => [entry.line, entry.level, entry.keyword, entry.path]), name);
      ours.forEach((entry, n) => {
        assert.equal(entry.state !== 'todo', theirs[n]!.done, `${name}: ${lines(theirs[n]!)}`);
        if (entry.hasId) assert.equal(theirs[n]!.id, entry.id, `${name}: ${lines(theirs[n]!)}`);
      });
    });
  });
});

/** Comments and paths that try to be something else. */
const sampled = fc.sample(
  fc.record({
    path: fc.oneof(fc.constantFrom('~/repos/memento/src/cli.py', 'a b.py', 'src/[id].tsx', 'a]]b', 'back\\slash', 'a\\]b\\\\', 'C:\\src\\x.ts', 'a%20b', '日本/ñ.md', ' lead', 'p/a::b', 'x:y', '/abs//two')),
    line: fc.integer({ min: 1, max: 9999 }),
    text: fc.array(fc.constantFrom('plain', '* star', '** TODO [[file:x::1]]', ':END:', ':PROPERTIES:', ':ID: no', ':LOGBOOK:', 'CLOSED: [2026-01-01 Thu]', '#+begin_src x', '#+end_src', '#+TODO: NO | YES', '', '  indented', '\ttab', '- list', '- [2026-01-01 Thu] a: b', '🎉', '# comment', '| a | b |', '[fn:1] note', '\u200bzero'), { maxLength: 6 }).map((all) => all.join('\n')),
    tags: fc.subarray(['api', 'größe', '日本', 'a-b', '@home', 'x y', '🎉']),
    severity: fc.constantFrom<Severity>('must', 'should', 'nit', 'question'),
    state: fc.constantFrom<ReviewState>('todo', 'done', 'wontfix'),
    note: fc.constantFrom('', 'fixed', 'one\n\n:END:\n* two'),
    replies: fc.array(fc.constantFrom('yes', 'a\n* b\n:END:\n', '#+end_src\n#+begin_src'), { maxLength: 2 }),
  }),
  { seed: 127, numRuns: 150 },
);

describe('Emacs reads what we write', { skip: missing }, () => {
  test('new entries with anything in them, in every state', () => {
    let text = '';
    const step = (edits: (log: Log) => Edit[]) => { text = applyEdits(text, edits(scanLog(text))); };
    const find = (log: Log, id: string): LogEntry => { const found = log.entries.find((entry) => entry.id === id); assert.ok(found, id); return found; };
    sampled.forEach(({ path, line, text: comment, tags, severity, state, note, replies }, i) => {
      const id = `id-${i}`;
      const entry: NewEntry = { id, path, line, endLine: line + (i % 3), text: comment, tags, severity, created: at, project: 'memento' };
      step((log) => appendEntry(log, entry));
      for (const reply of replies) step((log) => addReply(log, find(log, id), { at, author: 'ana', text: reply }));
      step((log) => changeState(log, find(log, id), { state, at, note }));
    });
    const log = scanLog(text);
    const [result] = emacs([{ text }]);
    assert.deepEqual(result!.keywords, ['TODO', 'DONE', 'WONTFIX']);
    assert.deepEqual(result!.headlines[0]?.level, 1);
    const theirs = result!.headlines.slice(1);
    assert.equal(theirs.length, sampled.length);
    log.entries.forEach((entry, i) => {
      const read = theirs[i]!;
      const given = sampled.find((_, n) => `id-${n}` === entry.id)!;
      assert.deepEqual([read.line, read.level, read.keyword, read.id, read.project, read.timestamp], [entry.line, 2, entry.keyword, entry.id, 'memento', formatTimestamp(at)], entry.id);
      assert.deepEqual(read.tags, [...(entry.severity === 'should' ? [] : [entry.severity]), ...entry.tags], entry.id);
      assert.equal(read.closed, entry.state === 'todo' ? null : formatTimestamp(at), entry.id);
      assert.equal(read.endLine, entry.endLine === undefined ? null : String(entry.endLine), entry.id);
      // A path that no link can hold is linked by its folder.
      assert.deepEqual([read.path, read.option], given.path.includes('::') ? ['p/', null] : [given.path, String(given.line)], entry.id);
      const words = read.body.split('\n').filter((line) => !/^ *- \[2026-09-23 Wed 12:10\] ana:/.test(line)).map((line) => line.replace(/^ {3}\u200b?/, ''));
      const count = given.text === '' ? 0 : given.text.split('\n').length;
      assert.equal(words.slice(0, count).join('\n'), given.text, entry.id);
    });
  });

  test('a keyword that the file did not declare', () => {
    const logs = ['#+TODO: TODO | DONE\n** TODO [[file:a]]\n', '#+TODO: OPEN\n#+TODO: | SHUT\n** SHUT [[file:a]]\n', '** TODO [[file:a]]\n** HOLD [[file:b]]\n'];
    const results = emacs(logs.map((text) => ({ text: changed(text, 0, (log, entry) => changeState(log, entry, { state: entry.state === 'todo' ? 'wontfix' : 'todo', at })) })));
    assert.deepEqual(results.map((result) => result.headlines.map((headline) => headline.keyword)), [['WONTFIX'], ['TODO'], ['WONTFIX', 'HOLD']]);
  });
});

const written = applyEdits('', appendEntry(scanLog(''), { id: 'x', path: 'src/a.py', line: 3, endLine: 5, text: 'The text.\n\n* of it\n\n  last', project: 'p', tags: ['api'], severity: 'nit', created: at }));
const replied = changed(written, 0, (log, entry) => addReply(log, entry, { at, author: 'ana', text: 'one\ntwo' }));

/** What Emacs does to our entry, and what we then read that differs from before. */
const table: [name: string, edits: string[][], differs: Partial<Record<keyof LogEntry, unknown>>][] = [
  ['DONE', [['todo', 'DONE']], { keyword: 'DONE', state: 'done' }],
  ['WONTFIX', [['todo', 'WONTFIX']], { keyword: 'WONTFIX', state: 'wontfix' }],
  ['DONE with a note', [['todo-note', 'DONE', 'did it\n\nso']], { keyword: 'DONE', state: 'done', summary: 'did it\n\nso' }],
  ['DONE and back', [['todo', 'DONE'], ['todo', 'TODO']], {}],
  ['DONE with a note and back', [['todo-note', 'DONE', 'did it'], ['todo', 'TODO']], {}],
  ['tags', [['tags', 'must', 'other', 'api']], { severity: 'must', tags: ['other', 'api'] }],
  ['no tags', [['tags']], { severity: 'should', tags: [] }],
  ['PROJECT', [['put', 'PROJECT', 'zz']], { project: 'zz' }],
  ['END_LINE', [['put', 'END_LINE', '9']], { endLine: 9 }],
  ['END_LINE deleted', [['delete', 'END_LINE']], { endLine: undefined }],
  ['a foreign property', [['put', 'EFFORT', '1:00']], {}],
  ['ID', [['put', 'ID', 'other']], { id: 'other' }],
  ['priority', [['priority', 'A']], {}],
];

describe('we read what Emacs writes', { skip: missing }, () => {
  const results = missing === false ? emacs(table.map(([, edits]) => ({ text: replied, edits }))) : [];
  const before = entryOf(scanLog(replied), 0);
  const same = (entry: LogEntry) => JSON.parse(JSON.stringify({ ...entry, span: null, closed: null })) as Record<string, unknown>;
  table.forEach(([name, , differs], i) => {
    test(name, () => {
      const after = entryOf(scanLog(results[i]!.text), 0);
      assert.deepEqual(same(after), same({ ...before, ...differs } as LogEntry));
      assert.equal(after.closed !== undefined, after.state !== 'todo');
    });
  });
});

describe('we and Emacs take turns', { skip: missing }, () => {
  test('Emacs reopens what we closed, as it was', () => {
    const closed = changed(replied, 0, (log, entry) => changeState(log, entry, { state: 'done', at }));
    const [result] = emacs([{ text: closed, edits: [['todo', 'TODO']] }]);
    assert.equal(result!.text.replace(/ +(:nit:api:)/, ' $1'), replied);
  });

  test('we reopen what Emacs closed, as it was', () => {
    const [result] = emacs([{ text: replied, edits: [['todo', 'DONE']] }]);
    const open = changed(result!.text, 0, (log, entry) => changeState(log, entry, { state: 'todo', at }));
    assert.equal(open.replace(/ +(:nit:api:)/, ' $1'), replied);
  });

  test('we change what Emacs has touched, and it reads it all', () => {
    const [first] = emacs([{ text: replied, edits: [['todo-note', 'DONE', 'theirs'], ['tags', 'zz'], ['put', 'EFFORT', '1:00']] }]);
    let text = first!.text;
    for (const change of [
      (log, entry) => changeState(log, entry, { state: 'todo', at, note: 'not yet' }),
      (log, entry) => changeText(log, entry, 'ours\n:END:'),
      (log, entry) => changeTarget(log, entry, { path: 'b.py', line: 9 }),
      (log, entry) => changeSeverity(log, entry, 'must'),
    ] satisfies ((log: Log, entry: LogEntry) => Edit[])[]) text = changed(text, 0, change);
    const [second] = emacs([{ text }]);
    const [, entry] = second!.headlines;
    assert.deepEqual(entry && [entry.keyword, entry.tags, entry.path, entry.option, entry.closed, entry.id, entry.endLine], ['TODO', ['must', 'zz'], 'b.py', '9', null, 'x', null]);
    assert.match(second!.text, /:LOGBOOK:\n *- State "TODO" {7}from "DONE" {7}\[2026-09-23 Wed 12:10\] \\\\\n *not yet\n *- (?:State|CLOSING NOTE) .*\n *theirs\n *:END:\n/);
  });
});
