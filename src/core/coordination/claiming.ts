/** The verbs on claims. */
import { WheelhouseError } from '../base/errors.ts';
import { plainLine } from '../base/plain.ts';
import { conflictsWith } from './claims.ts';
import type { CoordinationContext } from './context.ts';
import { deathsAmong } from './liveness.ts';
import { limits, sameAgent, sameProcess, type AgentProcess, type Claim, type ClaimMode } from './model.ts';
import type { Conflict, Outcome } from './outcome.ts';
import { parseTargets } from './parseTargets.ts';
import { covers, targetText, type Target } from './targets.ts';
import { refusalToRecord } from './refusals.ts';
import { conflictsText } from './wording.ts';

export interface ClaimRequest {
  /** Files, folders and globs, relative to the context's folder or absolute. */
  readonly paths: readonly string[];
  readonly mode?: ClaimMode;
  /** Seconds that it lasts after the last activity; default 900. */
  readonly ttlSeconds?: number;
  readonly why?: string;
  /** The same key with the same claim gives the same answer; with another, an error. */
  readonly key?: string;
}

export interface Granted {
  readonly fence: number;
  readonly targets: readonly Target[];
  readonly mode: ClaimMode;
  readonly worktree: string;
  /** Milliseconds since the epoch, unless the holder does something before. */
  readonly expiresAt: number;
}

/**
 * Claims all of the paths, or none. What the holder has already keeps its fence.
 * @throws WheelhouseError `refused` naming the holder, its reason and the remaining time, with all
 *   conflicts as `details`; `conflict` for a key that was used otherwise; `invalid-input`.
 */
export async function claimPaths(context: CoordinationContext, request: ClaimRequest): Promise<Granted> {
  const { ledger, agent, actor } = context;
  const { mode = 'exclusive', ttlSeconds = limits.defaultTtlSeconds, key } = request;
  const why = shortText('reason', request.why ?? '');
  if (!Number.isFinite(ttlSeconds) || ttlSeconds < 1 || ttlSeconds > limits.maxTtlSeconds) throw new WheelhouseError('invalid-input', `the time to live is a number of seconds from 1 to ${limits.maxTtlSeconds}, not ${ttlSeconds}.`);
  if (key !== undefined && (key === '' || key.length > limits.name)) throw new WheelhouseError('invalid-input', `an idempotency key has 1 to ${limits.name} characters.`);
  const { targets, worktree } = await parseTargets(context, request.paths);

  await ledger.refresh();
  const seen = conflictsWith(ledger.state.claims, ledger.elapsed, agent, targets, mode);
  const deaths = await deathsAmong(context, seen.map(({ claim }) => claim.agent.process));
  const dead = deaths.flatMap((event) => (event.type === 'coordination.ended' ? event.processes : []));
  const isDead = (process: AgentProcess | undefined) => process !== undefined && dead.some((each) => sameProcess(each, process));
  const living = seen.filter(({ claim }) => !isDead(claim.agent.process));
  // What is plainly taken needs no claim in the journal, only now and then a word that it was wanted.
  if (living.length > 0) {
    const word = refusalToRecord(ledger, agent, living, 'claim');
    if (word.length > 0) await ledger.append(actor, word).catch(() => undefined);
    throw refusedFor(living, worktree);
  }
  const outcomes = await ledger.append(actor, [...deaths, { type: 'coordination.claimed', agent, targets, mode, ttl: ttlSeconds * 1000, why, worktree, ...(key !== undefined && { key }) }]);
  const outcome = succeeded(outcomes.at(-1), worktree);
  return { fence: outcome.fence ?? 0, targets, mode, worktree, expiresAt: ledger.now() + ttlSeconds * 1000 };
}

/**
 * Gives back paths of one's own, or everything.
 * @param force Whoever holds them; for people only.
 * @returns What was given back. @throws WheelhouseError `refused` for what is another's, `not-found` for what nobody holds.
 */
export async function releasePaths(context: CoordinationContext, paths: readonly string[] | 'all', force = false): Promise<readonly Target[]> {
  const { ledger, agent, actor, isUser } = context;
  if (force && !isUser) throw new WheelhouseError('refused', 'only the user can break the claims of others. Ask the user, or wait until they run out.');
  if (force && paths === 'all') throw new WheelhouseError('usage', 'name the paths whose claims are to be broken: --force does not go with --all.');
  const targets = paths === 'all' ? undefined : (await parseTargets(context, paths)).targets;
  const [outcome] = await ledger.append(actor, [{ type: 'coordination.released', agent, ...(targets && { targets }), ...(force && { force }) }]);
  const given = succeeded(outcome, undefined).targets ?? [];
  if (given.length === 0 && targets !== undefined) throw new WheelhouseError('not-found', `${targets.map(targetText).join(', ')}: nobody holds that. See "wheelhouse coord status".`);
  return given;
}

/**
 * Takes one claim, or some paths of it, from whoever holds it. For people only; the journal says that the user did it.
 * @param paths As `targetText` gives them; left out: all of it.
 * @throws WheelhouseError `refused` for who is no person, `not-found` when that is not held any more.
 */
export async function breakClaim({ ledger, agent, actor, isUser }: CoordinationContext, fence: number, paths?: readonly string[]): Promise<readonly Target[]> {
  if (!isUser) throw new WheelhouseError('refused', 'only the user can break the claims of others. Ask the user, or wait until they run out.');
  await ledger.refresh();
  const targets = ledger.state.claims.find((claim) => claim.fence === fence)?.targets.filter((target) => paths === undefined || paths.includes(targetText(target))) ?? [];
  const outcomes = targets.length === 0 ? [] : await ledger.append(actor, [{ type: 'coordination.released', agent, targets, force: true, fence }]);
  const given = outcomes.length === 0 ? [] : (succeeded(outcomes[0], undefined).targets ?? []);
  if (given.length === 0) throw new WheelhouseError('not-found', 'that claim is not there any more.');
  return given;
}

/** What others hold of these paths; the dead hold nothing. Nothing is written. */
export async function checkPaths(context: CoordinationContext, paths: readonly string[]): Promise<{ targets: readonly Target[]; conflicts: readonly Conflict[]; own: readonly Claim[]; worktree: string }> {
  const { targets, worktree } = await parseTargets(context, paths);
  const conflicts = await checkTargets(context, targets);
  const { ledger, agent } = context;
  const own = ledger.state.claims.filter((claim) => sameAgent(claim.agent, agent) && targets.some((target) => claim.targets.some((held) => covers(held, target))));
  return { targets, conflicts, own, worktree };
}

/** As `checkPaths`, for targets that are known. */
export async function checkTargets({ ledger, agent, isAlive }: CoordinationContext, targets: readonly Target[]): Promise<readonly Conflict[]> {
  await ledger.refresh();
  const conflicts: Conflict[] = [];
  for (const conflict of conflictsWith(ledger.state.claims, ledger.elapsed, agent, targets, 'exclusive')) {
    const { process } = conflict.claim.agent;
    if (process === undefined || (await isAlive(process)) !== false) conflicts.push(conflict);
  }
  return conflicts;
}

/** @throws WheelhouseError what the outcome says, unless it is good. */
export function succeeded(outcome: Outcome | undefined, worktree: string | undefined): Extract<Outcome, { ok: true }> {
  if (outcome === undefined) throw new WheelhouseError('conflict', 'Nothing is known of what became of it. Look how things are, and try again.');
  if (outcome.ok) return outcome;
  if ('conflicts' in outcome) throw refusedFor(outcome.conflicts, worktree);
  throw new WheelhouseError(outcome.code, plainLine(outcome.message));
}

function refusedFor(conflicts: readonly Conflict[], worktree: string | undefined): WheelhouseError {
  return new WheelhouseError('refused', plainLine(conflictsText(conflicts, worktree)));
}

/** A line of text from an agent, cut to what is shown. @throws WheelhouseError `invalid-input` when it is far too long. */
export function shortText(what: string, text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length > limits.text) throw new WheelhouseError('invalid-input', `the ${what} has ${line.length} characters; at most ${limits.text} are kept. Say it shorter.`);
  return line;
}
