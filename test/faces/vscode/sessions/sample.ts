// Sessions as the core would give them, for tests of what is shown of them.

import { reduce, type Evidence, type Session, type SessionFacts } from '../../../../src/core/sessions/index.ts';

/** Noon, local time. */
export const NOW = new Date(2026, 10, 25, 12, 0).getTime();
export const minutesAgo = (minutes: number) => NOW - minutes * 60_000;

export function session(pid: number, state: Evidence['state'], minutes: number, more: { readonly facts?: SessionFacts; readonly evidence?: Partial<Evidence> } = {}): Session {
  const at = minutesAgo(minutes);
  const evidence: Evidence[] = [{ source: 'registry', state, at, seq: 1, says: `status ${state}`, ...more.evidence }];
  const facts: SessionFacts = { pid, agent: 'claude', name: `s${pid}`, sessionId: `id-${pid}`, cwd: '/work/one', ...more.facts };
  return { key: `process:${pid}`, id: facts.sessionId ?? `process:${pid}`, agent: 'claude', facts, verdict: reduce(evidence, NOW) };
}
