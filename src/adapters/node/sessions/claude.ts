import { join } from 'node:path';
import { processKey, isSessionId, type AgentSource, type Sighting, type SourceHost } from '../../../core/sessions/index.ts';
import { ClaudeConversation } from './claude-conversation.ts';
import { ClaudeRegistry, type Registered } from './claude-registry.ts';
import { ClaudeStarting } from './claude-starting.ts';
import { eventFolder } from './event-file.ts';
import type { NamedProcess } from './named-processes.ts';
import { watchFolder, type FolderWatch } from './watch-folder.ts';

export interface ClaudeOptions {
  /** Claude Code's own folder: see `claudeConfigFolder`. */
  readonly configFolder: string;
  /** Wheelhouse's data folder, where hooks leave their events. */
  readonly dataRoot: string;
  readonly now?: () => number;
  /** The clients that run; default those of this machine. */
  readonly processes?: () => readonly NamedProcess[];
}

/** The transcript is written some time after the state has changed: it is looked at again then. */
const AFTERWARDS_MS = [100, 400];
/** Clients that are not in the register yet are looked for every so many ticks. */
const STARTING_TICKS = 2;

/** Claude Code's sessions on this machine, whoever started them: from its register, its transcripts and its hooks. */
export function claudeSource(options: ClaudeOptions): AgentSource {
  const now = options.now ?? Date.now;
  const conversations = new Map<string, ClaudeConversation>();
  const cache = new Map<number, { registered: Registered; sighting: Sighting }>();
  const timers = new Set<NodeJS.Timeout>();
  let host: SourceHost | undefined;
  let watching: FolderWatch | undefined;
  const starting = new ClaudeStarting(options);
  let unregistered: readonly Sighting[] = [];
  let ticks = 0;

  const registry = new ClaudeRegistry(join(options.configFolder, 'sessions'), () => registryChanged(), now);

  const conversationOf = (registered: Registered): ClaudeConversation | undefined => {
    const id = registered.row.facts.sessionId;
    if (id === undefined || !isSessionId(id)) return undefined;
    let conversation = conversations.get(id);
    if (!conversation && !registered.ended) conversations.set(id, (conversation = new ClaudeConversation(id, { ...options, now })));
    return conversation;
  };

  const read = async (pid: number): Promise<boolean> => {
    const registered = registry.list().get(pid);
    const conversation = registered && conversationOf(registered);
    if (!conversation || !(await conversation.read(registered.row.facts.cwd))) return false;
    cache.delete(pid);
    return true;
  };

  const readAll = async (pids: readonly number[]): Promise<void> => {
    const news = await Promise.all(pids.map(read));
    if (news.includes(true)) host?.changed();
  };

  const readSoon = (pids: readonly number[]): void => {
    void readAll(pids);
    for (const ms of AFTERWARDS_MS) {
      const timer = setTimeout(() => {
        timers.delete(timer);
        void readAll(pids);
      }, ms);
      timer.unref();
      timers.add(timer);
    }
  };

  const registryChanged = (): void => {
    if (host === undefined) return;
    host.changed();
    const changed = [...registry.list()].filter(([pid, registered]) => !registered.ended && cache.get(pid)?.registered !== registered).map(([pid]) => pid);
    if (changed.length > 0) readSoon(changed);
    const ids = new Set([...registry.list().values()].map(({ row }) => row.facts.sessionId));
    for (const id of conversations.keys()) if (!ids.has(id)) conversations.delete(id);
    for (const pid of cache.keys()) if (!registry.list().has(pid)) cache.delete(pid);
  };

  const lookForStarting = (): void => {
    const rows = [...registry.list()].filter(([, { ended }]) => !ended).map(([pid]) => pid);
    const found = starting.look(new Set(rows), now());
    if (JSON.stringify(found) === JSON.stringify(unregistered)) return;
    unregistered = found;
    host?.changed();
  };

  const eventsTouched = (name: string | undefined): void => {
    const id = name?.replace(/\.jsonl$/, '');
    const pids = [...registry.list()].filter(([, { row, ended }]) => !ended && (id === undefined || row.facts.sessionId === id)).map(([pid]) => pid);
    if (pids.length > 0) void readAll(pids);
  };

  return {
    name: 'claude',
    async start(to) {
      await registry.start();
      host = to;
      await Promise.all([...registry.list().keys()].map(read));
      watching = watchFolder(eventFolder(options.dataRoot), eventsTouched);
      lookForStarting();
    },
    sightings() {
      const entered = registry.list();
      const registered = [...entered].map(([pid, registered]) => {
        const cached = cache.get(pid);
        if (cached?.registered === registered) return cached.sighting;
        const conversation = conversationOf(registered);
        const sighting: Sighting = {
          key: processKey(pid),
          facts: { ...conversation?.facts, ...registered.row.facts },
          evidence: [...registered.evidence, ...(conversation?.evidence ?? [])],
        };
        cache.set(pid, { registered, sighting });
        return sighting;
      });
      return [...registered, ...unregistered.filter(({ facts }) => entered.get(facts.pid ?? 0)?.ended !== false)];
    },
    tick() {
      registry.tick();
      if (ticks++ % STARTING_TICKS === 0) lookForStarting();
      watching?.ensure();
      const pids = [...registry.list()].filter(([, registered]) => !registered.ended && conversationOf(registered)?.hasNews() === true).map(([pid]) => pid);
      if (pids.length > 0) void readAll(pids);
    },
    dispose() {
      registry.dispose();
      watching?.dispose();
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}
