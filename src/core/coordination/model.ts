import type { Target } from './targets.ts';

/** One process, and never another one: the words are those of the machine's operating system. */
export interface AgentProcess {
  readonly machine: string;
  readonly pid: number;
  readonly start: string;
}

/** Who acts: a session, and the process that it lives in, whose death ends all that it holds. */
export interface Agent {
  /** The session's id, or a name that it was given for this. */
  readonly session: string;
  /** Left out where no process stands for the agent: then only time ends what it holds. */
  readonly process?: AgentProcess;
  /** The name was chosen (`--as`): other names in the same process are others. */
  readonly named?: true;
}

export type ClaimMode = 'exclusive' | 'shared';

export interface Claim {
  /** The claim's place in the journal: rising, never reused. */
  readonly fence: number;
  readonly agent: Agent;
  readonly targets: readonly Target[];
  readonly mode: ClaimMode;
  /** Milliseconds that it lasts after the holder's last activity. */
  readonly ttl: number;
  readonly why: string;
  /** Top of the work tree that the holder works in. */
  readonly worktree: string;
  /** When it was made, by the holder's clock. */
  readonly at: number;
  /** When it was last renewed, in journal time. */
  readonly renewed: number;
}

export type SessionStatus = 'in_progress' | 'blocked' | 'completed';
export const sessionStatuses = ['in_progress', 'blocked', 'completed'] as const satisfies readonly SessionStatus[];

export interface Blocker {
  readonly id: string;
  readonly text: string;
  /** The session that could remove it. */
  readonly on?: string;
  readonly at: number;
}

/** What a session has said of itself. */
export interface Reported {
  readonly agent: Agent;
  readonly status?: SessionStatus;
  readonly note: string;
  readonly blockers: readonly Blocker[];
  /** When it last did something here, by its clock and in journal time. */
  readonly at: number;
  readonly seen: number;
  /** Its process is gone. */
  readonly ended?: true;
}

export type BarrierEnd =
  | { readonly state: 'open' }
  | { readonly state: 'broken'; readonly reason: string; readonly missing: readonly string[] };

export interface Barrier {
  readonly name: string;
  /** Counts how often the name was used; each generation opens or breaks once. */
  readonly generation: number;
  /** The sessions that have to arrive; empty when any `count` of them do. */
  readonly required: readonly string[];
  readonly count: number;
  readonly arrived: readonly string[];
  /** Processes of required sessions, as far as they were known when it was made. */
  readonly members: ReadonlyMap<string, AgentProcess>;
  readonly createdBy: string;
  readonly at: number;
  /** In journal time. */
  readonly deadline: number;
  /** Left out while it is waited at. */
  readonly end?: BarrierEnd;
  readonly settled: number;
  /** How the latest generations before this one ended. */
  readonly before: readonly { readonly generation: number; readonly end: BarrierEnd }[];
}

export interface Waiter {
  readonly id: string;
  readonly agent: Agent;
  readonly barrier: string;
  readonly generation: number;
  /** The process that waits: the command, or the agent's tool server. */
  readonly process: AgentProcess;
  readonly at: number;
}

/** An edit is stopped by the hook; a claim is answered. */
export type RefusedHow = 'edit' | 'claim';

/** Somebody wanted what another held. */
export interface Refusal {
  /** Who wanted it, and who held it. */
  readonly session: string;
  readonly holder: string;
  /** The first of what was wanted, and how many more there were. */
  readonly target: Target;
  readonly more: number;
  /** What of the holder's stood against it. */
  readonly held: Target;
  readonly how: RefusedHow;
  /** By the clock of who wanted it, and in journal time. */
  readonly at: number;
  readonly seen: number;
}

export const limits = {
  /** Targets of one claim, and characters of one path. */
  targets: 1000,
  path: 2000,
  /** Characters of a reason, a note or a blocker, and of a name. */
  text: 500,
  name: 120,
  defaultTtlSeconds: 900,
  maxTtlSeconds: 86_400,
  defaultDeadlineSeconds: 3600,
  maxDeadlineSeconds: 7 * 86_400,
  /** Refusals that are remembered. */
  refusals: 50,
  /** Sessions required at one barrier. */
  members: 100,
} as const;

export function sameProcess(a: AgentProcess, b: AgentProcess): boolean {
  return a.pid === b.pid && a.start === b.start && a.machine === b.machine;
}

/** A session keeps its process when `/clear` or `/resume` gives it another id. */
export function sameAgent(a: Agent, b: Agent): boolean {
  if (a.session === b.session) return true;
  return a.named !== true && b.named !== true && a.process !== undefined && b.process !== undefined && sameProcess(a.process, b.process);
}
