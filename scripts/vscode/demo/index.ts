/** `npm start -- --demo`: folders of their own with a sample repository, a review log, a prompt history, cards, notes, and sessions with what they hold and did. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

import { cacheDir, projectRoot } from '../paths.ts';
import { sampleRepository } from '../sample.ts';
import { recordCalls } from './audit.ts';
import { DEMO_CARDS } from './cards.ts';
import { DEMO_COMMENTS } from './comments.ts';
import { coordinate } from './coordination.ts';
import { makeNotes } from './notes.ts';
import { demoPrompts, historyLines, writeRatings } from './prompts.ts';
import { sessionId, startDemoSessions } from './sessions.ts';

export interface Demo {
  /** Of all that belongs to it. */
  readonly root: string;
  /** The folder to open. */
  readonly folder: string;
  /** Keeps the demo's data apart from the user's. */
  readonly env: Readonly<Record<string, string>>;
  /** Of VS Code on this machine: where the demo's notes are. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Ends the sessions. */
  stop(): void;
}

/** Raised when the demo brings more, as one that was made before is left as it is. */
const VERSION = 2;

/** Makes what is not there yet; what was done in the demo stays for the next start. */
export async function startDemo(demo = path.join(cacheDir, `demo-${VERSION}`)): Promise<Demo> {
  const [data, claude] = [path.join(demo, 'data'), path.join(demo, 'claude')];
  const env = { WHEELHOUSE_DATA: data, CLAUDE_CONFIG_DIR: claude };
  const folder = await sampleRepository(path.join(demo, 'code', 'billable'));
  const notes = path.join(demo, 'notes');
  await makeNotes(notes, sessionId('retry-policy'));
  const wheelhouse = (...args: string[]) => promisify(execFile)(process.execPath, [path.join(projectRoot, 'dist', 'cli.js'), ...args, '--workspace', folder], { env: { ...process.env, ...env } });
  // The user's own review log is not the place for sample comments.
  const logFile = path.join(demo, 'code_review.org');
  await mkdir(path.join(folder, '.vscode'), { recursive: true });
  await writeFile(path.join(folder, '.vscode', 'settings.json'), `${JSON.stringify({ 'wheelhouse.review.logFile': logFile }, null, 2)}\n`);
  if (!existsSync(logFile)) {
    await fillLearning(demo, claude, wheelhouse);
    const unfinished = `${logFile}.unfinished`;
    await rm(unfinished, { force: true });
    for (const { at, text, severity, tags } of DEMO_COMMENTS) {
      await wheelhouse('review', 'add', at, text, '--severity', severity, ...tags.flatMap((tag) => ['--tag', tag]), '--log', unfinished);
    }
    await rename(unfinished, logFile);
  }
  if (!existsSync(path.join(folder, '.wheelhouse', 'policy.yaml'))) {
    await wheelhouse('policy', 'init');
    await recordCalls(folder, { ...process.env, ...env });
  }
  const sessions = await startDemoSessions(path.join(demo, 'code'), claude, data);
  const coordination = await coordinate(folder, env, sessions.agents);
  const stop = () => {
    coordination.stop();
    sessions.stop();
  };
  return { root: demo, folder, env, settings: { 'wheelhouse.notes.folders': [notes] }, stop };
}

async function fillLearning(demo: string, claude: string, wheelhouse: (...args: string[]) => Promise<unknown>): Promise<void> {
  await mkdir(claude, { recursive: true });
  const prompts = demoPrompts(Date.now());
  await writeFile(path.join(claude, 'history.jsonl'), historyLines(prompts));
  const ratings = path.join(demo, 'ratings.db');
  await rm(ratings, { force: true });
  writeRatings(ratings, prompts);
  await wheelhouse('prompts', 'sync');
  await wheelhouse('prompts', 'import-db', ratings);
  const cards = path.join(demo, 'cards.json');
  await writeFile(cards, JSON.stringify(DEMO_CARDS));
  await wheelhouse('cards', 'bulk-create', '--file', cards);
}
