import { readdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Disposable } from '../../../../core/base/disposable.ts';

/** What Claude Code says of a session in its registry; undefined when it says nothing that is known. */
export interface AgentStatus {
  readonly status: 'busy' | 'idle' | 'waiting' | undefined;
  readonly waitingFor: string | undefined;
}

const unknown: AgentStatus = { status: undefined, waitingFor: undefined };
const everyMs = 1_000;

/** Reads one registry file. Every field is optional: the format is not documented. */
export function parseStatus(text: string, session: string): AgentStatus | undefined {
  try {
    const record = JSON.parse(text) as { sessionId?: unknown; status?: unknown; waitingFor?: unknown } | null;
    if (record?.sessionId !== session) return undefined;
    const { status, waitingFor } = record;
    return {
      status: status === 'busy' || status === 'idle' || status === 'waiting' ? status : undefined,
      waitingFor: typeof waitingFor === 'string' ? waitingFor : undefined,
    };
  } catch {
    return undefined;
  }
}

/** Calls back when the status of a session changes, as long as it is not disposed. */
export function watchAgent(session: string, listener: (status: AgentStatus) => void, folder = registryFolder(process.env)): Disposable {
  let last = JSON.stringify(unknown);
  let disposed = false;
  let timer: NodeJS.Timeout | undefined;
  const look = async () => {
    const now = (await findStatus(folder, session)) ?? unknown;
    if (disposed) return;
    if (JSON.stringify(now) !== last) {
      last = JSON.stringify(now);
      listener(now);
    }
    timer = setTimeout(() => void look(), everyMs);
  };
  void look();
  return {
    dispose: () => {
      disposed = true;
      clearTimeout(timer);
    },
  };
}

function registryFolder(env: Readonly<Record<string, string | undefined>>): string {
  return join(env['CLAUDE_CONFIG_DIR'] ?? join(env['HOME'] ?? homedir(), '.claude'), 'sessions');
}

async function findStatus(folder: string, session: string): Promise<AgentStatus | undefined> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((each) => /^\d+\.json$/.test(each))) {
    const text = await readFile(join(folder, name), 'utf8').catch(() => '');
    const status = parseStatus(text, session);
    if (status) return status;
  }
  return undefined;
}
