import type { EventOf } from './events.ts';
import { sameAgent, type Agent, type Claim, type ClaimMode } from './model.ts';
import { refused, type Conflict, type Outcome } from './outcome.ts';
import type { State } from './state.ts';
import { covers, overlaps, sameTarget, targetText, type Target } from './targets.ts';

/** Milliseconds until the claim runs out; 0 or less when it has. @param elapsed Now, in journal time. */
export function remainingOf(claim: Claim, elapsed: number): number {
  return claim.renewed + claim.ttl - elapsed;
}

/** What others hold of these, and so stands against claiming them. @param elapsed Now, in journal time. */
export function conflictsWith(claims: readonly Claim[], elapsed: number, agent: Agent, targets: readonly Target[], mode: ClaimMode): Conflict[] {
  const others = claims.filter((claim) => remainingOf(claim, elapsed) > 0 && (mode === 'exclusive' || claim.mode === 'exclusive') && !sameAgent(claim.agent, agent));
  if (others.length === 0) return [];
  return targets.flatMap((target) =>
    others.flatMap((claim) => {
      const held = claim.targets.find((each) => overlaps(each, target));
      return held === undefined ? [] : [{ target, claim, held, remaining: remainingOf(claim, elapsed) }];
    }),
  );
}

export function claim(state: State, event: EventOf<'coordination.claimed'>, fence: number, at: number): Outcome {
  const { agent, targets, mode, key } = event;
  const { elapsed } = state.time;
  const asked = JSON.stringify([targets, mode, event.ttl]);
  const keyed = key === undefined ? undefined : `${agent.session}\n${key}`;
  const before = keyed === undefined ? undefined : state.keys.get(keyed);
  if (before !== undefined) {
    if (before.asked !== asked) return refused('conflict', 'IDEMPOTENCY_KEY_CONFLICT: this idempotency key was used for another claim. Use a new key for a new claim.');
    return { ok: true, fence: before.fence };
  }
  const conflicts = conflictsWith(state.claims, elapsed, agent, targets, mode);
  if (conflicts.length > 0) return { ok: false, conflicts };

  const own = state.claims.filter((claim) => sameAgent(claim.agent, agent));
  const same = own.find((claim) => claim.mode === mode && targets.every((target) => claim.targets.some((held) => covers(held, target))));
  const granted: Claim = same === undefined
    ? { fence, agent, targets, mode, ttl: event.ttl, why: event.why, worktree: event.worktree, at, renewed: elapsed }
    : { ...same, ttl: Math.max(same.ttl, event.ttl), why: event.why || same.why, worktree: event.worktree };
  const isOwn = new Set(own);
  const isGrantedAnew = (held: Target) => same === undefined && targets.some((target) => sameTarget(held, target));
  const isInTheWay = (held: Target) => targets.some((target) => overlaps(held, target));
  const rest = state.claims.flatMap((claim) => {
    if (claim === same) return [];
    if (isOwn.has(claim)) return without(claim, isGrantedAnew);
    // Of others only what has run out can be in the way, or what is shared like this.
    return remainingOf(claim, elapsed) > 0 ? [claim] : without(claim, isInTheWay);
  });
  state.claims = [...rest, granted].sort((a, b) => a.fence - b.fence);
  if (keyed !== undefined) state.keys.set(keyed, { asked, fence: granted.fence, made: elapsed });
  return { ok: true, fence: granted.fence };
}

export function release(state: State, { agent, targets, force, fence }: EventOf<'coordination.released'>): Outcome {
  const mine = (claim: Claim) => (fence === undefined || claim.fence === fence) && (force === true || sameAgent(claim.agent, agent));
  const isInside = (held: Target, target: Target) => (target.kind === 'folder' && covers(target, held)) || (held.kind !== 'glob' && target.path === held.path);
  // Of one claim exactly those are meant that are named; of all, also what lies inside of them.
  const means = (target: Target, held: Target) => sameTarget(held, target) || (fence === undefined && isInside(held, target));
  const isMeant = (held: Target) => targets === undefined || targets.some((target) => means(target, held));
  const givers = state.claims.filter((claim) => mine(claim) && claim.targets.some(isMeant));
  const given = givers.flatMap((claim) => claim.targets.filter(isMeant));
  const other = given.length > 0 || targets === undefined || fence !== undefined ? undefined : state.claims.find((claim) => claim.targets.some(isMeant));
  if (other !== undefined) return refused('refused', `${other.targets.map(targetText).join(', ')} is claimed by ${other.agent.session}, and only that session can release it.`);
  state.claims = state.claims.flatMap((claim) => (mine(claim) ? without(claim, isMeant) : [claim]));
  return { ok: true, targets: given, holders: [...new Set(givers.map((claim) => claim.agent.session))] };
}

/** The claim without some of its targets; nothing when none is left. */
function without(claim: Claim, gone: (held: Target) => boolean): Claim[] {
  const targets = claim.targets.filter((held) => !gone(held));
  return targets.length === claim.targets.length ? [claim] : targets.length === 0 ? [] : [{ ...claim, targets }];
}
