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
  /** Small and for people to type; stays for as long as the archive is there, and is the same in every process. */
  readonly id: number;
  readonly rating: Rating | undefined;
  readonly note: string | undefined;
}

/** Which prompts; all conditions hold together. */
export interface PromptFilter {
  /** Words that all occur; the last may be a beginning. "A phrase" in quotes; -word excludes. */
  readonly text?: string | undefined;
  /** Exact folders; empty: all. */
  readonly projects?: readonly string[] | undefined;
  /** 0 stands for unrated; empty: all. */
  readonly ratings?: readonly number[] | undefined;
  readonly minRating?: number | undefined;
  /** From this moment on, milliseconds. */
  readonly from?: number | undefined;
  /** Before this moment. */
  readonly to?: number | undefined;
  readonly agent?: string | undefined;
  readonly session?: string | undefined;
  readonly hasNote?: boolean | undefined;
  /** Also `/login` and `/logout`, which are left out otherwise. */
  readonly commands?: boolean | undefined;
}

/** A stretch of time, milliseconds; without an end, as far as there are prompts. */
export interface Period {
  /** From this moment on. */
  readonly from?: number | undefined;
  /** Before this moment. */
  readonly to?: number | undefined;
}

/** Prompts in the order of time, as columns. */
export interface PromptColumns {
  readonly count: number;
  readonly id: Uint32Array;
  /** Milliseconds since the epoch, rising. */
  readonly at: Float64Array;
  /** Characters. */
  readonly length: Uint32Array;
  /** 0 is unrated. */
  readonly rating: Uint8Array;
  /** Index in the list of projects. */
  readonly project: Uint16Array;
  /** Index in the list of agents. */
  readonly agent: Uint8Array;
  /** Bit 0: has a note. */
  readonly flags: Uint8Array;
}

export interface PromptProject {
  /** The folder, absolute; empty when unknown. */
  readonly path: string;
  /** Short, and different from that of every other project. */
  readonly label: string;
}

/** All prompts at a glance. */
export interface PromptTimeline {
  /** Differs whenever something else would be answered. */
  readonly version: string;
  readonly prompts: PromptColumns;
  readonly projects: readonly PromptProject[];
  readonly agents: readonly string[];
}

export interface PastedPart {
  /** The placeholder in the text that it stands for. */
  readonly placeholder: string;
  /** undefined when the agent no longer has it. */
  readonly text: string | undefined;
}

export interface PromptBrief {
  readonly id: number;
  readonly at: number;
  /** Cut at 2,000 characters. */
  readonly text: string;
  /** 0 is unrated. */
  readonly rating: number;
}

export interface PromptInSession {
  readonly prompt: Prompt;
  readonly pasted: readonly PastedPart[];
  readonly project: PromptProject;
  /** The neighbours in the same session. */
  readonly before: PromptBrief | undefined;
  readonly after: PromptBrief | undefined;
}

export interface PromptSearch {
  /** Every prompt that fits, rising. */
  readonly ids: Uint32Array;
  /** The first hundred; in a snippet, hits stand between U+E000 and U+E001. */
  readonly top: readonly (PromptBrief & { readonly snippet: string; readonly project: string })[];
  readonly order: 'relevance' | 'newest';
}

/** How many prompts there are, how many of them are rated, and their mean stars (0 without any). */
export interface Tally {
  readonly count: number;
  readonly rated: number;
  readonly mean: number;
}

/** Hours and weekdays are local; weekdays begin with Sunday. */
export interface PromptStats {
  readonly total: number;
  readonly rated: number;
  readonly mean: number;
  /** How many have 1, 2, 3, 4, 5 stars. */
  readonly distribution: readonly number[];
  /** The one with the most prompts first. */
  readonly projects: readonly (Tally & PromptProject)[];
  readonly hours: readonly Tally[];
  readonly weekdays: readonly Tally[];
  /** Ratings by length: bounds in characters, `to` exclusive, null for no bound. */
  readonly lengths: readonly (Tally & { readonly from: number; readonly to: number | null })[];
  /** By week (Monday, local, ms), without gaps; of the last twenty years. */
  readonly weeks: readonly (Tally & { readonly start: number })[];
}

export interface WordCount {
  readonly word: string;
  readonly count: number;
}
