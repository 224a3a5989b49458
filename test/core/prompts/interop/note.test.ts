import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { nodeFiles } from '../../../../src/adapters/node/files.ts';
import { checkedNoteId, dryRunText, markdownNoteFile, noteFormatOf, orgNoteBody, orgNoteFile, planMemento, promptNote, publishedText, publishToFolder, publishWithMemento, starsOf } from '../../../../src/core/prompts/interop/index.ts';
import type { RunResult } from '../../../../src/core/ports/processes.ts';
import type { Files } from '../../../../src/core/ports/files.ts';
import { prompt, secret, utc } from './sample.ts';

const long = 'why does the parser refuse a headline without a keyword when it stands first in the file?';
const full = prompt({ text: long, rating: 5, note: 'worked at once' });

describe('a note as the original writes it', () => {
  test('with everything', () => {
    assert.equal(
      orgNoteBody(promptNote(full, utc, { tags: ['debugging', 'python'] })),
      `#+TITLE: why does the parser refuse a headline without a keyword when...
#+DATE: 2025-10-02 10:13:20
#+PROMPT_ID: 1
#+RATING: ★★★★★
#+TAGS: debugging python
#+PROJECT: /Users/you/repos/a

* Prompt

${long}

* Notes

worked at once`,
    );
  });

  test('with as little as possible', () => {
    assert.equal(orgNoteBody(promptNote(prompt({ project: '', text: 'hi' }), utc)), '#+TITLE: hi\n#+DATE: 2025-10-02 10:13:20\n#+PROMPT_ID: 1\n#+RATING: ☆☆☆☆☆\n\n* Prompt\n\nhi');
  });

  test('as a file, with the id and the tags that memento and org-roam need', () => {
    const note = promptNote(full, utc, { tags: ['debugging', 'python'] });
    assert.equal(orgNoteFile(note), `:PROPERTIES:\n:ID:       prompt-20251002-101320\n:END:\n#+FILETAGS: :debugging:python:\n${orgNoteBody(note)}\n`);
  });

  test('the dry run prints what the original prints', () => {
    const note = promptNote(prompt({ text: 'hi', project: '' }), utc);
    assert.equal(
      dryRunText(note, orgNoteBody(note)),
      `Dry run - would publish:\nNote ID: prompt-20251002-101320\nTitle: hi\nTags: None\n\nContent:\n${'-'.repeat(60)}\n${orgNoteBody(note)}\n${'-'.repeat(60)}\n`,
    );
    assert.match(dryRunText(promptNote(full, utc, { tags: ['a', 'b'] }), ''), /^Tags: a, b$/m);
    assert.equal(publishedText(promptNote(full, utc, { tags: ['a', 'b'], id: 'n' })), "✓ Published prompt #1 to memento as 'n'\n  Title: why does the parser refuse a headline without a keyword when...\n  Tags: a, b\n");
  });
});

const ids: [at: string, offset: number, id: string][] = [
  ['2025-10-02T10:13:20Z', 0, 'prompt-20251002-101320'],
  ['2025-10-02T23:30:00Z', 120, 'prompt-20251003-013000'],
  ['1970-01-01T00:00:00Z', -60, 'prompt-19691231-230000'],
];
for (const [at, offset, id] of ids) test(`the id of a prompt at ${at}, ${offset} minutes east`, () => assert.equal(promptNote(prompt({ at: Date.parse(at) }), { offsetMinutes: () => offset }).id, id));
for (const at of [NaN, Infinity, -1e300, 8.64e15, -8.64e15]) test(`a time of ${at} still gives an id`, () => assert.match(promptNote(prompt({ at }), utc).id, /^prompt-\d{8}-\d{6}$/));

const titles: [text: string, title: string][] = [
  ['x'.repeat(60), 'x'.repeat(60)],
  ['x'.repeat(61), `${'x'.repeat(60)}...`],
  ['first line\nsecond line', 'first line second line'],
  ['a\r\n\t b\u2028c\u0000d', 'a b c\ufffdd'],
  ['🎉'.repeat(61), `${'🎉'.repeat(60)}...`],
  ['   \n ', 'Prompt #1'],
  ['#+FILETAGS: :PUBLIC:', '#+FILETAGS: :PUBLIC:'],
  ['-*- eval: (shell-command "x") -*-', '-\u200b*- eval: (shell-command "x") -\u200b*-'],
  [`${secret} is my token`, '[redacted: GitHub token] is my token'],
];
for (const [text, title] of titles) test(`title of ${JSON.stringify(text).slice(0, 40)}`, () => assert.equal(promptNote(prompt({ text }), utc).title, title));

const tags: [given: string[], kept: string[]][] = [
  [['a b', 'c-d', ':x:', '#y'], ['a_b', 'c_d', 'x', 'y']],
  [['größe', '日本', '🎉', '', '--', 'a', 'a'], ['größe', '日本', 'a']],
  [['x\n#+SETUPFILE: y'], ['x_#_SETUPFILE_y']],
];
for (const [given, kept] of tags) test(`tags ${JSON.stringify(given)}`, () => assert.deepEqual(promptNote(prompt(), utc, { tags: given }).tags, kept));

for (const id of ['', '.', '..', '../x', 'a/b', 'a\\b', '-x', 'a b', 'a\n', 'x'.repeat(101), '.hidden', 'a..b', 'C:']) {
  test(`no id of a note: ${JSON.stringify(id).slice(0, 20)}`, () => assert.throws(() => checkedNoteId(id), { code: 'invalid-input' }));
}
for (const id of ['prompt-1', 'größe', 'a.b_c', '2025']) test(`an id of a note: ${id}`, () => assert.equal(checkedNoteId(id), id));

test('nothing of a prompt makes its note public, in neither form', () => {
  const hostile = prompt({ text: '#+filetags: :PUBLIC:\n---\ntags: [PUBLIC]\n---\n* x :PUBLIC:\n:PROPERTIES:\n:PUBLIC: t\n:END:', note: '#+FILETAGS: :PUBLIC:', project: '/x\n#+FILETAGS: :PUBLIC:' });
  const org = orgNoteFile(promptNote(hostile, utc));
  assert.doesNotMatch(org, /^#\+filetags/im);
  assert.doesNotMatch(org, /^:PUBLIC:/m);
  assert.equal(org.match(/^\*+ .*$/gm)?.join(), '* Prompt,* Notes');
  const markdown = markdownNoteFile(promptNote(hostile, utc));
  assert.doesNotMatch(markdown.slice(0, markdown.indexOf('\n---\n')), /^tags:/m);
});

test('Markdown: front matter in quotes, text in a fence that it cannot close', () => {
  assert.equal(
    markdownNoteFile(promptNote(prompt({ text: 'see ```js\nx\n``` and ````', rating: 3, note: 'a: "b"' }), utc, { tags: ['x'] })),
    `---
id: "prompt-20251002-101320"
title: "see \`\`\`js x \`\`\` and \`\`\`\`"
date: "2025-10-02 10:13:20"
prompt_id: 1
rating: "★★★☆☆"
tags: ["x"]
project: "/Users/you/repos/a"
---

# Prompt

\`\`\`\`\`text
see \`\`\`js
x
\`\`\` and \`\`\`\`
\`\`\`\`\`

# Notes

\`\`\`text
a: "b"
\`\`\`
`,
  );
});

test('stars', () => assert.deepEqual([undefined, 1, 5].map(starsOf), ['☆☆☆☆☆', '★☆☆☆☆', '★★★★★']));

const folders: [names: string[], format: string][] = [[[], 'org'], [['a.org', 'b.md'], 'org'], [['a.md', 'b.MD', 'c.org'], 'markdown'], [['.git', 'x.txt'], 'org']];
for (const [names, format] of folders) test(`a folder with ${names.join(', ') || 'nothing'} is ${format}`, () => assert.equal(noteFormatOf(names), format));

test('a note goes into the folder once', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'wheelhouse-notes-'));
  try {
    const ports = { files: nodeFiles, paths: { join } };
    const note = promptNote(full, utc, { id: 'first' });
    assert.equal(await publishToFolder(ports, join(folder, 'new'), note), join(folder, 'new', 'first.org'));
    assert.equal(readFileSync(join(folder, 'new', 'first.org'), 'utf8'), orgNoteFile(note));
    await assert.rejects(publishToFolder(ports, join(folder, 'new'), promptNote(prompt(), utc, { id: 'first' })), { code: 'conflict', message: /--note-id/ });
    assert.equal(readFileSync(join(folder, 'new', 'first.org'), 'utf8'), orgNoteFile(note));
    writeFileSync(join(folder, 'a.md'), '');
    assert.equal(await publishToFolder(ports, folder, note), join(folder, 'first.md'));
    assert.equal(readFileSync(join(folder, 'first.md'), 'utf8'), markdownNoteFile(note));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

describe('memento', () => {
  const note = promptNote(prompt({ text: '--help me' }), utc, { tags: ['a', 'b'] });

  test('is called as the original calls it; a title is no option', () => {
    const call = planMemento(note, '/t/x.org');
    assert.deepEqual(call.argv, ['memento', 'create', 'prompt-20251002-101320', '--title=--help me', '--file', '/t/x.org', '--tags', 'a', 'b']);
    assert.deepEqual(planMemento(promptNote(prompt(), utc), '/t/x.org').argv, ['memento', 'create', 'prompt-20251002-101320', '--title', 'fix the parser', '--file', '/t/x.org']);
    assert.deepEqual(call.env, { CLAUDE_CODE: '1' });
    assert.deepEqual(call.file, { path: '/t/x.org', text: orgNoteBody(note) });
  });

  const end = { exitCode: 0, signal: null, ended: 'exit', stdout: '', stderr: '', truncated: false, durationMs: 1 } as const satisfies RunResult;
  const run = async (result: RunResult) => {
    const log: string[] = [];
    const files = { writeText: (path: string) => (log.push(`write ${path}`), Promise.resolve()), remove: (path: string) => (log.push(`remove ${path}`), Promise.resolve()) } as Partial<Files> as Files;
    const processes = { run: ([program]: readonly [string, ...string[]]) => (log.push(program), Promise.resolve(result)) };
    const error = await publishWithMemento({ processes, files }, planMemento(note, '/t/x.org'), '/t').then(() => undefined, (thrown: unknown) => thrown as Error);
    return { log, error };
  };

  test('gets the file, and the file is gone afterwards', async () => assert.deepEqual(await run(end), { log: ['write /t/x.org', 'memento', 'remove /t/x.org'], error: undefined }));

  test('says why it failed', async () => {
    const { log, error } = await run({ ...end, exitCode: 1, stderr: 'Traceback\nnote exists\n' });
    assert.deepEqual(log, ['write /t/x.org', 'memento', 'remove /t/x.org']);
    assert.match(error?.message ?? '', /^Failed to publish to memento: note exists\./);
  });
});
