import { reasonText } from './describe.ts';
import type { BackgroundTask, Place, Session, SessionState } from './model.ts';
import { nameOf } from './order.ts';

/** A session as other programs see it. Fields may be added, never renamed. */
export interface SessionJson {
  id: string;
  agent: string;
  pid: number | null;
  name: string;
  cwd: string | null;
  state: SessionState;
  /** `approve Bash: rm -rf build`; empty when there is nothing to say. */
  reason: string;
  reasonKind: string | null;
  /** When the state began, ISO 8601. */
  since: string;
  /** The sources flap or contradict each other. */
  unsure: boolean;
  /** How many tasks run behind the conversation. */
  background: number;
  backgroundTasks: readonly BackgroundTask[];
  lastPrompt: string | null;
  claims: string[];
  waitingOn: string[];
  title: string | null;
  branch: string | null;
  model: string | null;
  kind: string | null;
  startedFrom: string | null;
  startedAt: string | null;
  contextTokens: number | null;
  transcript: string | null;
  place: Place | null;
}

/** @param holdings What it holds in its repository, where that was asked for. */
export function toJson(session: Session, holdings: Pick<SessionJson, 'claims' | 'waitingOn'> = { claims: [], waitingOn: [] }): SessionJson {
  const { facts, verdict } = session;
  return {
    id: session.id,
    agent: session.agent,
    pid: facts.pid ?? null,
    name: nameOf(session),
    cwd: facts.cwd ?? null,
    state: verdict.state,
    reason: reasonText(verdict.reason),
    reasonKind: verdict.reason?.kind ?? null,
    since: isoTime(verdict.since),
    unsure: verdict.unsure,
    background: verdict.background.length,
    backgroundTasks: verdict.background,
    lastPrompt: facts.lastPrompt ?? null,
    claims: holdings.claims,
    waitingOn: holdings.waitingOn,
    title: facts.title ?? null,
    branch: facts.branch ?? null,
    model: facts.model ?? null,
    kind: facts.kind ?? null,
    startedFrom: facts.entrypoint ?? null,
    startedAt: facts.startedAt === undefined ? null : isoTime(facts.startedAt),
    contextTokens: facts.usage?.contextTokens ?? null,
    transcript: facts.transcript ?? null,
    place: facts.place ?? null,
  };
}

/** Times come from files: one that no calendar has becomes the epoch. */
export function isoTime(at: number): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? new Date(0).toISOString() : date.toISOString();
}
