/** Where the page's prompts come from: the extension, or the file that the page is part of. */
import type { PromptBrief, PromptDetail, SearchFilter, SearchResult, Timeline, TimelineRequest, TimelineStats, WordCount } from '../../src/protocol/timeline.ts';

export interface Period {
  /** From this moment on, milliseconds; without, from the beginning. */
  readonly from?: number | undefined;
  /** Before this moment. */
  readonly to?: number | undefined;
}

export interface PromptSource {
  /** A file of its own can neither rate nor open anything. */
  readonly can: { readonly rate: boolean; readonly publish: boolean; readonly openSession: boolean; readonly exportCsv: boolean };
  /** undefined when `version` is still the newest. */
  timeline(version?: string): Promise<Timeline | undefined>;
  prompt(id: number): Promise<PromptDetail>;
  /** At most 500. */
  briefs(ids: readonly number[]): Promise<readonly PromptBrief[]>;
  search(filter: SearchFilter): Promise<SearchResult>;
  stats(period: Period): Promise<TimelineStats>;
  words(period: Period, technical: boolean, limit: number): Promise<readonly WordCount[]>;
  /** 0 clears. */
  rate(id: number, rating: number): Promise<void>;
  /** Empty removes it. */
  note(id: number, text: string): Promise<void>;
  copy(text: string): Promise<void>;
  publish(id: number): Promise<void>;
  openSession(id: number): Promise<void>;
  exportCsv(ids: readonly number[]): Promise<void>;
  /** There may be something new. */
  onChange(listener: () => void): void;
  /** The page is asked to show something. */
  onShow(listener: (request: TimelineRequest) => void): void;
  ready(): Promise<TimelineRequest>;
  /** What survives hiding and reloading of the page; undefined when there is nothing. */
  loadState(): unknown;
  saveState(state: unknown): void;
}
