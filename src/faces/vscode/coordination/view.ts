/** What the page shows, from what stands in the repository and who is seen on this machine. */
import type { ClaimJson, CoordinationJson } from '../../../core/coordination/index.ts';
import type { CoordinationView, HeldPath, RepositoryStand, SessionStand, WaitEdge } from '../../../protocol/coordination.ts';

/** Who is seen on this machine, by session id. */
export type SeenSessions = ReadonlyMap<string, { readonly name: string; readonly state: string }>;

type Standing = Pick<CoordinationView, 'names' | 'seen' | 'sessions' | 'waits' | 'barriers' | 'blockers' | 'conflicts'>;

/** Barriers that are over stay to be read for a while; the latest are enough. */
const MOST_OVER = 5;
const MOST_CONFLICTS = 20;
/** What is older is over, and does not call anybody to a repository. */
const RECENT_MS = 3_600_000;

/** What in a repository a person may have to do something about. @param now Milliseconds since the epoch. */
export function needsOf({ barriers, sessions, conflicts }: CoordinationJson, now: number): Pick<RepositoryStand, 'waiting' | 'conflicts'> {
  const atBarriers = barriers.filter(({ state }) => state === 'waiting').flatMap(({ waiters }) => waiters.map(({ session }) => session));
  const waiting = new Set([...atBarriers, ...waitsOf({ barriers, sessions }).map(({ from }) => from)]);
  return { waiting: waiting.size, conflicts: conflicts.filter(({ at }) => now - Date.parse(at) < RECENT_MS).length };
}

export function standingOf({ claims, barriers, sessions, conflicts }: CoordinationJson, seen: SeenSessions): Standing {
  const waits = waitsOf({ barriers, sessions });
  const isSaying = (id: string) => sessions.some(({ session, status, note, ended }) => session === id && !ended && (status !== null || note !== ''));
  const ids = [...new Set([...claims.map(({ session }) => session), ...sessions.map(({ session }) => session).filter(isSaying)])];
  const isSession = (id: string) => sessions.some(({ session }) => session === id);
  const over = barriers.filter(({ state }) => state !== 'waiting').slice(-MOST_OVER).reverse();
  // A barrier that any session may open is awaited by its own name.
  const inWaits = waits.flatMap(({ from, to, kind, because }) => (kind === 'barrier' && to === because && !isSession(to) ? [from] : [from, to]));
  const atBarriers = barriers.flatMap(({ required, arrived, waiters }) => [...required, ...arrived, ...waiters.map(({ session }) => session)]);
  const inConflicts = conflicts.flatMap(({ session, holder }) => [session, holder]);
  const mentioned = [...new Set([...ids, ...inWaits, ...atBarriers, ...sessions.map(({ session }) => session), ...inConflicts])];
  // The journal knows sessions by their ids only, and so says which has died.
  const named = (text: string) => mentioned.filter(isUuid).reduce((said, id) => said.replaceAll(id, nameOf(id, seen)), text);
  return {
    names: Object.fromEntries(mentioned.map((id) => [id, nameOf(id, seen)])),
    seen: mentioned.filter((id) => seen.has(id)),
    sessions: ids.map((id): SessionStand => {
      const said = sessions.find(({ session }) => session === id);
      const paths = claims.filter(({ session }) => session === id).flatMap(heldPaths);
      return { id, name: nameOf(id, seen), seen: seen.get(id)?.state ?? '', status: said?.status ?? null, note: said?.note ?? '', paths };
    }),
    waits,
    barriers: [...barriers.filter(({ state }) => state === 'waiting'), ...over].map(({ name, state, reason: why, count, required, arrived, missing, deadline, waiters }) => ({ name, state, reason: named(why), count, required, arrived, missing, deadline: Date.parse(deadline), waiters: waiters.map(({ session, since }) => ({ session, since: Date.parse(since) })) })),
    blockers: sessions.flatMap(({ session, blockers }) => blockers.map(({ id, text, on, since }) => ({ id, session, text, on, since: Date.parse(since) }))),
    conflicts: conflicts.slice(0, MOST_CONFLICTS).map(({ at, ...conflict }) => ({ ...conflict, at: Date.parse(at) })),
  };
}

function heldPaths({ paths, fence, mode, since, expiresAt, why, worktree }: ClaimJson): HeldPath[] {
  const shared = { fence, mode: mode === 'shared' ? 'shared' : 'exclusive', since: Date.parse(since), until: Date.parse(expiresAt), why, worktree: lastPart(worktree) } as const;
  return paths.map((path) => ({ path, ...shared }));
}

/** Who waits at a barrier waits for those that are missing there; who is blocked, for whom the blocker names. */
function waitsOf({ barriers, sessions }: Pick<CoordinationJson, 'barriers' | 'sessions'>): WaitEdge[] {
  const atBarriers = barriers.filter(({ state }) => state === 'waiting').flatMap(({ name, required, missing, waiters }) => {
    const awaited = required.length === 0 ? [name] : missing;
    return [...new Set(waiters.map(({ session }) => session))].flatMap((from) => awaited.filter((to) => to !== from).map((to): WaitEdge => ({ from, to, kind: 'barrier', because: name })));
  });
  const blocked = sessions.flatMap(({ session, blockers }) => blockers.flatMap(({ on, text }): WaitEdge[] => (on === null ? [] : [{ from: session, to: on, kind: 'blocker', because: text }])));
  return [...atBarriers, ...blocked];
}

function nameOf(id: string, seen: SeenSessions): string {
  const known = seen.get(id)?.name;
  if (known !== undefined) return known;
  // The first part of a UUID tells it from the few others here.
  return id === 'user' ? 'you' : isUuid(id) ? id.slice(0, 8) : id;
}

function isUuid(id: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f-]{27}$/i.test(id);
}

function lastPart(path: string): string {
  return path.split(/[\\/]/).findLast((part) => part !== '') ?? path;
}
