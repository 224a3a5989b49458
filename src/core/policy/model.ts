/** What a policy says and what it answers. All of it is plain data, so that it can be cached as JSON for the hook. */

export type Access = 'read' | 'write';
export type Decision = 'allow' | 'ask' | 'deny';

/** `user`: for all projects of the user. `repository`: in the repository itself. `built-in`: what guards the policy itself, and what counts in place of one that is not understood. */
export type PolicyScope = 'user' | 'repository' | 'built-in';

/** Where a rule stands. */
export interface RuleSource {
  readonly scope: PolicyScope;
  /** Absolute; empty for what is built in. */
  readonly file: string;
  /** 1-based; 0 for what is built in. */
  readonly line: number;
}

/** A rule about files and folders. */
export interface PathRule {
  readonly kind: 'path';
  /** As it is written in the file. */
  readonly pattern: string;
  /** `read` is neither read nor written: what an agent writes it can also have read. */
  readonly access: Access;
  readonly effect: 'ask' | 'deny';
  /** What it comes to (`globOf`): `/abs/…` from the root, `C:/…` on Windows, `**` + `/name` at any depth. A second one where links lead elsewhere. */
  readonly globs: readonly string[];
  readonly source: RuleSource;
}

/** Folders outside of which an agent may not go. */
export interface OnlyRule {
  readonly kind: 'only';
  /** The folders as they are written in the file, with commas between. */
  readonly pattern: string;
  readonly access: Access;
  readonly effect: 'deny';
  /** Absolute, as those of a rule about files. */
  readonly globs: readonly string[];
  readonly source: RuleSource;
}

/** A rule about commands: the words that a command begins with, and options that it has anywhere. */
export interface CommandRule {
  readonly kind: 'command';
  readonly pattern: string;
  readonly effect: 'ask' | 'deny';
  readonly words: readonly string[];
  readonly source: RuleSource;
}

export type Rule = PathRule | OnlyRule | CommandRule;

/** Something in a policy file that is not understood. While there is one, the policy is closed. */
export interface PolicyProblem {
  readonly file: string;
  /** 1-based, as the column. */
  readonly line: number;
  readonly column: number;
  /** What is wrong and what to write instead. */
  readonly message: string;
}

/** `on`: commands run in the agent's sandbox where there is one. `required`: without it the agent does not start, and no command leaves it. */
export type SandboxWish = 'off' | 'on' | 'required';

/** What one file says. */
export interface PolicyPart {
  readonly scope: PolicyScope;
  readonly file: string;
  readonly rules: readonly Rule[];
  readonly problems: readonly PolicyProblem[];
  /** What happens to a command whose files cannot be told from its text. */
  readonly unclear: Decision;
  readonly failClosed: boolean;
  readonly sandbox: SandboxWish;
}

/** All files together: of two the stricter counts. */
export interface Policy {
  /** In order: the repository's, the user's, what is built in. */
  readonly files: readonly { readonly scope: PolicyScope; readonly file: string }[];
  /** Denials first. */
  readonly rules: readonly Rule[];
  readonly problems: readonly PolicyProblem[];
  readonly unclear: Decision;
  readonly failClosed: boolean;
  readonly sandbox: SandboxWish;
  /** Whether names that differ only in case are the same file here. */
  readonly ignoreCase: boolean;
}

/** What was decided about one path, one command, or one tool call. */
export interface Verdict {
  readonly decision: Decision;
  /** One sentence for the agent and the user: what was decided, by which rule, and where that stands. */
  readonly reason: string;
  /** What decided; undefined when nothing forbids it, or when the policy is closed because of a problem. */
  readonly rule?: Rule;
  /** The path or the command that it was about, as it was asked for. */
  readonly subject: string;
  readonly access?: Access;
  /** False when the agent could do by this call what the policy cannot see: a command outside of a sandbox. */
  readonly guaranteed: boolean;
}

/** The names of one file: what was asked for, and all that it is known by when links are resolved. */
export interface PathNames {
  /** Absolute, `/` between the parts. The first is the one that was asked for. */
  readonly names: readonly string[];
  readonly kind: 'file' | 'directory' | 'none';
  /** What cannot be followed to a file (`/proc/self/fd/3`, a NUL in it) and is refused. */
  readonly odd?: string;
}

/** What the engine needs to know of the disk. Synchronous: a hook asks, and its agent waits. */
export interface Look {
  /** @param folder What a relative path is relative to; absolute. undefined: not known. */
  names(path: string, folder: string | undefined): PathNames;
  /** Names in a folder; empty when there is none, or when it has too many. */
  list(folder: string): readonly string[];
  /** Files below a folder, to a bounded number, without links and version control. Absolute. */
  walk(folder: string): readonly string[];
}

/** One call of a tool, as an agent is about to make it. */
export interface ToolCall {
  readonly tool: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Absolute. */
  readonly cwd: string;
  readonly home: string;
  /** Whether the session bypasses permissions. */
  readonly asksNobody?: boolean;
}
