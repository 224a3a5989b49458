/** What the page of the policy's protection and the extension say to each other. */
import { number, record, text } from './parse.ts';
import { noResult, nothing, shape } from './protocol.ts';

export const policyLayers = ['engine', 'hook', 'rules', 'sandbox'] as const;
export type PolicyLayer = (typeof policyLayers)[number];

/**
 * `stopped`: the layer did what the rule says. `open`: it let the canary through. `set`: the agent's settings say that
 * it stops it, which was not tried. `absent`: the layer is not there. `apart`: it has nothing to do with such a rule.
 * `unsure`: it stops what it can see, which is not all.
 */
export type LayerResult = 'stopped' | 'open' | 'set' | 'absent' | 'apart' | 'unsure';

/** One thing that was tried to see whether a rule holds. */
export interface PolicyTry {
  /** `Read /home/me/repo/x.env` */
  readonly what: string;
  readonly holds: boolean;
  /** What went wrong. */
  readonly message?: string;
}

export interface PolicyRow {
  /** As the file says it: `read.deny *.env`. */
  readonly rule: string;
  readonly effect: 'ask' | 'deny';
  /** Absolute; '' for what is built in. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly tries: readonly PolicyTry[];
  /** The weakest that was seen of each. */
  readonly layers: Readonly<Record<PolicyLayer, LayerResult>>;
  /** Whether the rule counts as held. */
  readonly holds: boolean;
}

export type PolicyState = 'no-policy' | 'unverified' | 'stale' | 'failed' | 'protected';

export interface PolicyReport {
  /** The repository, by name. */
  readonly folder: string;
  readonly state: PolicyState;
  /** When it was verified last, milliseconds since 1970. */
  readonly at: number | undefined;
  /** While it is verified: how many rules are tried, of how many. */
  readonly running: { readonly done: number; readonly of: number } | undefined;
  readonly rows: readonly PolicyRow[];
  /** What keeps a layer from working, such as settings of a company. */
  readonly obstacles: readonly string[];
  /** What is not guaranteed. */
  readonly notes: readonly string[];
  /** Whether the agent's settings have anything of the policy; undefined: not known. */
  readonly applied: boolean | undefined;
  /** What went wrong last. */
  readonly problem: string | undefined;
}

export const policyProtocol = {
  calls: {
    ready: { params: nothing, result: shape<PolicyReport>() },
    /** The result comes as pushes. */
    verify: { params: nothing, result: noResult },
    cancel: { params: nothing, result: noResult },
    apply: { params: nothing, result: noResult },
    setUp: { params: nothing, result: noResult },
    openPolicy: { params: nothing, result: noResult },
    openRule: { params: record({ file: text, line: number }), result: noResult },
  },
  pushes: {
    report: shape<PolicyReport>(),
  },
};
export type PolicyProtocol = typeof policyProtocol;
