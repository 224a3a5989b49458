import { dirname } from 'node:path';
import { opencodeEvidence, OpencodeLogReader, processKey, type AgentSource, type Evidence, type OpencodeAsk, type OpencodeRun, type OpencodeTurn, type SessionFacts, type Sighting, type SourceHost } from '../../../core/sessions/index.ts';
import { OpencodeDatabase } from './opencode-database.ts';
import { opencodeProcesses, type OpencodeProcess } from './opencode-processes.ts';
import { Tail } from './tail.ts';
import { watchFolder, type FolderWatch } from './watch-folder.ts';

export interface OpencodeOptions {
  /** The user's home folder: clients that were started in another one are somebody else's. */
  readonly home: string;
  readonly now?: () => number;
  readonly processes?: () => readonly OpencodeProcess[];
}

/** Writes come in bursts: they are looked at together. */
const BURST_MS = 100;
/** An ended session is shown for ten minutes. */
const ENDED_SHOWN_MS = 600_000;

interface Shown {
  readonly sighting: Sighting;
  readonly endedAt: number | undefined;
}

/**
 * opencode's sessions: its processes, what its log says they work on and ask for, and how its database
 * has the last turn. Where they are is known from what the processes have open. Only on Linux, where
 * processes can be looked at without starting a program; elsewhere the screens of tmux have to do.
 */
export function opencodeSource(options: OpencodeOptions): AgentSource {
  const { now = Date.now, processes = () => opencodeProcesses(options.home) } = options;
  const logs = new Map<string, { readonly tail: Tail; reader: OpencodeLogReader }>();
  const databases = new Map<string, OpencodeDatabase>();
  const watches = new Map<string, FolderWatch>();
  let shown = new Map<string, Shown>();
  let living: readonly OpencodeProcess[] = [];
  let host: SourceHost | undefined;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | undefined;
  let disposed = false;

  const readLogs = async (): Promise<void> => {
    for (const path of new Set(living.flatMap(({ log }) => log ?? []))) {
      const log = logs.get(path) ?? { tail: new Tail(path), reader: new OpencodeLogReader() };
      logs.set(path, log);
      if (!log.tail.hasNews()) continue;
      const { lines, restarted } = await log.tail.read();
      if (restarted) log.reader = new OpencodeLogReader();
      for (const line of lines) log.reader.add(line);
    }
  };

  const runOf = ({ log, run }: OpencodeProcess): OpencodeRun | undefined => logs.get(log ?? '')?.reader.runs.get(run ?? '');
  const sessionsOf = (process: OpencodeProcess): readonly string[] => {
    const sessions = runOf(process)?.sessions ?? [];
    return sessions.length === 0 && process.session !== undefined ? [process.session] : sessions;
  };

  const databaseAt = (path: string): OpencodeDatabase => {
    const database = databases.get(path) ?? new OpencodeDatabase(path);
    databases.set(path, database);
    return database;
  };

  const look = async (): Promise<void> => {
    await readLogs();
    if (disposed) return;
    const next = new Map<string, Shown>();
    for (const process of living) {
      const path = process.database;
      const turns = path === undefined ? [] : databaseAt(path).read(sessionsOf(process), process.isServer ? 'all' : 'last');
      const before = shown.get(processKey(process.pid));
      if (turns === undefined && before) next.set(processKey(process.pid), before);
      else for (const sighting of sightingsOf(process, turns ?? [], runOf(process)?.asks ?? [])) next.set(sighting.key, { sighting: unchanged(sighting), endedAt: undefined });
    }
    for (const [key, each] of shown) if (!next.has(key) && each.sighting.facts.pid !== undefined) keepEnded(next, key, each);
    const changed = next.size !== shown.size || [...next].some(([key, { sighting }]) => shown.get(key)?.sighting !== sighting);
    shown = next;
    follow();
    if (changed) host?.changed();
  };

  const unchanged = (sighting: Sighting): Sighting => {
    const before = shown.get(sighting.key)?.sighting;
    return before && JSON.stringify(before) === JSON.stringify(sighting) ? before : sighting;
  };

  const keepEnded = (next: Map<string, Shown>, key: string, each: Shown): void => {
    const at = each.endedAt ?? now();
    if (Math.abs(now() - at) > ENDED_SHOWN_MS) return;
    const { sighting } = each;
    const gone: Evidence = { source: 'process', seq: 1, state: 'ended', at, reason: { kind: 'exited' }, says: `${sighting.facts.pid ?? 0} is gone` };
    next.set(key, each.endedAt === undefined ? { endedAt: at, sighting: { ...sighting, evidence: [...sighting.evidence, gone] } } : each);
  };

  /** The folders of the databases and logs. */
  const follow = (): void => {
    const wanted = new Set(living.flatMap(({ database, log }) => [database, log]).filter((path) => path !== undefined).map(dirname));
    for (const folder of wanted) if (!watches.has(folder)) watches.set(folder, watchFolder(folder, lookSoon));
    for (const [folder, watch] of watches) {
      if (wanted.has(folder)) continue;
      watch.dispose();
      watches.delete(folder);
    }
    for (const path of databases.keys()) if (!living.some(({ database }) => database === path)) databases.delete(path);
    for (const path of logs.keys()) if (!living.some(({ log }) => log === path)) logs.delete(path);
  };

  const lookSoon = (): void => {
    if (disposed) return;
    timer ??= setTimeout(() => {
      timer = undefined;
      lookNow();
    }, BURST_MS).unref();
  };
  const lookNow = (): void => {
    if (disposed) return;
    // What comes while it is looked is looked at once more.
    if (looking) lookSoon();
    else looking = look().catch(() => undefined).finally(() => (looking = undefined));
  };

  return {
    name: 'opencode',
    async start(to) {
      host = to;
      living = processes();
      await look();
    },
    sightings: () => [...shown.values()].map(({ sighting }) => sighting),
    tick() {
      living = processes();
      for (const watch of watches.values()) watch.ensure();
      lookNow();
    },
    dispose() {
      disposed = true;
      clearTimeout(timer);
      for (const watch of watches.values()) watch.dispose();
    },
  };
}

/**
 * A client has the one session that it worked on last; a server those of its sessions that do not rest.
 * @param turns Of the sessions that it has worked on, and of their subagents, the last one last.
 */
function sightingsOf(process: OpencodeProcess, turns: readonly OpencodeTurn[], asks: readonly OpencodeAsk[]): readonly Sighting[] {
  // What was left open in an earlier life goes on no more.
  const isOver = ({ end, begun = 0 }: OpencodeTurn) => end === undefined && begun < process.startedAt;
  const evidenceOf = (turn: OpencodeTurn) => (isOver(turn) ? [] : opencodeEvidence(turn, turns.filter(({ parent }) => parent === turn.id), asks));
  const own = turns.filter(({ parent }) => parent === undefined);
  if (process.isServer) return own.filter((turn) => turn.end === undefined && !isOver(turn)).map((turn) => ({ key: `opencode:${turn.id}`, facts: turn.facts, evidence: evidenceOf(turn) }));
  const turn = own.at(-1);
  const facts: SessionFacts = { agent: 'opencode', cwd: process.cwd, ...turn?.facts, pid: process.pid, startedAt: process.startedAt };
  const started: Evidence = { source: 'process', seq: 0, state: 'idle', at: process.startedAt, reason: { kind: 'started' }, says: `${process.pid} runs` };
  return [{ key: processKey(process.pid), facts, evidence: [started, ...(turn ? evidenceOf(turn) : [])] }];
}
