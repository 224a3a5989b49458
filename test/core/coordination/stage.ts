// A repository's coordination in memory: a journal that several hands append to, a clock, processes that live and die.

import { posix } from 'node:path';
import { Ledger, type Agent, type AgentProcess, type CoordinationContext } from '../../../src/core/coordination/index.ts';
import type { Journal, JournalEntry } from '../../../src/core/ports/journal.ts';

export interface World {
  readonly journal: Journal & { readonly entries: readonly JournalEntry[] };
  now: number;
  /** Ends a process. */
  kill(pid: number): void;
  /** One that acts for a session in its own process (pid), with what it has folded by itself. */
  agent(session: string, pid?: number, more?: Partial<CoordinationContext> & { named?: true }): CoordinationContext;
}

export const folders = new Set(['/repo', '/repo/src', '/repo/src/lib', '/tree', '/elsewhere']);
export const files = new Set(['/repo/src/a.ts', '/repo/src/[id].tsx', '/repo/src/lib/deep.ts']);

export function world(): World {
  const entries: JournalEntry[] = [];
  const dead = new Set<number>();
  let ids = 0;
  const journal: World['journal'] = {
    entries,
    append: (events) => {
      const added = events.map((event) => ({ event: { ...(JSON.parse(JSON.stringify(event)) as typeof event), id: `e${++ids}`, at: self.now } }));
      // One after the other, so that positions rise.
      for (const entry of added) entries.push({ ...entry, position: entries.length + 1 });
      return Promise.resolve(entries.slice(-added.length));
    },
    read: (from) => Promise.resolve({ entries: entries.filter(({ position }) => position > from), end: entries.length, more: false, damaged: [], log: 'log' }),
    fingerprint: (end) => Promise.resolve(end <= entries.length ? `${end}` : undefined),
    watch: () => ({ dispose: () => undefined }),
  };
  const isAlive = ({ machine, pid }: AgentProcess) => Promise.resolve(machine === 'here' ? !dead.has(pid) : ('unknown' as const));
  const self: World = {
    journal,
    now: 1_000_000,
    kill: (pid) => void dead.add(pid),
    agent: (session, pid, { named, ...more } = {}) => {
      const agent: Agent = { session, ...(pid !== undefined && { process: { machine: 'here', pid, start: `s${pid}` } }), ...(named && { named }) };
      return {
        ledger: new Ledger({ journal, clock: { now: () => self.now, offsetMinutes: () => 0 } }),
        agent, actor: `session:${session}`, isUser: false, folder: '/repo', worktrees: ['/repo', '/tree'],
        paths: posix,
        files: {
          stat: (path) => Promise.resolve(folders.has(path) ? { kind: 'directory' as const, size: 0, modifiedAt: 0 } : files.has(path) ? { kind: 'file' as const, size: 1, modifiedAt: 0 } : undefined),
          realPath: (path) => Promise.resolve(path === '/' || folders.has(path) || files.has(path) ? path : path === '/repo/link' ? '/elsewhere' : undefined),
        },
        random: { base32: (length) => `${++ids}`.padStart(length, 'a') },
        isAlive,
        processOf: () => Promise.resolve(undefined),
        ...more,
      };
    },
  };
  return self;
}
