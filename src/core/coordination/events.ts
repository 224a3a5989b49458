/** What coordination writes into the repository's journal. */
import type { NewEvent } from '../ports/journal.ts';
import type { Agent, AgentProcess, ClaimMode, RefusedHow, SessionStatus } from './model.ts';
import type { Target } from './targets.ts';

interface ByAgent {
  readonly agent: Agent;
}

export type CoordinationEvent =
  | (ByAgent & { readonly type: 'coordination.claimed'; readonly targets: readonly Target[]; readonly mode: ClaimMode; readonly ttl: number; readonly why: string; readonly worktree: string; readonly key?: string })
  | (ByAgent & { readonly type: 'coordination.released'; /** Left out: all. */ readonly targets?: readonly Target[]; /** Whoever holds it: said by the user. */ readonly force?: true; /** Of this claim only. */ readonly fence?: number })
  /** What somebody wanted and another holds. A claim that came too late says it itself. */
  | (ByAgent & { readonly type: 'coordination.refused'; readonly target: Target; readonly more: number; readonly holder: string; readonly held: Target; readonly how: RefusedHow })
  /** A sign of life: leases begin anew. */
  | (ByAgent & { readonly type: 'coordination.renewed' })
  /** Processes that somebody on their machine saw to be gone. The dead stay dead, so it is true for ever. */
  | { readonly type: 'coordination.ended'; readonly processes: readonly AgentProcess[] }
  | (ByAgent & { readonly type: 'coordination.barrier'; readonly name: string; readonly required: readonly string[]; readonly count: number; readonly deadline: number; readonly members: readonly (readonly [string, AgentProcess])[] })
  | (ByAgent & { readonly type: 'coordination.arrived'; readonly name: string })
  /** Nobody is to wait there any longer: said by the user. */
  | (ByAgent & { readonly type: 'coordination.broken'; readonly name: string; readonly generation: number })
  | (ByAgent & { readonly type: 'coordination.waiting'; readonly name: string; readonly generation: number; readonly waiter: string; readonly process: AgentProcess })
  | (ByAgent & { readonly type: 'coordination.left'; readonly waiter: string })
  | (ByAgent & { readonly type: 'coordination.status'; readonly status: SessionStatus; readonly note: string })
  | (ByAgent & { readonly type: 'coordination.blocked'; readonly blocker: string; readonly text: string; readonly on?: string })
  | (ByAgent & { readonly type: 'coordination.resolved'; readonly blocker: string; /** Whoever's it is: said by the user. */ readonly force?: true });

/** The event of one type. */
export type EventOf<T extends CoordinationEvent['type']> = Extract<CoordinationEvent, { readonly type: T }>;

/** Any event as one of ours; undefined for those of other domains, of other versions, and for damage. */
export function coordinationEvent(event: { readonly type: string; readonly [field: string]: unknown }): CoordinationEvent | undefined {
  if (!event.type.startsWith('coordination.')) return undefined;
  if (event.type === 'coordination.ended') return Array.isArray(event['processes']) && event['processes'].every(isProcess) ? (event as unknown as CoordinationEvent) : undefined;
  if (!isAgent(event['agent'])) return undefined;
  return checks[event.type.slice('coordination.'.length)]?.(event) === true ? (event as unknown as CoordinationEvent) : undefined;
}

export function newEvent(by: string, event: CoordinationEvent): NewEvent {
  return { by, ...event };
}

type Raw = Readonly<Record<string, unknown>>;

const checks: Readonly<Record<string, (event: Raw) => boolean>> = {
  claimed: (e) => areTargets(e['targets']) && (e['mode'] === 'exclusive' || e['mode'] === 'shared') && isNumber(e['ttl']) && isText(e['why']) && isText(e['worktree']) && (e['key'] === undefined || isText(e['key'])),
  released: (e) => (e['targets'] === undefined || areTargets(e['targets'])) && (e['fence'] === undefined || isNumber(e['fence'])),
  refused: (e) => areTargets([e['target'], e['held']]) && isNumber(e['more']) && isText(e['holder']) && (e['how'] === 'edit' || e['how'] === 'claim'),
  renewed: () => true,
  barrier: (e) => isText(e['name']) && areTexts(e['required']) && isNumber(e['count']) && isNumber(e['deadline']) && Array.isArray(e['members']) && e['members'].every((each: unknown) => Array.isArray(each) && isText(each[0]) && isProcess(each[1])),
  arrived: (e) => isText(e['name']),
  broken: (e) => isText(e['name']) && isNumber(e['generation']),
  waiting: (e) => isText(e['name']) && isNumber(e['generation']) && isText(e['waiter']) && isProcess(e['process']),
  left: (e) => isText(e['waiter']),
  status: (e) => isText(e['status']) && isText(e['note']),
  blocked: (e) => isText(e['blocker']) && isText(e['text']) && (e['on'] === undefined || isText(e['on'])),
  resolved: (e) => isText(e['blocker']),
};

const isText = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const areTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText);
const isFields = (value: unknown): value is Raw => typeof value === 'object' && value !== null;

function isProcess(value: unknown): value is AgentProcess {
  return isFields(value) && isText(value['machine']) && isNumber(value['pid']) && isText(value['start']);
}

function isAgent(value: unknown): value is Agent {
  return isFields(value) && isText(value['session']) && (value['process'] === undefined || isProcess(value['process']));
}

function areTargets(value: unknown): boolean {
  return Array.isArray(value) && value.every((each: unknown) => isFields(each) && isText(each['path']) && (each['kind'] === 'file' || each['kind'] === 'folder' || each['kind'] === 'glob'));
}
