/** Which process is the agent that started this one: its death ends what the session holds. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Agent, AgentProcess } from '../../../core/coordination/index.ts';
import type { Session } from '../../../core/sessions/index.ts';
import { ownIdentity, startOf } from '../process-identity.ts';
import type { Environment } from '../locations.ts';
import { claudeConfigFolder } from '../sessions/claude-config.ts';
import { outputOf } from '../output-of.ts';

/** What stands between an agent and the command that it runs. */
const SHELLS = new Set(['sh', 'bash', 'dash', 'zsh', 'ash', 'ksh', 'fish', 'busybox', 'timeout', 'env']);
const MOST_SHELLS = 6;

/**
 * The agent that runs this command or hook for a session: the first process above it that is no shell,
 * if the agent's own register says that it lives there. Any other could be a program that runs several sessions.
 */
export async function agentOfCommand(env: Environment, session: string): Promise<AgentProcess | undefined> {
  let pid = process.ppid;
  for (let i = 0; i < MOST_SHELLS && pid > 1; i++) {
    const found = await look(pid);
    if (found === undefined) return undefined;
    if (!SHELLS.has(found.name)) return registeredSession(env, pid) === session ? identify(pid) : undefined;
    pid = found.parent;
  }
  return undefined;
}

/** The process that a tool server's life depends on: the agent that started it, or, where that is not known, itself. */
export async function agentOfServer(env: Environment): Promise<AgentProcess> {
  const parent = process.ppid;
  const isAgent = registeredSession(env, parent) !== undefined || (await look(parent))?.name === 'claude';
  return (isAgent ? await identify(parent) : undefined) ?? ownIdentity();
}

/** The process of a session, by the agent's register. */
export async function registeredProcess(env: Environment, session: string): Promise<AgentProcess | undefined> {
  for (const name of quietly(() => readdirSync(registry(env))) ?? []) {
    const pid = Number(/^([1-9]\d{0,9})\.json$/.exec(name)?.[1]);
    if (!Number.isNaN(pid) && registeredSession(env, pid) === session) return identify(pid);
  }
  return undefined;
}

/** Whom a session of this machine acts as. */
export async function agentOfSession({ id, facts: { pid } }: Session): Promise<Agent> {
  const process = pid === undefined ? undefined : await identify(pid);
  return { session: id, ...(process && { process }) };
}

function registeredSession(env: Environment, pid: number): string | undefined {
  const row: unknown = quietly(() => JSON.parse(readFileSync(join(registry(env), `${pid}.json`), 'utf8')) as unknown);
  if (typeof row !== 'object' || row === null) return undefined;
  const { sessionId } = row as Record<string, unknown>;
  return typeof sessionId === 'string' ? sessionId : undefined;
}

function registry(env: Environment): string {
  return join(claudeConfigFolder(env), 'sessions');
}

async function identify(pid: number): Promise<AgentProcess | undefined> {
  const [{ machine }, start] = await Promise.all([ownIdentity(), startOf(pid)]);
  return start === undefined ? undefined : { machine, pid, start };
}

/** The name of a process and its parent; undefined when there is none, or the system does not tell. */
async function look(pid: number): Promise<{ name: string; parent: number } | undefined> {
  if (process.platform === 'win32') return undefined;
  if (process.platform === 'linux') {
    const stat = quietly(() => readFileSync(`/proc/${pid}/stat`, 'latin1'));
    if (stat === undefined) return undefined;
    // The name stands in brackets and may hold some; the parent is the second field behind it.
    const end = stat.lastIndexOf(')');
    return { name: stat.slice(stat.indexOf('(') + 1, end), parent: Number(stat.slice(end + 2).split(' ')[1]) };
  }
  try {
    const stdout = await outputOf('ps', ['-o', 'ppid=,comm=', '-p', String(pid)]);
    const [, parent = '', path = ''] = /^\s*(\d+)\s+(.*\S)/.exec(stdout) ?? [];
    return { name: path.replace(/^.*\//, '').replace(/^-/, ''), parent: Number(parent) };
  } catch {
    return undefined;
  }
}

function quietly<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
