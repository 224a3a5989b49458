import { endOf, missingAt, unknownBarrier } from './barriers.ts';
import { circleThrough } from './circle.ts';
import type { EventOf } from './events.ts';
import { refused, done, type Outcome } from './outcome.ts';
import type { State } from './state.ts';

/** Who is told that it waits in a circle must not wait: nobody in it would ever go on. */
export function startWaiting(state: State, { agent, name, generation, waiter, process }: EventOf<'coordination.waiting'>, at: number): Outcome {
  const barrier = state.barriers.get(name);
  if (barrier === undefined) return unknownBarrier(name);
  const circle = barrier.generation === generation && endOf(barrier, state.time.elapsed) === undefined ? circleThrough(state, agent, missingAt(barrier)) : undefined;
  if (circle !== undefined) {
    return refused('refused', circle.length === 1
      ? `barrier ${JSON.stringify(name)} waits for you: arrive at it first, then wait.`
      : `waiting at barrier ${JSON.stringify(name)} would never end: ${[...circle, circle[0]].join(' waits for ')}. Let one of them arrive first.`);
  }
  state.waiters = [...state.waiters, { id: waiter, agent, barrier: name, generation, process, at }];
  return done;
}
