/** What a tab of the page is, and what it sees of the page. */
import type { Timeline } from '../../src/protocol/timeline.ts';
import type { Period, PromptSource } from './source.ts';

/** The prompts that a view is about. */
export interface Selection {
  /** Of `timeline.prompts.id`, in the order of time. */
  readonly ids: Uint32Array;
  /** The stretch of time they are from, with both ends. */
  readonly period: { readonly from: number; readonly to: number };
  /** For a headline: `42 prompts, 1 – 7 Oct`. */
  readonly title: string;
  /** The user marked an area; otherwise it is what the timeline shows and the filters let through. */
  readonly marked: boolean;
}

/** One object for the life of the page; its properties are always of now. */
export interface ViewContext {
  readonly source: PromptSource;
  readonly timeline: Timeline;
  readonly selection: Selection;
  /** From the first to the last prompt; undefined when there is none. */
  readonly wholePeriod: Period | undefined;
  /** The prompt in the side panel. */
  readonly selected: number | undefined;
  /** `prefers-reduced-motion`, or VS Code's setting. */
  readonly reducedMotion: boolean;
  /** Index in the columns of a prompt; -1 when there is no such prompt. */
  rowOf(id: number): number;
  /** Shows a prompt in the side panel; undefined closes it. */
  select(id: number | undefined): void;
  /** Sets stars, 0 clears; the timeline's columns follow at once. Refusals are shown by the page; then false. */
  rate(id: number, rating: number): Promise<boolean>;
  /** Says something to a screen reader. */
  announce(text: string): void;
  /** Shows an error to the user, in a line that can be closed. */
  fail(error: unknown): void;
  /** Searches for a text, in the tab where hits light up. */
  search(text: string): void;
  /** Brings another tab to the front. */
  open(tab: TabName): void;
  /** The view's own part of what survives hiding and reloading; JSON. */
  loadState(tab: TabName): unknown;
  saveState(tab: TabName, state: unknown): void;
}

export type TabName = 'timeline' | 'day' | 'theatre' | 'crawl' | 'stats' | 'table';

/** What is different since the view was last told; `timeline` means that rows may have new numbers. */
export interface Change {
  readonly timeline?: boolean;
  readonly ratings?: boolean;
  readonly selection?: boolean;
  readonly selected?: boolean;
  /** Other colours or letters. */
  readonly theme?: boolean;
}

/** Made once, when its tab is first opened. */
export interface View {
  /** Fills the page below the tabs while shown. */
  readonly element: HTMLElement;
  /** It came to the front. */
  show(context: ViewContext): void;
  /** It is no longer seen: stop every timer and animation. */
  hide(): void;
  /** Something changed while it is in front. What changed while it was hidden it sees at `show`. */
  update?(change: Change): void;
  /** A key that nobody in the page took, and no field has the focus. @returns whether it was meant for the view. */
  key?(event: KeyboardEvent): boolean;
  dispose(): void;
}

/** How a tab's folder offers its view: `createTheatre`, `createCrawl`, `createStats`. */
export type CreateView = (context: ViewContext) => View;
