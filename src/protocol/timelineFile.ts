/** What a timeline that is a file of its own carries in itself. */
import type { PastedPart, Timeline, TimelineProject } from './timeline.ts';

/** The id of the `<script type="application/json">` element that holds the data. */
export const timelineDataElement = 'wheelhouse-timeline';

/**
 * The timeline as JSON: columns of equal length, in the order of time. An entry of a column belongs to
 * the same prompt as the entries at its place in the others.
 */
export interface TimelineFile {
  readonly format: 1;
  /** For the page's title: `2025-10-01 to 2025-10-07`. */
  readonly title: string;
  /** When it was written, milliseconds since the epoch. */
  readonly writtenAt: number;
  readonly id: readonly number[];
  /** Milliseconds since the epoch, rising. */
  readonly at: readonly number[];
  /** The complete texts; their lengths are those of the timeline. */
  readonly text: readonly string[];
  /** 0 is unrated. */
  readonly rating: readonly number[];
  /** Empty: no note. */
  readonly note: readonly string[];
  /** Index in `projects`. */
  readonly project: readonly number[];
  /** Index in `agents`. */
  readonly agent: readonly number[];
  /** Index in `sessions`. */
  readonly session: readonly number[];
  readonly projects: readonly TimelineProject[];
  readonly agents: readonly string[];
  /** The empty text stands for an unknown one. */
  readonly sessions: readonly string[];
  /** By the place in the columns, as text; only prompts with pasted parts. */
  readonly pasted: Readonly<Record<string, readonly PastedPart[]>>;
}

/**
 * The data as the text of a `<script>` element: no part of it can end the element or begin a comment,
 * and it stays the same JSON.
 */
export function embedTimeline(file: TimelineFile): string {
  return JSON.stringify(file).replace(/[<>&\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** @throws when the text is no timeline of this format. */
export function readEmbeddedTimeline(json: string): TimelineFile {
  const file = JSON.parse(json) as Partial<TimelineFile> | null;
  if (file?.format !== 1 || !Array.isArray(file.at)) throw new TypeError('This page carries no timeline that it can read.');
  return file as TimelineFile;
}

/** The columns of the page, from those of the file. */
export function timelineOf(file: TimelineFile): Timeline {
  return {
    version: String(file.writtenAt),
    projects: file.projects,
    agents: file.agents,
    prompts: {
      count: file.at.length,
      id: Uint32Array.from(file.id),
      at: Float64Array.from(file.at),
      length: Uint32Array.from(file.text, (text) => text.length),
      rating: Uint8Array.from(file.rating),
      project: Uint16Array.from(file.project),
      agent: Uint8Array.from(file.agent),
      flags: Uint8Array.from(file.note, (note) => (note === '' ? 0 : 1)),
    },
  };
}
