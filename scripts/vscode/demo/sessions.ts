/** Ten sessions to look at: real processes that do nothing, in a register like Claude Code's own. */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { ownIdentity, startOf } from '../../../src/adapters/node/process-identity.ts';
import type { Agent } from '../../../src/core/coordination/index.ts';

interface DemoSession {
  readonly project: string;
  readonly name: string;
  readonly status: string;
  /** Seconds. */
  readonly ago: number;
  readonly more?: object;
  readonly prompt: string;
  readonly events?: readonly object[];
}

export const DEMO_SESSIONS: readonly DemoSession[] = [
  { project: 'billable', name: 'invoice-rounding', status: 'waiting', ago: 3 * 60, more: { waitingFor: 'permission prompt' }, prompt: 'Make the rounding of invoices exact', events: [{ event: 'PermissionRequest', state: 'waiting', call: 'Bash: rm -rf build', reason: { kind: 'approve', detail: 'Bash: rm -rf build' } }] },
  { project: 'billable', name: 'tax-tables', status: 'busy', ago: 80, prompt: 'Move the tax tables into data files', events: [{ event: 'PreToolUse', state: 'working', call: 'Bash: npm test', reason: { kind: 'tool', detail: 'Bash: npm test' } }] },
  { project: 'billable', name: 'billable-export', status: 'idle', ago: 6 * 60, prompt: 'Add an export to CSV', events: [{ event: 'Stop', state: 'idle', reason: { kind: 'finished' } }] },
  { project: 'appdaemon', name: 'retry-policy', status: 'waiting', ago: 11 * 60, prompt: 'Retry with a backoff', events: [{ event: 'PreToolUse', state: 'waiting', call: 'AskUserQuestion', reason: { kind: 'question', detail: 'Which errors count as transient?' } }] },
  { project: 'appdaemon', name: 'metrics', status: 'busy', ago: 14 * 60, prompt: 'Count the retries', events: [{ event: 'PreToolUse', state: 'working', call: 'Edit', reason: { kind: 'tool', detail: 'Edit: src/metrics.ts' } }] },
  { project: 'appdaemon', name: 'log-study', status: 'idle', ago: 30, prompt: 'What makes the server restart?', events: [{ event: 'Stop', state: 'idle', reason: { kind: 'finished' }, background: [{ id: 'b1', type: 'subagent', description: 'read the server log' }] }] },
  { project: 'memento', name: 'deck-import', status: 'waiting', ago: 25, prompt: 'Import old decks', events: [{ event: 'PreToolUse', state: 'waiting', call: 'ExitPlanMode', reason: { kind: 'plan' } }] },
  { project: 'memento', name: 'card-layout', status: 'idle', ago: 3 * 3600, prompt: 'Centre the card', events: [{ event: 'Stop', state: 'idle', reason: { kind: 'finished' } }, { event: 'Looked', state: 'looked' }] },
  { project: 'website', name: 'broken-links', status: 'idle', ago: 9 * 60, prompt: 'Find broken links', events: [{ event: 'StopFailure', state: 'error', reason: { kind: 'api', detail: 'overloaded' } }] },
  { project: 'website', name: 'spring-theme', status: 'busy', ago: 5 * 60, prompt: 'Try a theme for spring', events: [{ event: 'UserPromptSubmit', state: 'working' }] },
];

export interface DemoSessions {
  /** As whom a session claims and waits, by its name. */
  readonly agents: ReadonlyMap<string, Agent>;
  stop(): void;
}

export function sessionId(name: string): string {
  return `00000000-0000-4000-8000-00000000000${DEMO_SESSIONS.findIndex((session) => session.name === name)}`;
}

/** @param root Where their projects are made. */
export async function startDemoSessions(root: string, claude: string, data: string): Promise<DemoSessions> {
  const processes: ChildProcess[] = [];
  const agents = new Map<string, Agent>();
  const { machine } = await ownIdentity();
  const register = path.join(claude, 'sessions');
  await rm(register, { recursive: true, force: true });
  await Promise.all([register, path.join(data, 'sessions')].map((folder) => mkdir(folder, { recursive: true })));
  for (const { project, name, status, ago, more, prompt, events } of DEMO_SESSIONS) {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1e9)'], { stdio: 'ignore' });
    processes.push(child);
    const at = Date.now() - ago * 1000;
    const id = sessionId(name);
    const cwd = path.join(root, project);
    await makeRepository(cwd);
    const [pid, start] = [child.pid ?? 0, (await startOf(child.pid ?? 0)) ?? ''];
    agents.set(name, { session: id, process: { machine, pid, start } });
    const row = { pid, sessionId: id, cwd, procStart: start, kind: 'interactive', entrypoint: 'cli', version: '2.1.197', name, status, statusUpdatedAt: at, updatedAt: at, startedAt: at - 600_000, ...more };
    await writeFile(path.join(register, `${pid}.json`), JSON.stringify(row));
    const lines = [{ event: 'UserPromptSubmit', state: 'working', prompt, at: at - 60_000 }, ...(events ?? []).map((event, after) => ({ ...event, at: at + after }))];
    await writeFile(path.join(data, 'sessions', `${id}.jsonl`), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  }
  return {
    agents,
    stop: () => {
      for (const child of processes) child.kill('SIGKILL');
    },
  };
}

/** Of its own, or it would belong to the repository that it happens to lie in. */
async function makeRepository(folder: string): Promise<void> {
  if (existsSync(path.join(folder, '.git'))) return;
  await mkdir(folder, { recursive: true });
  await promisify(execFile)('git', ['init', '--quiet', '--initial-branch=main'], { cwd: folder });
}
