/** The review log with 10,000 entries: reading, and changing one entry on disk. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeFiles } from '../src/adapters/node/files.ts';
import { logFile } from '../src/adapters/node/log-file.ts';
import { ownIdentity } from '../src/adapters/node/process-identity.ts';
import { createLocks } from '../src/adapters/node/ticket-lock.ts';
import { applyEdits, changeState, scanLog } from '../src/core/review/log/index.ts';
import { updateLog } from '../src/core/review/logDocument.ts';
import { figure, medianMs, type Figure } from './figure.ts';

const entries = 10_000;
const toggles = 15;

function largeLog(): string {
  let text = '#+TITLE: Code review\n#+TODO: TODO | DONE WONTFIX\n\n* Reviews\n\n';
  for (let i = 0; i < entries; i++) {
    text += `** ${i % 3 === 0 ? 'DONE' : 'TODO'} [[file:~/repos/project-${i % 7}/src/module_${i % 200}.py::${(i * 37) % 900 + 1}][module_${i % 200}.py:${(i * 37) % 900 + 1}]]${i % 5 === 0 ? ' :must:' : ''}\n   :PROPERTIES:\n   :ID: cr-${i.toString(36).padStart(8, 'a')}\n   :PROJECT: project-${i % 7}\n   :TIMESTAMP: [2026-01-0${i % 9 + 1} Mon 10:0${i % 10}]\n   :END:\n   This error handling is too generic - catch specific exceptions, number ${i}\n\n`;
  }
  return text;
}

export async function run(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'wheelhouse-bench-'));
  try {
    const path = join(folder, 'review.org');
    const text = largeLog();
    writeFileSync(path, text);
    const emacs = emacsMs(path);
    let round = 0;
    // A blank line more or less, so that no scan is one of a text that was just read.
    const scan = await medianMs(15, () => scanLog(text + '\n'.repeat(round++ % 2)));

    const document = logFile(nodeFiles, path, createLocks(join(folder, 'locks'), await ownIdentity()));
    const at = { year: 2026, month: 1, day: 1, hour: 10, minute: 0 };
    const times: number[] = [];
    for (let i = 0; i < toggles; i++) {
      scanLog(await document.read()); // An editor has listed the log before somebody toggles an entry of it.
      const started = performance.now();
      await updateLog(document, (log) => {
        const entry = log.entries[(i * 613) % entries];
        if (!entry) throw new Error('no entry');
        return { after: applyEdits(log.text, changeState(log, entry, { state: entry.state === 'todo' ? 'done' : 'todo', at })), value: undefined };
      });
      times.push(performance.now() - started);
    }
    const toggle = times.sort((x, y) => x - y)[Math.floor(toggles / 2)] ?? NaN;
    return [figure('scan a log of 10,000 entries (baseline: Emacs, headlines only)', scan, 'ms', 15, emacs), figure('toggle one of 10,000 entries on disk', toggle, 'ms', toggles)];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What Emacs needs to list the same entries; undefined where it is not installed. */
function emacsMs(path: string): number | undefined {
  const lisp = `(with-temp-buffer (insert-file-contents ${JSON.stringify(path)}) (delay-mode-hooks (org-mode)) (let ((start (float-time))) (org-element-parse-buffer 'headline) (princ (* 1000 (- (float-time) start)))))`;
  try {
    return Number(execFileSync('emacs', ['-Q', '--batch', '--eval', "(require 'org-element)", '--eval', lisp], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  } catch {
    return undefined;
  }
}

