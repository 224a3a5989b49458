/** What the page of the audit and the extension say to each other. Moments in milliseconds since the epoch. */
import { list, noMore, number, oneOf, record } from './parse.ts';
import { noResult, nothing, shape } from './protocol.ts';

export type AuditDecision = 'allowed' | 'denied' | 'granted' | 'refused' | 'open' | 'unknown';
export type AuditLayer = 'policy' | 'claim' | 'agent' | 'user' | 'sandbox' | 'none';
export type AuditResult = 'ok' | 'error' | 'none' | 'pending' | 'unknown';
export type AuditMark = 'violation' | 'near-miss';

/** One tool call. Texts are whatever agents wrote. */
export interface AuditRow {
  /** The number that the extension knows it by; it stays. */
  readonly n: number;
  readonly at: number;
  /** The session's id. */
  readonly session: string;
  /** Empty when it has none. */
  readonly name: string;
  /** Of a subagent; else empty. */
  readonly agent: string;
  readonly tool: string;
  /** The command, or the path; shortened. */
  readonly what: string;
  /** So many of its first characters are the session's own folder, which needs not be shown. */
  readonly own: number;
  readonly decision: AuditDecision;
  readonly layer: AuditLayer;
  readonly inferred: boolean;
  readonly result: AuditResult;
  readonly durationMs: number | null;
  readonly mark: AuditMark | null;
  /** Why it is marked; else empty. */
  readonly why: string;
}

export interface AuditDetail {
  readonly n: number;
  readonly reason: string;
  readonly rule: string;
  /** Where the rule stands: `file:line`; else empty. */
  readonly ruleAt: string;
  readonly paths: readonly { readonly asked: string; readonly real: string }[];
  readonly command: string;
  /** The input as JSON, without its secrets. */
  readonly input: string;
  readonly error: string;
  readonly cwd: string;
  readonly mode: string;
  readonly agentType: string;
  readonly why: string;
  /** The line of the record that began it: `file:byte`. */
  readonly line: string;
  /** The session lives, and can be gone to. */
  readonly alive: boolean;
}

/** Whether the record is whole. */
export interface AuditChain {
  readonly state: 'unbroken' | 'broken' | 'empty';
  readonly text: string;
  readonly breaks: readonly { readonly file: string; readonly line: number; readonly message: string }[];
  readonly checkedAt: number;
}

/** What the page is to show first. */
export interface AuditAsk {
  readonly session: string | null;
  readonly filter: 'all' | 'marked' | 'denied';
}

export interface AuditStart {
  readonly total: number;
  readonly revision: number;
  /** Whether Claude Code's hooks are there: without them nothing is taken down. */
  readonly hooks: boolean;
  readonly ask: AuditAsk | null;
  /** Files that could not be read; empty for none. */
  readonly problem: string;
}

/** So many rows come at once. */
export const ROWS_AT_ONCE = 5_000;
/** So many can be exported. */
export const MOST_ROWS = 1_000_000;

const one = record({ n: number });

export const auditProtocol = {
  calls: {
    ready: { params: nothing, result: shape<AuditStart>() },
    /** From this number on, `ROWS_AT_ONCE` of them: `AuditRow[]` as JSON, because one text is sooner through the window than thousands of objects. */
    rows: { params: record({ from: number }), result: shape<string>() },
    /** What is new or otherwise than at that revision; `again`: there is too much, so ask for all. */
    changes: { params: record({ since: number }), result: shape<{ readonly rows: readonly AuditRow[]; readonly revision: number; readonly again: boolean }>() },
    detail: { params: one, result: shape<AuditDetail>() },
    verify: { params: nothing, result: shape<AuditChain>() },
    openBreak: { params: record({ index: number }), result: noResult },
    openPath: { params: record({ n: number, path: number }), result: noResult },
    openRule: { params: one, result: noResult },
    openSession: { params: one, result: noResult },
    install: { params: nothing, result: noResult },
    exportRows: { params: record({ format: oneOf('csv', 'json'), rows: noMore(MOST_ROWS, list(number)) }), result: shape<{ readonly path: string | null }>() },
  },
  pushes: {
    /** There is something new: ask for `changes`. */
    changed: shape<{ readonly revision: number }>(),
    /** The command was run again, for something. */
    show: shape<AuditAsk>(),
  },
};
export type AuditProtocol = typeof auditProtocol;
