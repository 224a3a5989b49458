/** A note as it stands in a file; see `read.ts` for how it gets there. */

export type NoteFormat = 'org' | 'markdown';

/**
 * Something in a note that says who may read it. Whether it counts decides the gate alone.
 * - `tag`: a tag PUBLIC or PRIVATE, in any case, of `#+filetags:`, a headline or the frontmatter;
 * - `property`: PUBLIC, PRIVATE or VISIBILITY, in a property drawer or the frontmatter;
 * - `broken`: a property drawer or a frontmatter that cannot be read, so that nobody knows what it says.
 */
export interface Mark {
  readonly kind: 'tag' | 'property' | 'broken';
  /** Tags as they are written; properties in capitals. */
  readonly name: string;
  readonly value: string;
  /** Whether it stands where Org or Markdown does not look for it, such as in a drawer below a blank line: what somebody meant to close by it is closed. */
  readonly isStray?: boolean;
}

export interface NoteLink {
  /** `id`: an identity; `file`: a path relative to the note's folder; `title`: a title, an alias or a file's name. */
  readonly kind: 'id' | 'file' | 'title';
  readonly target: string;
  /** Of a link by title, the folders that it names before it: `work` of `[[work/Todo]]`. */
  readonly folder?: string;
  readonly description: string;
}

/** A link as it stands in a text. Offsets are UTF-16 code units; ends are exclusive. */
export interface LinkSpan extends NoteLink {
  readonly start: number;
  readonly end: number;
  /** What of it names the note: an id, a path or a title, as it is written. */
  readonly nameStart: number;
  readonly nameEnd: number;
  /** Both undefined when it has no description. */
  readonly descriptionStart?: number;
  readonly descriptionEnd?: number;
}

/** A file (level 0) or a headline with all below it. Offsets are UTF-16 code units of the file's text. */
export interface Section {
  readonly level: number;
  readonly title: string;
  readonly start: number;
  readonly end: number;
  /** Index of the section that it lies in; undefined for the file. */
  readonly parent: number | undefined;
  /** As it is written; undefined when it has none. */
  readonly id: string | undefined;
  /** Without the inherited ones. */
  readonly tags: readonly string[];
  readonly aliases: readonly string[];
  /** Names in capitals. */
  readonly properties: Readonly<Record<string, string>>;
  readonly marks: readonly Mark[];
  /** Of its own text, without the sections below it. */
  readonly links: readonly NoteLink[];
}

export interface ParsedNote {
  readonly format: NoteFormat;
  readonly text: string;
  /** The file first, then its headlines from top to bottom (org only). */
  readonly sections: readonly [Section, ...Section[]];
  /** Why it cannot be trusted to be what it says; such a file is private as a whole. */
  readonly problem: string | undefined;
}

/** One entry of the index. */
export interface NoteEntry {
  readonly key: number;
  readonly id: string;
  readonly title: string;
  readonly tags: readonly string[];
  readonly isPublic: boolean;
  readonly kind: 'file' | 'heading';
  /** Absolute. */
  readonly path: string;
  /** Where it begins in its file: 0 for a file. */
  readonly start: number;
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number;
}

export interface FoundNote extends NoteEntry {
  /** On one line, hits between HIT_START and HIT_END. */
  readonly snippet: string;
}

export interface ResolvedLink {
  /** As it is written. */
  readonly target: string;
  readonly description: string;
  /** undefined: there is no such note. */
  readonly note: NoteEntry | undefined;
}
