/** Sessions that do not step on each other: who holds which files, and who waits for whom. */
export { endOf, endOfGeneration, missingAt, missingText } from './barriers.ts';
export type { StateCache } from './cache.ts';
export { checkPaths, claimPaths, releasePaths, succeeded, type ClaimRequest, type Granted } from './claiming.ts';
export { conflictsWith, remainingOf } from './claims.ts';
export type { CoordinationContext } from './context.ts';
export type { CoordinationEvent } from './events.ts';
export type { Feed, FeedItem } from './feed.ts';
export { addBarrier, addBlocker, arriveAt, checkName, resolveBlocker, setStatus, theBarrier, type BarrierRequest } from './gathering.ts';
export { barrierJson, claimJson, coordinationJson, holdingsOf, iso, reportJson, type BarrierJson, type ClaimJson, type CoordinationJson, type ReportJson } from './json.ts';
export { Ledger, type LedgerOptions } from './ledger.ts';
export { deathsAmong, refreshWithDeaths } from './liveness.ts';
export { limits, sameAgent, sessionStatuses, type Agent, type AgentProcess, type Barrier, type Claim, type ClaimMode, type SessionStatus } from './model.ts';
export type { Conflict, Outcome } from './outcome.ts';
export { parseTargets } from './parseTargets.ts';
export { renewIfDue } from './renewing.ts';
export { apply, emptyState, type State } from './state.ts';
export { overlaps, targetText, type Target } from './targets.ts';
export { conflictText, duration, editRefusal, who } from './wording.ts';
