// A config folder of Claude Code and a data folder of their own, and processes that stand in for clients.

import { spawn } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { appendEvent } from '../../../src/adapters/node/sessions/event-file.ts';
import { claudeSource } from '../../../src/adapters/node/sessions/claude.ts';
import { createSessionsMonitor, type SessionChange } from '../../../src/adapters/node/sessions/monitor.ts';
import { reasonText, recordOf, type Session } from '../../../src/core/sessions/index.ts';

export interface Stage {
  readonly root: string;
  readonly config: string;
  readonly data: string;
  /** Starts a process that lives until the test ends; its id. */
  readonly client: () => Promise<number>;
  readonly kill: (pid: number) => Promise<void>;
  /** Writes a row of the register, as the client of that process would. */
  readonly register: (pid: number, row?: object) => void;
  readonly unregister: (pid: number) => void;
  /** Appends lines to the transcript of a session whose folder is `/p`. */
  readonly transcript: (session: string, ...lines: readonly unknown[]) => void;
  readonly hook: (session: string, event: string, more?: object, at?: number) => void;
  readonly write: (path: string, content: string | Buffer) => void;
}

export function stage(t: TestContext): Stage {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'wheelhouse-sessions-')));
  const children = new Map<number, ReturnType<typeof spawn>>();
  t.after(() => {
    for (const child of children.values()) child.kill('SIGKILL');
    rmSync(root, { recursive: true, force: true });
  });
  const [config, data] = [join(root, 'config'), join(root, 'data')];
  const write = (path: string, content: string | Buffer) => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  };
  const rowFile = (pid: number) => join(config, 'sessions', `${pid}.json`);
  return {
    root,
    config,
    data,
    write,
    client: async () => {
      const child = spawn('sleep', ['600'], { stdio: 'ignore' });
      await new Promise((resolve, reject) => child.once('spawn', resolve).once('error', reject));
      children.set(child.pid!, child);
      return child.pid!;
    },
    kill: async (pid) => {
      const child = children.get(pid);
      const ended = new Promise((resolve) => child?.once('close', resolve));
      child?.kill('SIGKILL');
      await ended;
    },
    register: (pid, row = {}) => write(rowFile(pid), JSON.stringify({ pid, sessionId: `s-${pid}`, cwd: '/p', kind: 'interactive', entrypoint: 'cli', name: `p-${pid}`, startedAt: Date.now() - 60_000, procStart: procStart(pid), ...row })),
    unregister: (pid) => rmSync(rowFile(pid)),
    transcript: (session, ...lines) => {
      const file = join(config, 'projects', '-p', `${session}.jsonl`);
      mkdirSync(dirname(file), { recursive: true });
      appendFileSync(file, lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''));
    },
    hook: (session, event, more = {}, at = Date.now()) => {
      const record = recordOf({ session_id: session, hook_event_name: event, cwd: '/p', ...more }, at);
      if (record === undefined) throw new Error(`nothing is kept of ${event}`);
      appendEvent(data, record);
    },
  };
}

export function procStart(pid: number): string {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

export interface Watched {
  readonly list: () => readonly Session[];
  /** `name state: reason`, in order of need. */
  readonly shown: () => string[];
  readonly changes: SessionChange[];
  /** Waits until a session shows so. @returns Milliseconds that it took. */
  readonly until: (expected: string, timeoutMs?: number) => Promise<number>;
}

export async function watch(t: TestContext, { config, data }: Stage): Promise<Watched> {
  const errors: unknown[] = [];
  const monitor = createSessionsMonitor({ sources: [claudeSource({ configFolder: config, dataRoot: data })], onError: (error) => errors.push(error) });
  const changes: SessionChange[] = [];
  monitor.onDidChange((some) => changes.push(...some));
  t.after(() => {
    monitor.dispose();
    if (errors.length > 0) throw errors[0];
  });
  await monitor.start();
  const shown = () => monitor.list().map(show);
  return {
    list: () => monitor.list(),
    shown,
    changes,
    until: async (expected, timeoutMs = 4000) => {
      const start = performance.now();
      while (!shown().includes(expected)) {
        if (performance.now() - start > timeoutMs) throw new Error(`${expected} did not come: ${JSON.stringify(shown())}`);
        await delay(2);
      }
      return performance.now() - start;
    },
  };
}

export function show({ facts, verdict }: Session): string {
  const reason = reasonText(verdict.reason);
  return `${facts.name ?? ''} ${verdict.state}${reason === '' ? '' : `: ${reason}`}`;
}

const now = () => new Date().toISOString();
export const prompt = (text: string) => ({ type: 'user', timestamp: now(), message: { role: 'user', content: text } });
export const call = (name: string, input: unknown, id = 't1') => ({ type: 'assistant', timestamp: now(), message: { role: 'assistant', stop_reason: 'tool_use', content: [{ type: 'tool_use', id, name, input }] } });
export const answer = (text: string) => ({ type: 'assistant', timestamp: now(), message: { role: 'assistant', stop_reason: 'end_turn', content: [{ type: 'text', text }] } });
export const status = (state: string, more: object = {}) => ({ status: state, statusUpdatedAt: Date.now(), ...more });
