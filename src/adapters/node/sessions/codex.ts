import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { processKey, readCodexThread, RolloutReader, type AgentSource, type CodexThread, type Evidence, type SessionFacts, type Sighting, type SourceHost } from '../../../core/sessions/index.ts';
import { codexProcesses, type CodexProcess } from './codex-processes.ts';
import { connectCodexServer, type CodexServer } from './codex-server.ts';
import { assignThreads } from './codex-threads.ts';
import { Tail } from './tail.ts';
import { watchFolder, type FolderWatch } from './watch-folder.ts';

export interface CodexOptions {
  /** See `codexHome`. */
  readonly home: string;
  readonly now?: () => number;
  readonly processes?: () => readonly CodexProcess[];
}

/** A rollout is written just before the state changes, and again after it: the server is asked then. */
const AFTERWARDS_MS = [30, 250];
const KEPT_CHANGES = 8;
/** An ended session is shown for ten minutes. */
const ENDED_SHOWN_MS = 600_000;
/** A server that refuses is asked again after so many ticks. */
const RETRY_TICKS = 10;
const MOST_THREADS = 100;

/** What is known of one session, by its key. */
interface Known {
  readonly process: CodexProcess | undefined;
  readonly thread: CodexThread | undefined;
  /** What the process and the server said, oldest first. */
  readonly said: readonly Evidence[];
  readonly endedAt: number | undefined;
}

/**
 * Codex's sessions: its processes, what its app server says of their threads, and the threads'
 * rollouts. Only on Linux, where processes can be looked at without starting a program; elsewhere the
 * screens of tmux have to do.
 */
export function codexSource(options: CodexOptions): AgentSource {
  const { home, now = Date.now, processes = () => codexProcesses(home) } = options;
  const socket = join(home, 'app-server-control', 'app-server-control.sock');
  const rollouts = new Map<string, { readonly tail: Tail; reader: RolloutReader }>();
  const timers = new Set<NodeJS.Timeout>();
  let known = new Map<string, Known>();
  let host: SourceHost | undefined;
  let server: CodexServer | undefined;
  let connecting = false;
  let retryIn = 0;
  let looking: Promise<void> | undefined;
  let lookAgain = false;
  let watched: { readonly folder: string; readonly watch: FolderWatch } | undefined;
  let seq = 0;
  let disposed = false;
  const isDisposed = () => disposed;

  const connect = async (): Promise<void> => {
    if (server?.isOpen || connecting || disposed || retryIn-- > 0 || !existsSync(socket)) return;
    connecting = true;
    try {
      const opened = await connectCodexServer(socket);
      if (isDisposed()) opened.dispose();
      else server = opened;
    } catch {
      // An older Codex, or one that is just ending: its rollouts tell as much as they can.
      retryIn = RETRY_TICKS;
    } finally {
      connecting = false;
    }
  };

  const loadedThreads = async (): Promise<readonly CodexThread[]> => {
    const open = server;
    if (!open?.isOpen) return [];
    try {
      const { data } = (await open.call('thread/loaded/list', {})) as { data?: unknown };
      const ids = (Array.isArray(data) ? data : []).filter((id) => typeof id === 'string').slice(0, MOST_THREADS);
      const read = await Promise.all(ids.map((threadId) => open.call('thread/read', { threadId }).then((result) => readCodexThread((result as { thread?: unknown } | null)?.thread), () => undefined)));
      return read.filter((thread) => thread !== undefined);
    } catch {
      return [];
    }
  };

  const say = (said: readonly Evidence[], evidence: Omit<Evidence, 'seq'>): readonly Evidence[] => [...said, { seq: seq++, ...evidence }];

  const learn = (key: string, process: CodexProcess | undefined, thread: CodexThread | undefined): Known => {
    const before = known.get(key);
    // What a server said that has gone is not true for ever: the rollout tells from there on.
    let said: readonly Evidence[] = (before?.said ?? []).filter(({ source }) => source !== 'registry' || server?.isOpen === true);
    if (process && said.length === 0) said = say(said, { source: 'process', state: 'idle', at: process.startedAt, reason: { kind: 'started' }, says: `${process.pid} runs` });
    const opinion = thread?.opinion;
    const last = said.findLast(({ source }) => source === 'registry');
    // The server does not say since when. What it says of another thread is news in any case.
    if (thread && opinion && (last?.says !== opinion.says || before?.thread?.id !== thread.id)) {
      said = say(said, { source: 'registry', at: last === undefined ? Math.max(thread.usedAt, process?.startedAt ?? 0) : now(), ...opinion });
      const own = said.filter(({ source }) => source === 'registry').slice(-KEPT_CHANGES);
      said = [...said.filter(({ source }) => source !== 'registry'), ...own];
    }
    return { process, thread: thread ?? before?.thread, said, endedAt: undefined };
  };

  const look = async (): Promise<void> => {
    const living = existsSync(home) ? processes() : [];
    if (living.length > 0 || server?.isOpen) await connect();
    const threads = await loadedThreads();
    if (disposed) return;
    const { ofProcess, others } = assignThreads(living, threads);
    const next = new Map<string, Known>();
    for (const process of living) next.set(processKey(process.pid), learn(processKey(process.pid), process, ofProcess.get(process.pid)));
    // What nobody looks at is of interest only while it works or waits.
    for (const thread of others) if (thread.opinion?.state === 'working' || thread.opinion?.state === 'waiting') next.set(`codex:${thread.id}`, learn(`codex:${thread.id}`, undefined, thread));
    for (const [key, each] of known) if (!next.has(key) && each.process) keepEnded(next, key, each);
    known = next;
    await readRollouts();
    follow();
    host?.changed();
  };

  const keepEnded = (next: Map<string, Known>, key: string, { process, thread, said, endedAt }: Known): void => {
    const at = endedAt ?? now();
    if (Math.abs(now() - at) > ENDED_SHOWN_MS) return;
    next.set(key, { process, thread, endedAt: at, said: endedAt === undefined ? say(said, { source: 'process', state: 'ended', at, reason: { kind: 'exited' }, says: `${process?.pid ?? 0} is gone` }) : said });
  };

  const rolloutOf = ({ process, thread }: Known): string | undefined => process?.rollouts.at(-1) ?? thread?.rollout;

  const readRollouts = async (): Promise<void> => {
    const wanted = new Set([...known.values()].filter(({ endedAt }) => endedAt === undefined).map(rolloutOf).filter((path) => path !== undefined));
    for (const path of wanted) if (!rollouts.has(path)) rollouts.set(path, { tail: new Tail(path), reader: new RolloutReader() });
    const kept = new Set([...known.values()].map(rolloutOf));
    for (const [path, rollout] of rollouts) {
      if (!kept.has(path)) rollouts.delete(path);
      else if (rollout.tail.hasNews()) {
        const { lines, restarted } = await rollout.tail.read();
        if (restarted) rollout.reader = new RolloutReader();
        for (const line of lines) rollout.reader.add(line);
      }
    }
  };

  /** Looks once more when it is looked already. */
  const lookSoon = (): void => {
    if (disposed) return;
    if (looking) {
      lookAgain = true;
      return;
    }
    looking = look()
      .catch(() => undefined)
      .finally(() => {
        looking = undefined;
        if (!lookAgain) return;
        lookAgain = false;
        lookSoon();
      });
  };

  /** The folder of the day in which the newest rollout lies; threads are begun and go on there. */
  const follow = (): void => {
    const newest = [...rollouts.keys()].sort().at(-1);
    const folder = newest === undefined ? undefined : dirname(newest);
    if (folder === watched?.folder) return;
    watched?.watch.dispose();
    watched = folder === undefined ? undefined : { folder, watch: watchFolder(folder, touched) };
  };
  const touched = (): void => {
    for (const ms of AFTERWARDS_MS) {
      const timer = setTimeout(() => {
        timers.delete(timer);
        lookSoon();
      }, ms);
      timer.unref();
      timers.add(timer);
    }
  };

  return {
    name: 'codex',
    async start(to) {
      host = to;
      await look();
    },
    sightings: () =>
      [...known].map(([key, each]): Sighting => {
        const rollout = rollouts.get(rolloutOf(each) ?? '')?.reader;
        const facts: SessionFacts = { agent: 'codex', ...rollout?.facts, ...each.thread?.facts, ...(each.process && { pid: each.process.pid, cwd: each.thread?.facts.cwd ?? each.process.cwd, startedAt: each.process.startedAt }) };
        return { key, facts, evidence: [...each.said, ...(rollout?.evidence ?? [])] };
      }),
    tick() {
      watched?.watch.ensure();
      lookSoon();
    },
    dispose() {
      disposed = true;
      server?.dispose();
      watched?.watch.dispose();
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}
