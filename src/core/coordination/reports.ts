import { circleThrough } from './circle.ts';
import type { EventOf } from './events.ts';
import { sameAgent, type Reported } from './model.ts';
import { done, refused, type Outcome } from './outcome.ts';
import type { State } from './state.ts';

/** What a session says of itself. The fold has made its entry before. */
export function report(state: State, { agent, status, note }: EventOf<'coordination.status'>): Outcome {
  change(state, agent.session, (reported) => ({ ...reported, status, note }));
  return done;
}

export function addBlocker(state: State, { agent, blocker, text, on }: EventOf<'coordination.blocked'>, at: number): Outcome {
  const circle = on === undefined ? undefined : circleThrough(state, agent, [on]);
  if (circle !== undefined) {
    return refused('refused', circle.length === 1 ? 'a session cannot be blocked by itself. Say what blocks it, and by whom.' : `this blocker would never be resolved: ${[...circle, circle[0]].join(' waits for ')}.`);
  }
  change(state, agent.session, (reported) => ({ ...reported, blockers: [...reported.blockers, { id: blocker, text, at, ...(on !== undefined && { on }) }] }));
  return done;
}

/** By the session that is blocked, by the one that it was blocked by, or by the user. */
export function resolveBlocker(state: State, { agent, blocker, force }: EventOf<'coordination.resolved'>): Outcome {
  for (const [session, reported] of state.reported) {
    const found = reported.blockers.find(({ id }) => id === blocker);
    if (found === undefined) continue;
    if (force !== true && !sameAgent(reported.agent, agent) && found.on !== agent.session) return refused('refused', `blocker ${blocker} belongs to ${session}; only that session can resolve it${found.on === undefined ? '' : `, or ${found.on}`}.`);
    change(state, session, ({ blockers, ...rest }) => ({ ...rest, blockers: blockers.filter(({ id }) => id !== blocker) }));
    return done;
  }
  return refused('not-found', `there is no blocker ${JSON.stringify(blocker)}; it may have been resolved already.`);
}

function change(state: State, session: string, work: (reported: Reported) => Reported): void {
  const reported = state.reported.get(session);
  if (reported !== undefined) state.reported.set(session, work(reported));
}
