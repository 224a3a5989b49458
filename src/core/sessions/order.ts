import { sessionStates, type Session } from './model.ts';

/** By need, and among those of one state the longest waiting first; always the same order. */
export function byNeed(a: Session, b: Session): number {
  return sessionStates.indexOf(a.verdict.state) - sessionStates.indexOf(b.verdict.state) || a.verdict.since - b.verdict.since || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
}

/**
 * The next waiting session after `current` in the order of need, wrapping; the first when `current`
 * does not wait itself, and `current` when it is the only one.
 */
export function nextWaiting(sessions: readonly Session[], current?: string): Session | undefined {
  const waiting = sessions.filter(({ verdict }) => verdict.state === 'waiting').sort(byNeed);
  const index = waiting.findIndex(({ key }) => key === current);
  return waiting[(index + 1) % Math.max(waiting.length, 1)];
}

/** Sessions that `word` names: by id, start of an id, process id or name. */
export function findSessions(sessions: readonly Session[], word: string): readonly Session[] {
  const exact = sessions.filter(({ id, key, facts }) => id === word || key === word || String(facts.pid) === word);
  if (exact.length > 0) return exact;
  const named = sessions.filter((session) => nameOf(session) === word);
  return named.length > 0 ? named : word.length < 4 ? [] : sessions.filter(({ id }) => id.startsWith(word));
}

/** What a session is called: its name, else the last part of its folder. */
export function nameOf({ id, facts }: Session): string {
  return facts.name ?? facts.cwd?.split(/[\\/]/).findLast((part) => part !== '') ?? id;
}
