/**
 * The review log as data. Every offset is an index in UTF-16 code units into the text of the log.
 */

export type ReviewState = 'todo' | 'done' | 'wontfix';
export type Severity = 'must' | 'should' | 'nit' | 'question';

/** Replace `[start, end)` with `text`. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The parts of a wall clock as Org writes them: local time, no zone. Month and day count from 1. */
export interface OrgTimestamp {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour?: number;
  readonly minute?: number;
}

export interface Reply {
  readonly at: OrgTimestamp;
  readonly author: string;
  readonly text: string;
}

/** Where a comment points. A comment without a line is about the whole file. */
export interface Target {
  /** As written in the log: may begin with `~`, be relative to the log's folder, or be a Windows path. */
  readonly path: string;
  /** 1-based. */
  readonly line?: number;
  /** 1-based and inclusive; only for a region, never less than `line`. */
  readonly endLine?: number;
}

export interface LogEntry {
  /** The entry's own `:ID:`, else an id derived from its content (see identity.ts). */
  readonly id: string;
  /** True when `id` stands in the file. False when it will be written by the first change. */
  readonly hasId: boolean;
  /** 1-based line of the headline in the log. */
  readonly line: number;
  /**
   * From the headline to the next headline of any level, or to the next file-wide setting (`#+TODO:`,
   * `#+STARTUP:`, …): neither child headings nor the file's settings belong to it.
   */
  readonly span: Span;
  readonly level: number;
  readonly keyword: string;
  readonly state: ReviewState;
  readonly path: string;
  readonly targetLine?: number;
  readonly endLine?: number;
  readonly project?: string;
  readonly created?: OrgTimestamp;
  readonly closed?: OrgTimestamp;
  readonly severity: Severity;
  /** Without the tag that says the severity. */
  readonly tags: readonly string[];
  /** The comment: the title after the link, if any, then the body without its indentation. LF only. */
  readonly text: string;
  readonly replies: readonly Reply[];
  /** The note of the state change that closed the entry; only while it is closed. */
  readonly summary?: string;
}

export interface Keywords {
  /** True when the file itself says which words are keywords (`#+TODO:`). */
  readonly declared: boolean;
  /** Every word that is a keyword here, with the state it stands for. */
  readonly states: ReadonlyMap<string, ReviewState>;
  /** The word to write for each state; absent when the file has to declare it first. */
  readonly preferred: Readonly<Partial<Record<ReviewState, string>>>;
  /** Where a further `#+TODO:` line belongs: after the last one, else after the file's own preamble. */
  readonly insertAt: number;
  /** Where the lines with file-wide settings begin, ascending. */
  readonly settings: readonly number[];
}

export interface Log {
  readonly text: string;
  readonly entries: readonly LogEntry[];
  readonly keywords: Keywords;
  readonly eol: '\n' | '\r\n';
  /** Where the sections end: the end of the text, or the start of Emacs's `# Local Variables:` block. */
  readonly contentEnd: number;
}

export interface NewEntry extends Target {
  /** Unique; the caller makes it. */
  readonly id: string;
  readonly text: string;
  readonly created: OrgTimestamp;
  readonly project?: string;
  /** `should` when not given. */
  readonly severity?: Severity;
  readonly tags?: readonly string[];
}

export interface StateChange {
  readonly state: ReviewState;
  readonly at: OrgTimestamp;
  /** Why, or what was done: kept in the entry's LOGBOOK. */
  readonly note?: string;
}
