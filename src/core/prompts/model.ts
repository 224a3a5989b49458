/** One to five stars. */
export type Rating = 1 | 2 | 3 | 4 | 5;

/** A prompt as a source tells of it: what the user typed, when and where. */
export interface PromptRecord {
  /** Recognises the same prompt in another source, after a rebuild and on another machine: see `promptKey`. */
  readonly key: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** As typed; pasted parts are placeholders such as `[Pasted text #1 +47 lines]`. */
  readonly text: string;
  /** The folder it was typed in, absolute; empty when unknown. */
  readonly project: string;
  /** The conversation; empty when unknown (lines of old clients). */
  readonly session: string;
  /** Which program it was given to: `claude`, … */
  readonly agent: string;
  /** The pasted parts by number, as the source's own JSON object; `{}` without. */
  readonly pasted: string;
}

/** A prompt as the index knows it, with what the user made of it. */
export interface Prompt extends PromptRecord {
  /** Small and for people to type; stays while the index is not rebuilt. */
  readonly id: number;
  readonly rating: Rating | undefined;
  readonly note: string | undefined;
}

/** Which prompts; all conditions hold together. */
export interface PromptFilter {
  /** Words that all occur; the last may be a beginning. "A phrase" in quotes; -word excludes. */
  readonly text?: string;
  /** Exact folders. */
  readonly projects?: readonly string[];
  /** 0 stands for unrated. */
  readonly ratings?: readonly (Rating | 0)[];
  readonly minRating?: Rating;
  /** From this moment on, milliseconds. */
  readonly from?: number;
  /** Before this moment. */
  readonly to?: number;
  readonly agent?: string;
  readonly session?: string;
  readonly hasNote?: boolean;
}
