// A user with a home of its own, in which an agent leaves its files.

import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import { openPrompts, type Prompts } from '../../../src/adapters/node/prompts/prompts.ts';
import { openUserData } from '../../../src/adapters/node/user-data.ts';

export const AT = 1_759_400_000_000;

export function historyLine(text: string, at: number, more: object = {}): string {
  return `${JSON.stringify({ display: text, pastedContents: {}, timestamp: at, project: '/work/app', sessionId: 's-1', ...more })}\n`;
}

export function transcriptLine(text: string, at: number, more: object = {}): string {
  return `${JSON.stringify({ parentUuid: null, isSidechain: false, userType: 'external', cwd: '/work/app', sessionId: 's-1', version: '2.1.197', type: 'user', message: { role: 'user', content: text }, uuid: `u-${at}`, timestamp: new Date(at).toISOString(), ...more })}\n`;
}

export interface PromptStage {
  readonly home: string;
  readonly folder: string;
  readonly history: string;
  /** The transcript of a session. */
  readonly transcript: (session?: string) => string;
  readonly write: (path: string, text: string | Buffer) => void;
  readonly add: (path: string, text: string | Buffer) => void;
  /** Opens the prompts as a process of its own would. */
  readonly open: () => Prompts & { readonly close: () => Promise<void> };
  /** Syncs in a process of its own and gives all texts, oldest first. */
  readonly texts: () => Promise<string[]>;
}

export function promptStage(t: TestContext, env: (home: string) => Readonly<Record<string, string>> = () => ({})): PromptStage {
  const home = mkdtempSync(join(tmpdir(), 'wheelhouse-prompts-'));
  t.after(() => rmSync(home, { recursive: true, force: true, maxRetries: 5 }));
  const all = { HOME: home, XDG_DATA_HOME: join(home, 'data'), XDG_CONFIG_HOME: join(home, 'config'), ...env(home) };
  const config = (all as Record<string, string>)['CLAUDE_CONFIG_DIR'] ?? join(home, '.claude');
  const put = (path: string, text: string | Buffer, how: typeof writeFileSync | typeof appendFileSync) => {
    mkdirSync(dirname(path), { recursive: true });
    how(path, text);
  };
  const open = () => {
    const user = openUserData({ env: all, actor: 'user', onError: (error) => { throw error; } });
    return Object.assign(openPrompts(user), { close: () => user.dispose() });
  };
  return {
    home,
    folder: join(home, 'data/wheelhouse/user/prompts'),
    history: join(config, 'history.jsonl'),
    transcript: (session = 's-1') => join(config, 'projects/-work-app', `${session}.jsonl`),
    write: (path, text) => put(path, text, writeFileSync),
    add: (path, text) => put(path, text, appendFileSync),
    open,
    async texts() {
      const prompts = open();
      await prompts.sync();
      const found = (await prompts.list({ commands: true })).map(({ text }) => text).reverse();
      await prompts.close();
      return found;
    },
  };
}
