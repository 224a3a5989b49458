/**
 * From evidence to verdict. A pure function of what was said and the time, so that every window and
 * every process that saw the same comes to the same verdict, in whatever order it arrived.
 */
import { evidenceSources, type BackgroundTask, type Evidence, type EvidenceSource, type Reason, type Verdict } from './model.ts';
import { inOrder, isYounger, opinionOf, when, type Opinion } from './opinion.ts';

/** A source that falls from working to idle may be at work again at once: it is believed after this, or when another confirms it. */
export const HOLD_MS = 1500;
const NEVER = -1;
/** How long hooks and transcript may be ahead of the register. */
const AHEAD_MS = 2000;
/** So many changes of the title or screen in so many milliseconds, and neither can be relied on. */
const FLAPPING_CHANGES = 4;
const FLAPPING_MS = 10_000;
/** A source that does not push may contradict a better one that has been silent; it must do so for this long. */
const CONTRADICTION_MS = 3000;

interface Situation {
  readonly now: number;
  readonly sources: ReadonlyMap<EvidenceSource, readonly Evidence[]>;
  readonly opinions: ReadonlyMap<EvidenceSource, Opinion>;
  readonly background: readonly BackgroundTask[];
  /** When the user last looked at it. */
  readonly looked: number;
}

/** What is concluded, before it is dressed as a verdict. */
type Conclusion = Pick<Verdict, 'state' | 'reason'> & {
  readonly since: number;
  readonly because: readonly Evidence[];
  readonly unsure?: boolean;
  readonly settlesAt?: number | undefined;
};

/** @param evidence Of one session, in any order. */
export function reduce(evidence: readonly Evidence[], now: number): Verdict {
  const situation = examine(evidence, now);
  const conclusion = hold(situation, conclude(situation));
  const flapping = flappingUntil(situation, conclusion);
  const times = [conclusion.settlesAt, flapping, ...[...situation.opinions.values()].map(({ settlesAt }) => settlesAt)].filter((time) => time !== undefined);
  return {
    state: conclusion.state,
    reason: conclusion.reason,
    since: Math.min(conclusion.since, now),
    unsure: conclusion.unsure === true || flapping !== undefined,
    background: conclusion.state === 'ended' ? [] : situation.background,
    because: conclusion.because,
    evidence: evidenceSources.flatMap((source) => [...(situation.sources.get(source) ?? [])].reverse()),
    settlesAt: times.length === 0 ? undefined : Math.min(...times),
  };
}

function examine(evidence: readonly Evidence[], now: number): Situation {
  const sources = new Map<EvidenceSource, readonly Evidence[]>();
  const opinions = new Map<EvidenceSource, Opinion>();
  for (const source of evidenceSources) {
    const own = inOrder(evidence.filter((each) => each.source === source));
    if (own.length === 0) continue;
    sources.set(source, own);
    const opinion = opinionOf(source, own, now);
    if (opinion) opinions.set(source, opinion);
  }
  const looks = (sources.get('user') ?? []).filter(({ state }) => state === 'looked').map((each) => when(each, now));
  return { now, sources, opinions, background: backgroundOf(sources, opinions), looked: Math.max(NEVER, ...looks) };
}

/** The tasks that were named last. The registry, which has a word for running shells, knows when those have ended. */
function backgroundOf(sources: Situation['sources'], opinions: Situation['opinions']): readonly BackgroundTask[] {
  const tasks = sources.get('hook')?.findLast(({ background }) => background !== undefined)?.background ?? [];
  const registry = opinions.get('registry');
  return registry?.state === 'idle' ? tasks.filter(({ type }) => type !== 'shell') : tasks;
}

function conclude(situation: Situation): Conclusion {
  const { opinions, now } = situation;
  const base = decidingOpinion(situation);
  const process = opinions.get('process');
  if (process?.state === 'ended') return plain(process);
  const hook = opinions.get('hook');
  if (hook?.state === 'ended' && (base === undefined || when(hook.by, now) >= when(base.by, now))) return plain(hook);
  if (base === undefined) return process ? plain(process) : { state: 'idle', reason: undefined, since: now, because: [] };
  const needed = neededElsewhere(situation, base);
  if (needed) return plain(needed);
  if (base.state === 'waiting') return waiting(situation, base);
  if (base.state === 'working') return working(situation, base);
  return base.state === 'idle' ? atRest(situation, base) : plain(base);
}

/** The best source that has an opinion, unless a lesser one knows something newer that the best one cannot know. */
function decidingOpinion({ opinions, now }: Situation): Opinion | undefined {
  const registry = opinions.get('registry');
  if (registry) return registry;
  const [hook, transcript] = [opinions.get('hook'), opinions.get('transcript')];
  // There is no hook for Esc, and none where they are not installed: the end of a turn that only the transcript has.
  const overlooked = hook && transcript?.turn !== undefined && transcript.state !== 'working' && when(transcript.by, now) > when(hook.by, now);
  const told = overlooked ? transcript : (hook ?? transcript);
  const [title, screen] = [opinions.get('title'), opinions.get('screen')];
  const seen = title ?? screen;
  if (told === undefined) return title?.state === 'idle' && screen?.state === 'waiting' ? screen : seen;
  const contradicted = seen !== undefined && told.state === 'working' && seen.state !== 'working' && when(seen.by, now) > when(told.by, now) && !isYounger(seen.by.at, now, CONTRADICTION_MS);
  return contradicted ? seen : told;
}

/** What the registry has no word for: trust in the folder, a login, a limit. Somebody else saw it, and later. */
function neededElsewhere({ opinions, now }: Situation, base: Opinion): Opinion | undefined {
  if (base.state === 'waiting') return undefined;
  for (const source of ['hook', 'transcript', 'screen'] as const) {
    const opinion = opinions.get(source);
    const kind = opinion?.by.reason?.kind;
    if (opinion?.state !== 'waiting' || (kind !== 'trust' && kind !== 'login' && kind !== 'limit')) continue;
    // The end of a turn is reported in any order: what counts is that no new turn has begun.
    if (when(opinion.by, now) >= when(base.by, now) || (source !== 'screen' && base.state === 'idle' && opinion.by === opinion.turn && isLastTurn(opinions, opinion, now))) return opinion;
  }
  return undefined;
}

function isLastTurn(opinions: Situation['opinions'], opinion: Opinion, now: number): boolean {
  const other = opinions.get(opinion.source === 'hook' ? 'transcript' : 'hook');
  return other?.turn === undefined || when(other.turn, now) <= when(opinion.by, now) || other.turn.state !== 'working';
}

/** It waits; the others may know better for what. */
function waiting({ opinions, now }: Situation, base: Opinion): Conclusion {
  const own = base.by.reason;
  const general = own === undefined || own.kind === 'input' || (own.kind === 'approve' && !(own.detail ?? '').includes(':'));
  if (!general) return plain(base);
  for (const source of ['hook', 'transcript'] as const) {
    if (source === base.source) continue;
    const open = opinions.get(source)?.open ?? [];
    const call = open.find(({ state }) => state === 'waiting') ?? open[0];
    if (call?.reason === undefined) continue;
    const { kind, detail } = call.reason;
    const reason: Reason = { kind: kind === 'tool' ? 'approve' : kind, ...(detail !== undefined && { detail }) };
    return { ...plain(base), reason, because: [base.by, call] };
  }
  for (const source of ['hook', 'transcript'] as const) {
    const opinion = opinions.get(source);
    // The end of a turn that left a dialog open, such as the one of the usage limit.
    if (opinion?.state === 'waiting' && opinion.by === opinion.turn && opinion.by.reason?.kind !== 'question' && isLastTurn(opinions, opinion, now)) return { ...plain(base), reason: opinion.by.reason, because: [base.by, opinion.by] };
  }
  return own === undefined && base.source === 'registry' ? { ...plain(base), reason: { kind: 'input' } } : plain(base);
}

/** It works; the others may know on what. */
function working(situation: Situation, base: Opinion): Conclusion {
  const { opinions, background } = situation;
  const end = lastTurn(situation);
  // The register says `shell` for shells behind a finished turn, and `busy` for agents behind one.
  const behind = background.length > 0 && end?.state === 'idle' && when(end, situation.now) >= when(base.by, situation.now) ? end : undefined;
  if (base.by.reason?.kind === 'background' || behind) {
    const detail = background.map(({ description }) => description).filter((text) => text !== '').join(', ');
    const shown = { reason: { kind: 'background' as const, ...(detail !== '' && { detail }) } };
    return behind ? { ...plain(base), ...shown, since: behind.at, because: [base.by, behind] } : { ...plain(base), ...shown };
  }
  for (const source of ['hook', 'transcript'] as const) {
    const opinion = opinions.get(source);
    // A call that was asked for and then granted goes on.
    const call = opinion?.open.at(-1);
    if (call?.reason === undefined) continue;
    const { kind, detail } = call.reason;
    // An answered question or an approved plan is over, though its result has not come yet.
    if (kind !== 'tool' && kind !== 'approve' && kind !== 'compact') continue;
    return { ...plain(base), reason: { kind: kind === 'compact' ? kind : 'tool', ...(detail !== undefined && { detail }) }, since: since(base) };
  }
  return { ...plain(base), since: since(base) };
}

/** A turn began with its prompt, not with the last call of it. */
function since(base: Opinion): number {
  return base.by.call !== undefined && base.turn?.state === 'working' ? base.turn.at : base.by.at;
}

/** It is idle: because its turn ended, well or not; and has the user seen how? */
function atRest(situation: Situation, base: Opinion): Conclusion {
  const { now, looked, background } = situation;
  const end = lastTurn(situation);
  if (end === undefined) {
    // Nobody tells about turns; that it worked and now does not is all there is.
    const told = situation.opinions.has('hook') || situation.opinions.has('transcript');
    const fell = !told && base.before?.state === 'working' && base.by.reason === undefined;
    return fell && looked < when(base.by, now) ? { ...plain(base), state: 'done', reason: { kind: 'finished' } } : plain(base);
  }
  const because = end === base.by ? [end] : [base.by, end];
  if (end.state === 'error') return { state: 'error', reason: end.reason, since: end.at, because };
  if (end.state !== 'idle') return promptAhead(base, end, now) ?? plain(base);
  const shown = { reason: end.reason ?? base.by.reason, since: base.by.at, because };
  if (end.reason?.kind !== 'finished' && end.reason?.kind !== 'question') return { state: 'idle', ...shown };
  if (background.length > 0) return { state: 'working', reason: { kind: 'background', detail: background.map(({ description }) => description).join(', ') }, since: end.at, because };
  const seen = looked >= when(end, now);
  // A turn that ends in a question waits for the answer, until the user knows of it.
  if (end.reason.kind === 'question') return { state: seen ? 'idle' : 'waiting', ...shown };
  return { state: seen ? 'idle' : 'done', ...shown };
}

/** A prompt that the register does not know of yet. It will in a moment, unless another hook has refused the prompt. */
function promptAhead(base: Opinion, end: Evidence, now: number): Conclusion | undefined {
  if (end.state !== 'working' || when(end, now) <= when(base.by, now) || !isYounger(end.at, now, AHEAD_MS)) return undefined;
  return { state: 'working', reason: end.reason, since: end.at, because: [end, base.by], settlesAt: end.at + AHEAD_MS };
}

/** The newest word about a turn from those who tell; undefined when it is older than the process. */
function lastTurn({ opinions, sources, now }: Situation): Evidence | undefined {
  const turns = [opinions.get('hook')?.turn, opinions.get('transcript')?.turn].filter((turn) => turn !== undefined);
  const newest = turns.reduce<Evidence | undefined>((best, turn) => (best === undefined || when(turn, now) > when(best, now) ? turn : best), undefined);
  const born = sources.get('process')?.find(({ reason }) => reason?.kind === 'started');
  return newest === undefined || (born && when(newest, now) < when(born, now)) ? undefined : newest;
}

function hold({ opinions, now }: Situation, conclusion: Conclusion): Conclusion {
  if (conclusion.state !== 'idle' && conclusion.state !== 'done') return conclusion;
  const fallen = [...opinions.values()].find(({ by }) => by === conclusion.because[0]);
  const worked = fallen?.before;
  // A hook or a line that says why it stopped is no flicker.
  if (fallen === undefined || fallen.by !== fallen.turn || fallen.by.reason !== undefined || worked?.state !== 'working' || !isYounger(fallen.by.at, now, HOLD_MS)) return conclusion;
  const confirmed = [...opinions.values()].some((other) => other.source !== fallen.source && other.turn !== undefined && other.turn.state !== 'working' && when(other.turn, now) >= Math.max(when(worked, now), fallen.by.at - HOLD_MS));
  if (confirmed) return conclusion;
  return { state: 'working', reason: worked.reason, since: worked.at, because: [worked, fallen.by], settlesAt: fallen.by.at + HOLD_MS };
}

/** Until when what was seen on a screen counts as flapping; undefined when it does not, or something better decided. */
function flappingUntil({ sources, now }: Situation, { because }: Conclusion): number | undefined {
  const source = because[0]?.source;
  if (source !== 'title' && source !== 'screen') return undefined;
  const states = (sources.get(source) ?? []).filter(({ state }) => state !== 'noted');
  const changes = states.filter((each, index) => index > 0 && states[index - 1]?.state !== each.state && isYounger(each.at, now, FLAPPING_MS));
  const first = changes.at(-FLAPPING_CHANGES);
  return first === undefined ? undefined : first.at + FLAPPING_MS;
}

function plain({ state, by }: Opinion): Conclusion {
  return { state, reason: by.reason, since: by.at, because: [by] };
}
