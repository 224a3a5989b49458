/** Whole lines of a text, 1-based, both ends inclusive. */
export interface LineRange {
  readonly start: number;
  readonly end: number;
}

/** UTF-16 columns, 0-based: `start` on the first line of a range, `end` (exclusive) on its last. */
export interface Columns {
  readonly start: number;
  readonly end: number;
}

/** Where the anchored text came from: what the caller of `recordAnchor` knows and the text does not. */
export interface AnchorSource {
  /** Relative to the repository's root, '/' separated. */
  readonly path: string;
  /** HEAD when the comment was logged; absent outside git or before the first commit. */
  readonly commit?: string;
  /** The git blob id of the text as it was in the editor, saved or not. */
  readonly blob: string;
  /** Whether that text differed from the file in `commit`. */
  readonly dirty: boolean;
  /** For display only; branches move. */
  readonly branch?: string;
  readonly columns?: Columns;
}

/** What a comment was attached to. Made once, when it is logged, and never changed afterwards. Plain JSON. */
export interface Anchor extends AnchorSource {
  readonly range: LineRange;
  /** The lines of the range joined by '\n'; of more than 20 lines, the first 10 and the last 10. */
  readonly quote: string;
  /** Up to 3 non-blank lines above the range, the nearest one last. */
  readonly before: readonly string[];
  /** Up to 3 non-blank lines below the range, the nearest one first. */
  readonly after: readonly string[];
}

/**
 * - `exact`: same text, same line numbers.
 * - `moved`: same text (but for white space at the ends of lines), other line numbers.
 * - `edited`: the text changed, and what became of it was found.
 * - `rewritten`: the lines were replaced on the spot by others that hardly resemble them.
 * - `orphan`: what became of it is unknown or it was deleted. No range; see `nearestLine` and `candidates`.
 * - `file-gone`: there is no current text.
 */
export type AnchorStatus = 'exact' | 'moved' | 'edited' | 'rewritten' | 'orphan' | 'file-gone';

/** A place that could be the anchored one, for the user to pick. */
export interface Candidate {
  readonly range: LineRange;
  /** 0 to 1. */
  readonly score: number;
}

/** Where an anchor is in the current text. Derived, so it can be thrown away and computed again. */
export interface Resolution {
  readonly status: AnchorStatus;
  /** In the current text. Present unless the status is `orphan` or `file-gone`. */
  readonly range?: LineRange;
  /** How sure: 1 for unchanged text, 0 for nothing found. */
  readonly score: number;
  /** For an orphan: the line of the current text next to which it was, to show it there as outdated. */
  readonly nearestLine?: number;
  /**
   * For an orphan: places that resemble it too much to stay silent about and too little, or too many
   * of them, to pick one. Best first, at most 5. Show them; never choose for the user.
   */
  readonly candidates?: readonly Candidate[];
}

/** A file that may be the one that an anchor's file was moved to. */
export interface FileCandidate {
  readonly path: string;
  readonly text: string;
}

/** Which of several files took over an anchor's code. */
export interface MovedFile {
  /** Present when exactly one file can be meant. */
  readonly match?: { readonly path: string; readonly resolution: Resolution };
  /** When there is no single answer: the files that hold something like it, best first, at most 5. */
  readonly candidates: readonly { readonly path: string; readonly range: LineRange; readonly score: number }[];
}

/** One replacement in an open editor, as VS Code's content change events tell it. */
export interface TextChange {
  /** The replaced text, in positions before the change: 0-based lines and UTF-16 columns, end exclusive. */
  readonly range: {
    readonly start: { readonly line: number; readonly character: number };
    readonly end: { readonly line: number; readonly character: number };
  };
  /** What stands there now. */
  readonly text: string;
}

/*
 * The functions, all exported by `index.ts`:
 *   recordAnchor(text: string, range: LineRange, source: AnchorSource): Anchor
 *   resolveAnchors(anchors: readonly Anchor[], snapshot: string | undefined, current: string | undefined): Resolution[]
 *   followEdits(range: LineRange, changes: readonly TextChange[]): LineRange | undefined
 *   matchMovedFile(anchor: Anchor, snapshot: string | undefined, candidates: readonly FileCandidate[]): MovedFile
 */
