import type { Reason, Session, SessionState } from '../../../core/sessions/index.ts';

/** A wait that begins again for the same reason within this is the same wait. */
const SAME_WAIT_MS = 10_000;
/** So long sources still find better words for one reason. */
const WORDING_MS = 2_000;

interface Wait {
  readonly reason: string;
  readonly since: number;
  readonly seenAt: number;
  readonly waiting: boolean;
}

/** Remembers who waits for what, and tells each new wait once. */
export class Waits {
  readonly #known = new Map<string, Wait>();

  /** To be asked with every change of a session. @returns Whether a wait begins that was not told of. */
  begins(session: Session, now: number): boolean {
    const { key, verdict } = session;
    const before = this.#known.get(key);
    if (verdict.state !== 'waiting') {
      if (before?.waiting) this.#known.set(key, { ...before, waiting: false, seenAt: now });
      return false;
    }
    const reason = wordsOf(verdict.reason);
    const same = before !== undefined && (before.waiting ? before.reason === reason || now - before.since < WORDING_MS : before.reason === reason && now - before.seenAt < SAME_WAIT_MS);
    this.#known.set(key, { reason, since: same ? before.since : now, seenAt: now, waiting: true });
    return !same;
  }

  forget(key: string): void {
    this.#known.delete(key);
  }
}

function wordsOf(reason: Reason | undefined): string {
  return JSON.stringify([reason?.kind, reason?.detail]);
}

/** What is known about whether to disturb the user. */
export interface Audience {
  readonly state: SessionState;
  readonly unsure: boolean;
  readonly muted: boolean;
  /** Its terminal is the active one of the focused window. */
  readonly watched: boolean;
  readonly enabled: boolean;
}

export function maySay({ state, unsure, muted, watched, enabled }: Audience): boolean {
  return enabled && state === 'waiting' && !unsure && !muted && !watched;
}
