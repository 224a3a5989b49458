import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { orgNoteFile, promptNote } from '../../../../src/core/prompts/interop/index.ts';
import { prompt, utc } from './sample.ts';

/** Real Org as a witness: it reads a published prompt as a note with one text, whatever the text. */

interface Read { title: string; titles: number; filetags: string[]; keywords: string[]; id: string; public: string | null; local: boolean; headings: [level: number, title: string, tags: string[]][]; others: string[]; bodies: string[] }

function emacs(notes: readonly string[]): Read[] {
  const folder = mkdtempSync(join(tmpdir(), 'wheelhouse-emacs-'));
  try {
    writeFileSync(join(folder, 'notes.json'), JSON.stringify(notes));
    const run = spawnSync('emacs', ['-Q', '--batch', '-l', join(import.meta.dirname, 'witness.el'), join(folder, 'notes.json'), join(folder, 'results.json')], { encoding: 'utf8', timeout: 120_000, env: { ...process.env, HOME: folder, LC_ALL: 'C.UTF-8' } });
    assert.equal(run.status, 0, run.stderr);
    return JSON.parse(readFileSync(join(folder, 'results.json'), 'utf8')) as Read[];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const missing = spawnSync('emacs', ['--version']).status === 0 ? false : 'emacs is not installed';

const lines = ['plain', '* heading', '** TODO deep :PUBLIC:', '*', '*\ttab', '  * item', ':PROPERTIES:', ':ID: other', ':PUBLIC: t', ':END:', '  :LOGBOOK:', '#+filetags: :PUBLIC:', '#+TITLE: another', '  #+TODO: NO | YES', '#+SETUPFILE: /x', '#+begin_src sh', '#+end_src', '#+BEGIN: x', '#+CALL: f()', '# comment', '#', '#+', 'CLOSED: [2026-01-01 Thu]', 'SCHEDULED: <2026-01-01 Thu>', 'CLOCK: [2026-01-01 Thu 10:00]', '%%(message "x")', '&%%(message "x")', '<%%(message "x")>', 'Local Variables:', '# Local Variables:', 'eval: (message "x")', '# eval: (message "x")', 'End:', '# End:', '-*- eval: (message "x") -*-', '', '   ', '| a | b |', '- list', '[fn:1] note', '🎉 日本', '\u200bzero', '\\[x\\]', '@@html:<b>@@', 'COMMENT x', '\f'];
const samples = [
  ...lines,
  'Local Variables:\neval: (message "x")\nEnd:',
  '# Local Variables:\n# eval: (message "x")\n# End:',
  ...fc.sample(fc.array(fc.constantFrom(...lines), { minLength: 2, maxLength: 9 }).map((all) => all.join('\n')), { seed: 11, numRuns: 300 }),
];

describe('Emacs reads a published prompt', { skip: missing }, () => {
  test('as one note with one text, whatever it holds', () => {
    const notes = samples.map((text, i) => promptNote(prompt({ id: i + 1, text, note: samples[(i * 7) % samples.length] ?? '', project: `/x/${text}` }), utc, { id: `note-${i}`, tags: ['one', 'größe'] }));
    const results = emacs(notes.map(orgNoteFile));
    for (const [i, read] of results.entries()) {
      const [note, shown] = [notes[i]!, JSON.stringify(samples[i])];
      assert.equal(read.title, note.title, shown);
      assert.equal(read.titles, 1, shown);
      assert.deepEqual(read.filetags, ['one', 'größe'], shown);
      assert.deepEqual(read.keywords, ['FILETAGS'], shown);
      assert.deepEqual([read.id, read.public, read.local], [`note-${i}`, null, false], shown);
      assert.deepEqual(read.headings, [[1, 'Prompt', []], ...(note.note === '' ? [] : [[1, 'Notes', []]])], shown);
      assert.deepEqual(read.others.filter((type) => type !== 'keyword').sort(), ['node-property', 'property-drawer'], shown);
      const texts = read.bodies.map((body) => body.replaceAll('\u200b', '').trim());
      assert.deepEqual(texts, [note.text, ...(note.note === '' ? [] : [note.note])].map((text) => text.replaceAll('\u200b', '').trim()), shown);
    }
  });
});
