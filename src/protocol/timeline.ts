/** What the timeline page and the extension say to each other. */
import { flag, list, noMore, number, optional, record, text } from './parse.ts';
import { noResult, nothing, shape } from './protocol.ts';

/** Prompts in the order of time, as columns, because a hundred thousand objects would not be sent in time. */
export interface PromptColumns {
  readonly count: number;
  /** The ids that calls use. */
  readonly id: Uint32Array;
  /** Milliseconds since the epoch, rising. */
  readonly at: Float64Array;
  /** Characters. */
  readonly length: Uint32Array;
  /** 0 is unrated. */
  readonly rating: Uint8Array;
  /** Index in `projects`. */
  readonly project: Uint16Array;
  /** Index in `agents`. */
  readonly agent: Uint8Array;
  /** Bit 0: has a note. */
  readonly flags: Uint8Array;
}

export interface TimelineProject {
  /** The folder, absolute; empty when unknown. */
  readonly path: string;
  /** Short, and different from that of every other project. */
  readonly label: string;
}

export interface Timeline {
  /** Differs whenever something else would be answered. */
  readonly version: string;
  readonly prompts: PromptColumns;
  readonly projects: readonly TimelineProject[];
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
  readonly rating: number;
}

export interface PromptDetail {
  readonly id: number;
  readonly at: number;
  readonly text: string;
  readonly pasted: readonly PastedPart[];
  readonly project: TimelineProject;
  readonly session: string;
  readonly agent: string;
  readonly rating: number;
  readonly note: string;
  /** The neighbours in the same session. */
  readonly before: PromptBrief | undefined;
  readonly after: PromptBrief | undefined;
  /** Tokens in the model's context before and after it, where the transcript tells. */
  readonly context: { readonly before: number; readonly after: number } | undefined;
}

export interface SearchFilter {
  readonly text: string;
  /** Folders; empty: all. */
  readonly projects: readonly string[];
  /** 0 is unrated; empty: all. */
  readonly ratings: readonly number[];
  readonly agent?: string | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly hasNote?: boolean | undefined;
}

export interface SearchResult {
  /** Every prompt that fits, rising; for lighting up. */
  readonly ids: Uint32Array;
  /** The first hundred, best or newest first; in a snippet, hits stand between U+E000 and U+E001. */
  readonly top: readonly (PromptBrief & { readonly snippet: string; readonly project: string })[];
  readonly order: 'relevance' | 'newest';
}

/** Figures over prompts in a stretch of time. Hours and weekdays are local; weekdays begin with Sunday. */
export interface TimelineStats {
  readonly total: number;
  readonly rated: number;
  /** Mean stars of the rated ones; 0 without. */
  readonly mean: number;
  /** How many have 1, 2, 3, 4, 5 stars. */
  readonly distribution: readonly number[];
  readonly projects: readonly { readonly path: string; readonly label: string; readonly count: number; readonly rated: number; readonly mean: number }[];
  readonly hours: readonly { readonly count: number; readonly rated: number; readonly mean: number }[];
  readonly weekdays: readonly { readonly count: number; readonly rated: number; readonly mean: number }[];
  /** Ratings by length: bounds in characters, `to` exclusive, Infinity at the end is sent as null. */
  readonly lengths: readonly { readonly from: number; readonly to: number | null; readonly count: number; readonly rated: number; readonly mean: number }[];
  /** By week (Monday, local, ms), without gaps. */
  readonly weeks: readonly { readonly start: number; readonly count: number; readonly rated: number; readonly mean: number }[];
}

export interface WordCount {
  readonly word: string;
  readonly count: number;
}

/** What of the page is wanted when it opens or is called again. */
export interface TimelineRequest {
  readonly tab?: 'timeline' | 'day' | 'theatre' | 'crawl' | 'stats' | 'table' | undefined;
  /** Search for this. */
  readonly text?: string | undefined;
  /** Show this one, with its details. */
  readonly prompt?: number | undefined;
  /** Nothing but these prompts, under a name for the user: a topic, a thread, a session. They go with the filters. */
  readonly only?: PromptSet | undefined;
}

export interface PromptSet {
  readonly title: string;
  readonly ids: readonly number[];
}

const id = record({ id: number });
const filter = record({
  text,
  projects: list(text),
  ratings: list(number),
  agent: optional(text),
  from: optional(number),
  to: optional(number),
  hasNote: optional(flag),
});
const period = record({ from: optional(number), to: optional(number) });

export const timelineProtocol = {
  calls: {
    /** The whole timeline; undefined when `version` is still the newest. */
    timeline: { params: record({ version: optional(text) }), result: shape<Timeline | undefined>() },
    prompt: { params: id, result: shape<PromptDetail>() },
    /** In the order asked for; ids that are not known are left out. At most 500. */
    briefs: { params: record({ ids: noMore(500, list(number)) }), result: shape<readonly PromptBrief[]>() },
    search: { params: filter, result: shape<SearchResult>() },
    stats: { params: period, result: shape<TimelineStats>() },
    /** The most frequent words, or only technical terms; most frequent first. */
    words: { params: record({ from: optional(number), to: optional(number), technical: flag, limit: number }), result: shape<readonly WordCount[]>() },
    /** 0 clears. */
    rate: { params: record({ id: number, rating: number }), result: noResult },
    /** Empty removes it. */
    note: { params: record({ id: number, text }), result: noResult },
    copy: { params: record({ text }), result: noResult },
    publish: { params: id, result: noResult },
    openSession: { params: id, result: noResult },
    /** Saves prompts as a CSV file that the user chooses. */
    exportCsv: { params: record({ ids: list(number) }), result: noResult },
    /** The page is there and wants to know what to show. */
    ready: { params: nothing, result: shape<TimelineRequest>() },
  },
  pushes: {
    /** There may be something new: ask for `timeline`. */
    changed: shape<{ readonly version: string }>(),
    show: shape<TimelineRequest>(),
  },
};
export type TimelineProtocol = typeof timelineProtocol;
