/**
 * Claude Code before it has entered itself into its register: it asks whether the folder is trusted
 * first, and in a terminal of an editor nothing else tells of that. It is asking when it lives, has a
 * terminal and no row, and the folder is not among those that the user trusts. Linux only.
 */
import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { processKey, type Sighting } from '../../../core/sessions/index.ts';
import { claudeConfigFolder } from './claude-config.ts';
import { processesNamed, type NamedProcess } from './named-processes.ts';

export interface ClaudeStartingOptions {
  /** See `claudeConfigFolder`. */
  readonly configFolder: string;
  readonly processes?: () => readonly NamedProcess[];
}

/** The client takes no longer than this to enter itself into its register when nothing is in its way. */
const STARTING_MS = 4_000;
/** Verbs of the client that are no sessions. */
const verbs = new Set(['agents', 'attach', 'config', 'daemon', 'doctor', 'install', 'logs', 'mcp', 'plugin', 'setup-token', 'stop', 'update']);

export class ClaudeStarting {
  readonly #options: ClaudeStartingOptions;
  #stamp = '';
  #trusted: ReadonlySet<string> = new Set();

  constructor(options: ClaudeStartingOptions) {
    this.#options = options;
  }

  /** Those that ask now. @param registered The processes that have a row. */
  look(registered: ReadonlySet<number>, now: number): readonly Sighting[] {
    const clients = this.#options.processes?.() ?? processesNamed('claude').filter(({ env }) => claudeConfigFolder(env) === this.#options.configFolder);
    const waiting = clients.filter((client) => !registered.has(client.pid) && isSession(client) && now - client.startedAt >= STARTING_MS);
    if (waiting.length > 0) this.#readTrusted(waiting);
    return waiting.filter(({ cwd }) => !this.#isTrusted(cwd)).map(({ pid, cwd, startedAt }) => ({
      key: processKey(pid),
      facts: { agent: 'claude', pid, cwd, startedAt, kind: 'interactive' },
      evidence: [{ source: 'process', state: 'waiting', at: startedAt, seq: 0, reason: { kind: 'trust' }, says: `${pid} runs and is not in the register, and its folder is not trusted yet` }],
    }));
  }

  #isTrusted(folder: string): boolean {
    for (let at = folder; ; at = dirname(at)) {
      if (this.#trusted.has(at)) return true;
      if (dirname(at) === at) return false;
    }
  }

  #readTrusted([client]: readonly NamedProcess[]): void {
    const file = client === undefined ? '' : stateFile(client.env);
    try {
      const { mtimeMs, size } = statSync(file);
      const stamp = `${file}:${mtimeMs}:${size}`;
      if (stamp === this.#stamp) return;
      this.#trusted = trustedFolders(readFileSync(file, 'utf8'));
      this.#stamp = stamp;
    } catch {
      this.#trusted = new Set();
    }
  }
}

function isSession({ args, hasTerminal }: NamedProcess): boolean {
  return hasTerminal && !verbs.has(args[0] ?? '') && !args.some((arg) => arg === '-p' || arg === '--print' || arg.startsWith('--bg'));
}

/** Where the client keeps what the user has agreed to: `CLAUDE_CONFIG_DIR/.claude.json`, else `~/.claude.json`. */
function stateFile(env: NamedProcess['env']): string {
  return env['CLAUDE_CONFIG_DIR'] ? join(env['CLAUDE_CONFIG_DIR'], '.claude.json') : join(dirname(claudeConfigFolder(env)), '.claude.json');
}

function trustedFolders(text: string): ReadonlySet<string> {
  const { projects } = JSON.parse(text) as { projects?: Readonly<Record<string, { hasTrustDialogAccepted?: unknown } | null>> };
  return new Set(Object.entries(projects ?? {}).filter(([, project]) => project?.hasTrustDialogAccepted === true).map(([folder]) => folder));
}
