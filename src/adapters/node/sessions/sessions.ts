/** All sessions of this machine: what a face opens to see them. */
import { homedir } from 'node:os';
import type { Processes } from '../../../core/ports/processes.ts';
import { WheelhouseError } from '../../../core/base/errors.ts';
import type { AgentSource, ScreenRules, SessionState } from '../../../core/sessions/index.ts';
import { claudeConfigFolder } from './claude-config.ts';
import { claudeSource } from './claude.ts';
import { codexHome } from './codex-home.ts';
import { codexSource } from './codex.ts';
import { createSessionsMonitor, type SessionsMonitor } from './monitor.ts';
import { opencodeSource } from './opencode.ts';
import type { TmuxSocket } from './tmux-server.ts';
import { loadRules } from './tmux-rules.ts';
import { tmuxSource, type TmuxSource } from './tmux.ts';

export interface SessionsOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly dataRoot: string;
  readonly processes: Processes;
  /** false: do not look at tmux at all. */
  readonly tmux?: false | { readonly sockets?: readonly TmuxSocket[]; readonly rules?: ScreenRules; /** Keep an emoji in each window's option `@wheelhouse`. */ readonly markWindows?: boolean };
  /** Further sources, such as the terminals of an editor. */
  readonly sources?: readonly AgentSource[];
  readonly now?: () => number;
  readonly onError?: (error: unknown) => void;
}

export interface Sessions {
  readonly monitor: SessionsMonitor;
  /** undefined when tmux is not looked at. */
  readonly tmux: TmuxSource | undefined;
}

/** Not yet started: see `SessionsMonitor.start`. */
export function openSessions({ env, dataRoot, processes, tmux = {}, sources = [], now, onError }: SessionsOptions): Sessions {
  const verdictOf = (key: string) => monitor.list().find((session) => session.key === key)?.verdict;
  const own = loadRules(dataRoot);
  if (own.problem !== undefined) onError?.(new WheelhouseError('invalid-input', own.problem));
  const panes =
    tmux === false
      ? undefined
      : tmuxSource({
          processes,
          rules: tmux.rules ?? own.rules,
          ...(onError && { onError }),
          ...(tmux.sockets && { sockets: tmux.sockets }),
          // The register says all that a screen could; before there is a row, the screen is all there is.
          isKnownBetter: (key) => verdictOf(key)?.evidence.some(({ source }) => source === 'registry') === true,
          ...(tmux.markWindows === true && { markWindows: (key: string): SessionState | undefined => verdictOf(key)?.state }),
          ...(now && { now }),
        });
  const monitor = createSessionsMonitor({
    sources: [claudeSource({ configFolder: claudeConfigFolder(env), dataRoot, ...(now && { now }) }), codexSource({ home: codexHome(env), ...(now && { now }) }), opencodeSource({ home: env['HOME'] || homedir(), ...(now && { now }) }), ...(panes ? [panes] : []), ...sources],
    ...(now && { now }),
    ...(onError && { onError }),
  });
  return { monitor, tmux: panes };
}
