// A home with a folder of notes, opened in this process.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import { openNotes, type Notes } from '../../../src/adapters/node/notes/notes.ts';
import { openUserData, type UserData } from '../../../src/adapters/node/user-data.ts';

export interface NotesStage {
  readonly home: string;
  readonly folder: string;
  readonly user: UserData;
  readonly write: (name: string, content: string | Uint8Array) => void;
  readonly read: (name: string) => string;
  readonly git: (...args: string[]) => string;
  /** As a user sees them, in a process of their own. */
  readonly all: () => Promise<Notes>;
  readonly public: () => Promise<Notes>;
}

export function stage(t: Pick<TestContext, 'after'>, files: Readonly<Record<string, string | Uint8Array>> = {}, actor = 'session:s-1'): NotesStage {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'wheelhouse-notes-')));
  const folder = join(home, 'notes');
  mkdirSync(folder);
  const user = openUserData({ env: { HOME: home }, actor, dataOverride: join(home, 'data') });
  t.after(async () => {
    await user.dispose();
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  });
  const write: NotesStage['write'] = (name, content) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  };
  for (const [name, content] of Object.entries(files)) write(name, content);
  return {
    home, folder, user, write,
    read: (name) => readFileSync(join(folder, name), 'utf8'),
    git: (...args) => execFileSync('git', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: process.env['PATH'], HOME: home, GIT_CONFIG_NOSYSTEM: '1', GIT_AUTHOR_NAME: 'A', GIT_AUTHOR_EMAIL: 'a@example.org', GIT_COMMITTER_NAME: 'A', GIT_COMMITTER_EMAIL: 'a@example.org' } }),
    all: () => openNotes(user, { view: 'all', watch: true }),
    public: () => openNotes(user, { view: 'public', watch: true }),
  };
}

/** An org file. */
export const org = (id: string, title: string, tags: string, body = '') => `:PROPERTIES:\n:ID:       ${id}\n:END:\n#+title: ${title}\n${tags === '' ? '' : `#+filetags: ${tags}\n`}\n${body}`;
