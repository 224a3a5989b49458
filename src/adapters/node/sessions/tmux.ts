// Sessions in tmux: one `list-panes` a tick for all panes of a server; the screens only of agents that no better source
// knows and that wrote something since.

import { addLook, emojiOf, programOf } from '../../../core/sessions/index.ts';
import type { AgentSource, Evidence, PaneKind, ScreenRules, SessionState, Sighting, SourceHost } from '../../../core/sessions/index.ts';
import type { Processes } from '../../../core/ports/processes.ts';
import { paneSessions, type PaneSession } from './tmux-agents.ts';
import type { TmuxPane } from './tmux-panes.ts';
import { readProcessTable, type ProcessTable } from './tmux-processes.ts';
import { tmuxServer, type TmuxServer, type TmuxSocket } from './tmux-server.ts';
import { windowMarks } from './tmux-window-option.ts';

export interface TmuxOptions {
  readonly processes: Processes;
  readonly rules: ScreenRules;
  /** Default: the one server that `tmux` takes by itself. */
  readonly sockets?: readonly TmuxSocket[];
  /** Whether some better source tells the state of the session with this key, so that its screen need not be read. */
  readonly isKnownBetter: (key: string) => boolean;
  /** Keeps the option `@wheelhouse` of every window at its emoji, by what this says of the session with a key. Default: not. */
  readonly markWindows?: (key: string) => SessionState | undefined;
  /** Told what goes wrong in a tick; a server that is not there is not wrong. */
  readonly onError?: (error: unknown) => void;
  /** For tests. */
  readonly readProcesses?: () => Promise<ProcessTable>;
  readonly now?: () => number;
}

/** One pane as it was last seen. */
export interface PaneSighting {
  readonly pane: TmuxPane;
  readonly kind: PaneKind;
  /** The agent in it, and its session. */
  readonly session: PaneSession | undefined;
}

export interface TmuxSource extends AgentSource {
  /** All panes: agents, editors, scripts, shells. */
  panes(): readonly PaneSighting[];
  /** Reads everything once more; resolved when it is read. While one runs, another one is the same. */
  refresh(): Promise<void>;
  /** Takes out of the windows what `markWindows` has put there; to be awaited before the end. */
  unmark(): Promise<void>;
}

interface Seen extends PaneSighting {
  readonly evidence: readonly Evidence[];
  /** The same object as long as it says the same. */
  readonly sighting: Sighting | undefined;
  /** The second in which its screen was last read: in that second more may have been written. */
  readonly readAt: number;
}

interface Watched {
  readonly server: TmuxServer;
  readonly marks: ReturnType<typeof windowMarks>;
  seen: ReadonlyMap<string, Seen>;
}

export function tmuxSource(options: TmuxOptions): TmuxSource {
  const { processes, rules, isKnownBetter, markWindows, now = Date.now } = options;
  const watched = (options.sockets ?? [{}]).map((socket): Watched => ({ server: tmuxServer(processes, socket), marks: windowMarks(), seen: new Map() }));
  const sessionsOf = paneSessions(rules, options.readProcesses ?? (() => readProcessTable(processes)));
  let host: SourceHost | undefined;
  let running: Promise<void> | undefined;

  async function read(): Promise<void> {
    const lists = await Promise.all(watched.map(({ server }) => server.panes()));
    const sessions = await sessionsOf(lists.flat(), host?.known() ?? []);
    const changes = await Promise.all(watched.map((each, index) => look(each, lists[index] ?? [], sessions)));
    if (markWindows !== undefined) await Promise.all(watched.map((each) => mark(each, markWindows)));
    if (changes.includes(true)) host?.changed();
  }

  async function look(one: Watched, panes: readonly TmuxPane[], sessions: ReadonlyMap<TmuxPane, PaneSession>): Promise<boolean> {
    const at = now();
    const before = one.seen;
    const screens = await one.server.capture(panes.filter((pane) => needsScreen(pane, sessions.get(pane), before.get(pane.id))).map(({ id }) => id));
    one.seen = new Map(panes.map((pane) => [pane.id, seenNow(pane, sessions.get(pane), screens.get(pane.id), before.get(pane.id), at)]));
    return before.size !== one.seen.size || [...one.seen].some(([id, seen]) => isNews(seen, before.get(id)));
  }

  function needsScreen(pane: TmuxPane, session: PaneSession | undefined, before: Seen | undefined): boolean {
    if (session?.agent === undefined || isKnownBetter(session.key)) return false;
    return before?.session?.key !== session.key || pane.activity >= before.readAt || pane.title !== before.pane.title;
  }

  function seenNow(pane: TmuxPane, session: PaneSession | undefined, screen: string | undefined, before: Seen | undefined, at: number): Seen {
    const kind = session === undefined ? programOf(rules, pane.command).kind : 'llm';
    const earlier = before?.session?.key === session?.key ? before : undefined;
    const readAt = screen === undefined ? (earlier?.readAt ?? 0) : Math.floor(at / 1000);
    const look = { at, pane, screen, isKnownBetter: session !== undefined && isKnownBetter(session.key) };
    const evidence = session?.agent === undefined ? [] : addLook(rules, session.agent, earlier?.evidence ?? [], look);
    const said = sightingOf(pane, session, evidence);
    const sighting = JSON.stringify(said) === JSON.stringify(earlier?.sighting) ? earlier?.sighting : said;
    return { pane, kind, session, evidence, sighting, readAt };
  }

  function mark({ server, marks, seen }: Watched, stateOf: (key: string) => SessionState | undefined): Promise<void> {
    return marks.set(server, [...seen.values()].map(({ pane, kind, session }) => ({ window: pane.windowId, current: pane.current, emoji: emojiOf(kind, session && stateOf(session.key)) })));
  }

  const refresh = (): Promise<void> => (running ??= read().finally(() => (running = undefined)));
  const all = () => watched.flatMap(({ seen }) => [...seen.values()]);
  return {
    name: 'tmux',
    start: async (its) => {
      host = its;
      await refresh().catch((error: unknown) => options.onError?.(error));
    },
    tick: () => void refresh().catch((error: unknown) => options.onError?.(error)),
    refresh,
    panes: all,
    sightings: () => all().flatMap(({ sighting }) => (sighting === undefined ? [] : [sighting])),
    unmark: async () => {
      await running;
      await Promise.all(watched.map(({ server, marks }) => marks.clear(server)));
    },
    dispose: () => {
      host = undefined;
    },
  };
}

function sightingOf(pane: TmuxPane, session: PaneSession | undefined, evidence: readonly Evidence[]): Sighting | undefined {
  if (session === undefined) return undefined;
  const place = { kind: 'tmux', socket: pane.socket, pane: pane.id, session: pane.session, window: `${pane.windowIndex}:${pane.window}` } as const;
  return { key: session.key, facts: { pid: session.pid, ...(session.agent !== undefined && { agent: session.agent }), cwd: pane.path, place }, evidence };
}

function isNews(now: Seen, before: Seen | undefined): boolean {
  return before === undefined || now.kind !== before.kind || now.sighting !== before.sighting;
}
