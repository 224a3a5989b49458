import type { Disposable } from '../../../core/base/disposable.ts';
import { Emitter } from '../../../core/base/emitter.ts';
import { byNeed, reduce, type AgentSource, type Session, type SessionFacts, type SessionState, type Sighting, type Verdict } from '../../../core/sessions/index.ts';

export interface MonitorOptions {
  /** The first has the first word on facts, and is started first. */
  readonly sources: readonly AgentSource[];
  readonly now?: () => number;
  /** Told what goes wrong in a listener or a source. */
  readonly onError?: (error: unknown) => void;
}

export interface SessionChange {
  /** As it is now; when `gone`, as it was last. */
  readonly session: Session;
  /** The state before; undefined for a session that was not there. */
  readonly from: SessionState | undefined;
  /** It is no longer listed. */
  readonly gone: boolean;
}

/** All coding sessions of the machine, as they are now. */
export interface SessionsMonitor extends Disposable {
  /** Resolved once `list` has what can be seen now. */
  start(): Promise<void>;
  /** By need, then age. */
  list(): readonly Session[];
  /** Called with all that changed at one time: a state, a reason, a fact. Not for what was there at the start. */
  readonly onDidChange: (listener: (changes: readonly SessionChange[]) => void) => Disposable;
}

const TICK_MS = 1000;
/** Verdicts that are to settle are looked at again at least so often, for the clock may be set back meanwhile. */
const LONGEST_WAIT_MS = 5000;

interface Kept {
  /** When it was judged. */
  readonly at: number;
  readonly sightings: readonly Sighting[];
  readonly session: Session;
  /** What listeners can see of it, for telling a change. */
  readonly signature: string;
}

/** Joins what the sources see, and keeps the verdicts up to date with evidence and time. */
export function createSessionsMonitor({ sources, now = Date.now, onError }: MonitorOptions): SessionsMonitor {
  const changed = new Emitter<readonly SessionChange[]>(onError);
  let kept = new Map<string, Kept>();
  let started = false;
  let disposed = false;
  let soon: NodeJS.Immediate | undefined;
  let settling: NodeJS.Timeout | undefined;
  let ticking: NodeJS.Timeout | undefined;

  const guarded = <T>(work: () => T, otherwise: T): T => {
    try {
      return work();
    } catch (error) {
      onError?.(error);
      return otherwise;
    }
  };

  const update = (): void => {
    soon = undefined;
    if (disposed) return;
    const at = now();
    const before = kept;
    kept = new Map([...sightingsByKey(sources.map((source) => guarded(() => source.sightings(), [])))].map(([key, sightings]) => [key, judge(key, sightings, before.get(key), at)]));
    scheduleSettling(at);
    if (!started) return;
    const changes = [...kept]
      .filter(([key, { signature }]) => before.get(key)?.signature !== signature)
      .map(([key, { session }]): SessionChange => ({ session, from: before.get(key)?.session.verdict.state, gone: false }));
    for (const [key, { session }] of before) if (!kept.has(key)) changes.push({ session, from: session.verdict.state, gone: true });
    if (changes.length > 0) changed.fire(changes);
  };

  const scheduleSettling = (at: number): void => {
    clearTimeout(settling);
    const times = [...kept.values()].map(({ session }) => session.verdict.settlesAt).filter((time) => time !== undefined);
    if (times.length === 0) return;
    settling = setTimeout(update, Math.min(LONGEST_WAIT_MS, Math.max(1, Math.min(...times) - at)));
    settling.unref();
  };

  const host = {
    changed: () => {
      if (!disposed) soon ??= setImmediate(update);
    },
    known: () => [...kept].map(([key, { session }]) => ({ key, pid: session.facts.pid })),
  };

  return {
    async start() {
      // One after the other: a source may look for the sessions of those before it.
      for (const source of sources) {
        await source.start(host).catch((error: unknown) => onError?.(error));
        update();
      }
      started = true;
      ticking = setInterval(() => {
        for (const source of sources) guarded(() => source.tick?.(), undefined);
      }, TICK_MS);
      ticking.unref();
    },
    list: () => [...kept.values()].map(({ session }) => session).sort(byNeed),
    onDidChange: changed.event,
    dispose() {
      disposed = true;
      clearInterval(ticking);
      clearTimeout(settling);
      clearImmediate(soon);
      for (const source of sources) guarded(() => source.dispose(), undefined);
    },
  };
}

/** Sightings of one process are one session. Of one conversation in two processes, the dead one is over and done with. */
function sightingsByKey(all: readonly (readonly Sighting[])[]): ReadonlyMap<string, readonly Sighting[]> {
  const byKey = new Map<string, Sighting[]>();
  for (const sighting of all.flat()) {
    const known = byKey.get(sighting.key);
    if (known) known.push(sighting);
    else byKey.set(sighting.key, [sighting]);
  }
  const hasEnded = (sightings: readonly Sighting[]) => sightings.some(({ evidence }) => evidence.findLast(({ source }) => source === 'process')?.state === 'ended');
  const idOf = (sightings: readonly Sighting[]) => sightings.find(({ facts }) => facts.sessionId !== undefined)?.facts.sessionId;
  const living = new Set([...byKey.values()].filter((sightings) => !hasEnded(sightings)).map(idOf));
  for (const [key, sightings] of byKey) {
    const id = idOf(sightings);
    if (id !== undefined && living.has(id) && hasEnded(sightings)) byKey.delete(key);
  }
  return byKey;
}

function judge(key: string, sightings: readonly Sighting[], before: Kept | undefined, now: number): Kept {
  const settled = before?.session.verdict.settlesAt;
  const same = before?.sightings.length === sightings.length && before.sightings.every((each, index) => each === sightings[index]);
  if (before && same && (settled === undefined || (now < settled && now >= before.at))) return before;
  const facts: SessionFacts = Object.assign({}, ...[...sightings].reverse().map((sighting) => sighting.facts)) as SessionFacts;
  const verdict = reduce(sightings.flatMap(({ evidence }) => evidence), now);
  const session: Session = { key, id: facts.sessionId ?? key, agent: facts.agent ?? 'unknown', facts, verdict };
  return { at: now, sightings, session, signature: signatureOf(facts, verdict) };
}

function signatureOf(facts: SessionFacts, { state, reason, since, unsure, background }: Verdict): string {
  return JSON.stringify([facts, state, reason, since, unsure, background]);
}
