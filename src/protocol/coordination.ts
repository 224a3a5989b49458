/** What the page of coordination and the extension say to each other. Moments in milliseconds since the epoch. */
import { number, optional, record, text } from './parse.ts';
import { noResult, nothing, shape } from './protocol.ts';

/** One path of a claim. */
export interface HeldPath {
  readonly fence: number;
  /** Relative to the work tree's top; a folder ends in '/'. */
  readonly path: string;
  readonly mode: 'exclusive' | 'shared';
  readonly since: number;
  /** When it runs out, unless the holder does something before. */
  readonly until: number;
  readonly why: string;
  /** Name of the work tree that is meant. */
  readonly worktree: string;
}

/** A session that holds something, waits, or has said something. */
export interface SessionStand {
  readonly id: string;
  readonly name: string;
  /** What it is seen to do, such as `working`; empty when it is not seen on this machine. */
  readonly seen: string;
  readonly status: 'in_progress' | 'blocked' | 'completed' | null;
  readonly note: string;
  readonly paths: readonly HeldPath[];
}

/** Somebody waits for somebody. */
export interface WaitEdge {
  /** Ids of sessions; `to` may be of one that has said nothing yet, or the name of a barrier at which any can arrive. */
  readonly from: string;
  readonly to: string;
  readonly kind: 'barrier' | 'blocker';
  /** Name of the barrier, or the blocker's text. */
  readonly because: string;
}

export interface BarrierStand {
  readonly name: string;
  readonly state: 'waiting' | 'open' | 'broken';
  readonly reason: string;
  readonly count: number;
  /** Ids; empty when any `count` sessions can arrive. */
  readonly required: readonly string[];
  readonly arrived: readonly string[];
  readonly missing: readonly string[];
  readonly deadline: number;
  readonly waiters: readonly { readonly session: string; readonly since: number }[];
}

export interface BlockerStand {
  readonly id: string;
  readonly session: string;
  readonly text: string;
  readonly on: string | null;
  readonly since: number;
}

/** Somebody wanted what another held. */
export interface ConflictStand {
  readonly at: number;
  readonly session: string;
  readonly holder: string;
  readonly path: string;
  readonly more: number;
  readonly held: string;
  readonly how: 'edit' | 'claim';
}

/** A repository that the page can show, and whether anything there wants to be looked at. */
export interface RepositoryStand {
  readonly id: string;
  readonly name: string;
  /** How many of its sessions wait for others. */
  readonly waiting: number;
  /** How often one was stopped by what another holds, in the last hour. */
  readonly conflicts: number;
}

export interface CoordinationView {
  /** When it was so, by the extension's clock. */
  readonly at: number;
  /** Empty: no repository is open, and no session works in any. */
  readonly repository: string;
  readonly repositories: readonly RepositoryStand[];
  /** What sessions are called, by their ids. */
  readonly names: Readonly<Record<string, string>>;
  /** Ids of those that are seen on this machine, and so can be shown. */
  readonly seen: readonly string[];
  readonly sessions: readonly SessionStand[];
  readonly waits: readonly WaitEdge[];
  readonly barriers: readonly BarrierStand[];
  readonly blockers: readonly BlockerStand[];
  /** Newest first. */
  readonly conflicts: readonly ConflictStand[];
  /** Why it could not be read; empty otherwise. */
  readonly problem: string;
  /** Whether sessions here have the tools, and whether their first edit claims. */
  readonly installed: boolean;
  readonly autoClaim: boolean;
}

export const coordinationProtocol = {
  calls: {
    ready: { params: record({ repository: optional(text) }), result: shape<CoordinationView>() },
    choose: { params: record({ repository: text }), result: shape<CoordinationView>() },
    /** These three ask the user before they do anything. */
    release: { params: record({ fence: number, path: text }), result: noResult },
    breakBarrier: { params: record({ name: text }), result: noResult },
    resolve: { params: record({ id: text }), result: noResult },
    openFile: { params: record({ fence: number, path: text }), result: noResult },
    showSession: { params: record({ id: text }), result: noResult },
    install: { params: nothing, result: noResult },
    openSettings: { params: nothing, result: noResult },
  },
  pushes: {
    view: shape<CoordinationView>(),
  },
};
export type CoordinationProtocol = typeof coordinationProtocol;
