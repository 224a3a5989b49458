/**
 * What a coding session is, what the sources say about it, and what is concluded from that.
 * Times are milliseconds since the epoch, by this machine's clock.
 */

/** By how much the session needs the user, the neediest first. `done` is finished and not looked at yet. */
export const sessionStates = ['waiting', 'error', 'done', 'idle', 'working', 'ended'] as const;
export type SessionState = (typeof sessionStates)[number];

/** Where evidence comes from, the best first. `user` is a look at the session, which only the faces can report. */
export const evidenceSources = ['registry', 'hook', 'transcript', 'title', 'screen', 'process', 'user'] as const;
export type EvidenceSource = (typeof evidenceSources)[number];

export type ReasonKind =
  /** Waiting: for leave to do something, an answer, a verdict on a plan, trust in the folder, a login, a usage limit to end, anything else. */
  | 'approve' | 'question' | 'plan' | 'trust' | 'login' | 'limit' | 'input'
  /** Error: the model's service failed. */
  | 'api'
  /** Idle: its turn ended, was interrupted, or it has only just started. */
  | 'finished' | 'interrupted' | 'started'
  /** Working: on a tool call, on the compaction of its context, on tasks behind a finished turn. */
  | 'tool' | 'compact' | 'background'
  /** Ended: by itself, or without a word. */
  | 'exited' | 'crashed';

export interface Reason {
  readonly kind: ReasonKind;
  /** On what: `Bash: rm -rf build`, the question, the message. One short line without control characters. */
  readonly detail?: string;
}

/** A shell, subagent or other task that goes on behind the conversation. */
export interface BackgroundTask {
  readonly id: string;
  /** As the agent names it: `shell`, `subagent`, … */
  readonly type: string;
  readonly description: string;
}

/** One thing that one source said about one session. */
export interface Evidence {
  readonly source: EvidenceSource;
  /**
   * What the session does since `at`, as far as this source can tell; `looked` (of `user` only) says
   * that the user has seen it, `noted` says nothing about the state and brings only what else is here.
   */
  readonly state: Exclude<SessionState, 'done'> | 'looked' | 'noted';
  readonly at: number;
  /** The order within its source, rising: clocks step, files and counters do not. */
  readonly seq: number;
  readonly reason?: Reason;
  /** In the source's own words, for explaining: `status busy`, `PermissionRequest`, `title ✳ …`. */
  readonly says?: string;
  /**
   * The tool call that it is about. A `waiting` that names a call lasts until the same source says
   * something else of that call, or something that is about no call (a new prompt, the end of the turn).
   */
  readonly call?: string;
  /** It may yet answer itself, such as a permission that a rule is about to give: believed only when it lasts. */
  readonly provisional?: true;
  /** What runs behind the conversation from now on; left out where the source does not know. */
  readonly background?: readonly BackgroundTask[];
}

export interface Verdict {
  readonly state: SessionState;
  readonly reason: Reason | undefined;
  /** When the state began. */
  readonly since: number;
  /** The sources contradict each other, or flap: worth showing, not worth an alert. */
  readonly unsure: boolean;
  readonly background: readonly BackgroundTask[];
  /** What decided, the best first. */
  readonly because: readonly Evidence[];
  /** All that was known, by source and then newest first. */
  readonly evidence: readonly Evidence[];
  /** When the verdict may change with no new evidence; undefined when it will not. */
  readonly settlesAt: number | undefined;
}

export interface Usage {
  /** Tokens of the last request, cache included: how full the context is. */
  readonly contextTokens: number;
  readonly outputTokens: number;
}

/** Where a session can be seen. A face that knows how takes the user there. */
export type Place =
  | { readonly kind: 'tmux'; /** As `tmux -S` takes it; undefined for the default server. */ readonly socket?: string; /** `%3` */ readonly pane: string; readonly session: string; /** `2:tests` */ readonly window: string }
  | { readonly kind: 'vscode'; /** The terminal's shell. */ readonly terminalPid: number; /** Whether it is in this window. */ readonly here: boolean };

/** What is known of a session beside its state. */
export interface SessionFacts {
  /** The agent's own id of the conversation. It changes on `/clear` and `/resume` while the process stays. */
  readonly sessionId?: string;
  /** `claude`, `codex`, `opencode`, … */
  readonly agent?: string;
  readonly pid?: number;
  readonly name?: string;
  /** What the conversation is about, in the agent's words. */
  readonly title?: string;
  readonly cwd?: string;
  /** `interactive`, `bg`, `print`, … */
  readonly kind?: string;
  /** Of a background session: what its agent's own service calls it, as `claude attach` takes it. */
  readonly jobId?: string;
  /** What it was started from, in the agent's words: `cli`, `claude-vscode`, … */
  readonly entrypoint?: string;
  readonly version?: string;
  readonly startedAt?: number;
  readonly lastPrompt?: string;
  readonly lastAnswer?: string;
  readonly branch?: string;
  readonly model?: string;
  readonly usage?: Usage;
  /** The transcript's file. Absolute. */
  readonly transcript?: string;
  readonly place?: Place;
}

/**
 * What one source knows of one session: all of it, each time. Sightings with the same key are one
 * session; of facts, the source that was added first has the first word.
 */
export interface Sighting {
  /** See `processKey`. */
  readonly key: string;
  readonly facts: SessionFacts;
  readonly evidence: readonly Evidence[];
}

/** The key of a session is its process, which outlives its id: `/clear` starts a conversation, not a session. */
export function processKey(pid: number): string {
  return `process:${pid}`;
}

/** What a source may ask of the monitor that it was added to. */
export interface SourceHost {
  /** To be called when `sightings` has changed. Calls in a burst cost nothing. */
  changed(): void;
  /** The sessions that are known now by all sources, to find out which pane or terminal is whose. */
  known(): readonly { readonly key: string; readonly pid: number | undefined }[];
}

/** Something that sees sessions: an agent's own files, tmux, the terminals of an editor. */
export interface AgentSource {
  readonly name: string;
  /** Begins to watch; resolved once `sightings` holds what can be seen now. What cannot be read is not seen. */
  start(host: SourceHost): Promise<void>;
  /** What it sees now, from memory. */
  sightings(): readonly Sighting[];
  /** Called every second while somebody watches, for what does not push. */
  tick?(): void;
  dispose(): void;
}

/** A session as the faces show it. */
export interface Session {
  readonly key: string;
  /** The conversation's id, else the key: unique in a list. */
  readonly id: string;
  readonly agent: string;
  readonly facts: SessionFacts;
  readonly verdict: Verdict;
}
