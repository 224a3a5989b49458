import { basename } from 'node:path';
import { codexHome } from './codex-home.ts';
import { openFilesOf, processesNamed } from './named-processes.ts';

/** A Codex at work or at a terminal. */
export interface CodexProcess {
  readonly pid: number;
  readonly cwd: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** The rollouts that it writes itself: without an app server behind it. */
  readonly rollouts: readonly string[];
}

/** Those with that home, without the server that works for them; the oldest first. */
export function codexProcesses(home: string): readonly CodexProcess[] {
  return processesNamed('codex')
    .filter(({ args, env }) => args[0] !== 'app-server' && args[0] !== 'mcp-server' && codexHome(env) === home)
    .map(({ pid, cwd, startedAt }) => ({ pid, cwd, startedAt, rollouts: rolloutsOf(pid) }));
}

function rolloutsOf(pid: number): readonly string[] {
  const paths = openFilesOf(pid).map(({ path }) => path);
  return [...new Set(paths.filter((path) => /^rollout-.*\.jsonl$/.test(basename(path))))].sort();
}
