/** What the page of the graph of notes and the extension say to each other. */
import { list, noMore, number, optional, record, text } from './parse.ts';
import { noResult, nothing, shape } from './protocol.ts';

export interface GraphNode {
  /** The same as long as the note has its id. */
  readonly key: string;
  readonly id: string;
  readonly title: string;
  readonly tags: readonly string[];
  readonly isPublic: boolean;
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number;
}

export interface NoteGraph {
  /** In the order of ids. */
  readonly nodes: readonly GraphNode[];
  /** Two places in `nodes` for each link: from and to. Each pair occurs once, and none links to itself. */
  readonly links: readonly number[];
}

/** Where notes stood when the page was last looked at: `places` has x and y for each key. */
export interface GraphPlaces {
  readonly keys: readonly string[];
  readonly places: readonly number[];
}

export interface GraphStart {
  readonly graph: NoteGraph;
  readonly kept: GraphPlaces;
  /** The id of a note to begin with. */
  readonly focus: string | undefined;
}

/** More notes than this are never drawn at once. */
const most = 200_000;

export const noteGraphProtocol = {
  calls: {
    ready: { params: nothing, result: shape<GraphStart>() },
    graph: { params: nothing, result: shape<NoteGraph>() },
    keep: { params: record({ keys: noMore(most, list(text)), places: noMore(2 * most, list(number)) }), result: noResult },
    open: { params: record({ key: text }), result: noResult },
    create: { params: record({ title: optional(text) }), result: noResult },
  },
  pushes: {
    /** Notes are others than before: ask for `graph`. */
    changed: shape<{ readonly at: number }>(),
    /** Shows this note with those around it. */
    focus: shape<{ readonly id: string }>(),
  },
};
export type NoteGraphProtocol = typeof noteGraphProtocol;
