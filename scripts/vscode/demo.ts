/** `npm start -- --demo`: a data folder, a copy of the sample and a review log of their own, with something in them. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

import { cacheDir, projectRoot } from './paths.ts';
import { sampleRepository } from './sample.ts';

interface DemoComment {
  readonly at: string;
  readonly text: string;
  readonly severity: 'must' | 'should' | 'question' | 'nit';
  readonly tags: readonly string[];
}

export const DEMO_COMMENTS: readonly DemoComment[] = [
  { at: 'src/store.js:8', text: 'A damaged file is read as an empty one, and the next save overwrites it.\nOnly a missing file means "no data yet".', severity: 'must', tags: ['errors'] },
  { at: 'src/entries.js:22', text: 'One page too many when the entries fill the last page.', severity: 'must', tags: ['paging'] },
  { at: 'src/entries.js:4-5', text: 'Check the hours: NaN and negative numbers end up in invoices.', severity: 'should', tags: ['input'] },
  { at: 'src/invoice.js:13-16', text: 'Is floating point good enough for money here? Cents would round once.', severity: 'question', tags: ['money'] },
  { at: 'src/report.js:5-6', text: 'Two lookups per entry; a Map by client would do.', severity: 'nit', tags: ['performance'] },
  { at: 'src/cli.js:19', text: 'Say what went wrong.', severity: 'should', tags: ['errors'] },
];

/** @returns The folder to open, and the environment that keeps the demo's data apart. */
export async function demoWorkspace(): Promise<{ folder: string; env: Record<string, string> }> {
  const demo = path.join(cacheDir, 'demo');
  const data = path.join(demo, 'data');
  const folder = await sampleRepository(path.join(demo, 'sample'));
  // The user's own review log is not the place for sample comments.
  const logFile = path.join(demo, 'code_review.org');
  await mkdir(path.join(folder, '.vscode'), { recursive: true });
  await writeFile(path.join(folder, '.vscode', 'settings.json'), `${JSON.stringify({ 'wheelhouse.review.logFile': logFile }, null, 2)}\n`);
  if (!existsSync(logFile)) {
    const unfinished = `${logFile}.unfinished`;
    await rm(unfinished, { force: true });
    for (const { at, text, severity, tags } of DEMO_COMMENTS) {
      const args = ['review', 'add', at, text, '--severity', severity, ...tags.flatMap((tag) => ['--tag', tag])];
      await promisify(execFile)(process.execPath, [path.join(projectRoot, 'dist', 'cli.js'), ...args, '--log', unfinished, '--data', data, '--workspace', folder]);
    }
    await rename(unfinished, logFile);
  }
  return { folder, env: { WHEELHOUSE_DATA: data } };
}
