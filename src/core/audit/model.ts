/** What is kept of each tool call of each session, and what is told about it. */

/** Who decided. `agent`: the agent's own permission rules and modes; `none`: nobody had an objection, or nobody was asked. */
export type AuditLayer = 'policy' | 'claim' | 'agent' | 'user' | 'sandbox' | 'none';

/**
 * `attempt`: before the call; `asked`: the user was asked; `succeeded`, `failed`: it ran; `denied`: the
 * agent said that it did not; `turn`: a turn of the session began or ended, so nothing of before is under way.
 */
export const auditKinds = ['attempt', 'asked', 'succeeded', 'failed', 'denied', 'turn'] as const;
export type AuditKind = (typeof auditKinds)[number];

/** What our hook answered before the call. */
export type AuditVerdict = 'allowed' | 'denied' | 'asked';

export interface AuditPath {
  /** As the agent named it, made absolute. */
  readonly asked: string;
  /** With links resolved; only when it is another. */
  readonly real?: string;
}

/** One line of a session's file. Texts are redacted and shortened, and say what the agent said: they are never to be interpreted. */
export interface AuditEntry {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly kind: AuditKind;
  readonly session: string;
  /** The session's title, where the event told it. */
  readonly name?: string;
  /** Of a subagent. */
  readonly agentId?: string;
  readonly agentType?: string;
  /** The agent's mode of permissions: `default`, `acceptEdits`, `bypassPermissions`, … */
  readonly mode?: string;
  /** The agent's id of the call, which joins an attempt with its outcome. Requests for permission have none. */
  readonly call?: string;
  /** A digest of tool and input, by which a request for permission finds its attempt. */
  readonly digest?: string;
  readonly tool?: string;
  readonly cwd?: string;
  readonly paths?: readonly AuditPath[];
  readonly command?: string;
  /** The input as JSON, redacted and shortened. */
  readonly input?: string;
  /** Of an attempt. */
  readonly verdict?: AuditVerdict;
  readonly layer?: AuditLayer;
  readonly reason?: string;
  /** The rule that decided, as it is written. */
  readonly rule?: string;
  /** Where that rule stands: `file:line`. */
  readonly ruleAt?: string;
  /** What the hook let be although it comes near what is denied, or could not be sure of: a sentence. */
  readonly near?: string;
  readonly error?: string;
  readonly interrupted?: true;
  readonly durationMs?: number;
  /** An outcome that no hook told: it was found in the transcript. */
  readonly from?: 'transcript';
}

/** What a gate before the call decided, for the record. */
export interface AuditDecision {
  readonly verdict: AuditVerdict;
  readonly layer: AuditLayer;
  readonly reason?: string;
  readonly rule?: string;
  readonly ruleAt?: string;
  readonly near?: string;
}

/** `granted` and `refused`: by the user, who was asked. `open`: the user is being asked. `unknown`: nothing tells. */
export type AuditOutcomeDecision = 'allowed' | 'denied' | 'granted' | 'refused' | 'open' | 'unknown';

/** `none`: it did not run; `pending`: nothing was heard of it yet; `unknown`: nothing will be. */
export type AuditResult = 'ok' | 'error' | 'none' | 'pending' | 'unknown';

export interface AuditMark {
  readonly kind: 'violation' | 'near-miss';
  /** A sentence. */
  readonly why: string;
}

/** A tool call: its attempt, joined with what came of it. */
export interface AuditCall {
  /** Unique and stable: the session, and where the call's first line stands. */
  readonly id: string;
  /** Of the attempt; without one, of the first thing that was heard of it. */
  readonly at: number;
  readonly session: string;
  readonly name?: string;
  readonly agentId?: string;
  readonly agentType?: string;
  readonly mode?: string;
  readonly call?: string;
  readonly tool: string;
  readonly cwd?: string;
  readonly paths: readonly AuditPath[];
  readonly command?: string;
  readonly input?: string;
  readonly decision: AuditOutcomeDecision;
  readonly layer: AuditLayer;
  /** `inferred`: no event said so; `reason` tells from what it follows. */
  readonly sure: 'recorded' | 'inferred';
  readonly reason?: string;
  readonly rule?: string;
  readonly ruleAt?: string;
  readonly near?: string;
  readonly result: AuditResult;
  readonly error?: string;
  readonly durationMs?: number;
  readonly mark?: AuditMark;
}
