/**
 * The gate: the one place that decides whether an LLM may read a note. Private unless a mark says
 * otherwise, and private whenever something is in doubt.
 *
 * `#+filetags: :PUBLIC:` is what Wheelhouse writes and what org-roam shows; `:PUBLIC: t`,
 * `:VISIBILITY: public` and the frontmatter's `public: true`, `visibility: public` and tag PUBLIC
 * count as much. A mark with any other value, a tag or a property PRIVATE, an unreadable drawer or
 * frontmatter, and an id that two notes have, close a section with everything below it: a mark further
 * down does not open it again. A mark in a place where it does not count closes, but does not open.
 */
import type { Mark, ParsedNote } from './model.ts';

export interface Verdict {
  readonly isPublic: boolean;
  /** Private for good: nothing inside can be public. */
  readonly isClosed: boolean;
}

const closed: Verdict = { isPublic: false, isClosed: true };

export interface GateFacts {
  readonly marks: readonly Mark[];
  /** Whether another note has the same id. */
  readonly isDuplicate: boolean;
  /** Of the section around it; undefined for a file. */
  readonly parent: Verdict | undefined;
  /** Whether the file as a whole could not be read for certain. */
  readonly isBroken: boolean;
}

export function decide({ marks, isDuplicate, parent, isBroken }: GateFacts): Verdict {
  if (isBroken || isDuplicate || parent?.isClosed === true) return closed;
  const opinions = marks.map(opinionOf);
  if (opinions.includes('private')) return closed;
  return { isPublic: opinions.includes('public') || parent?.isPublic === true, isClosed: false };
}

/** The verdict on every section of a file, in their order. `isDuplicate` is asked with ids. */
export function verdictsOf(note: ParsedNote, isDuplicate: (id: string) => boolean, fileId: string): readonly Verdict[] {
  const verdicts: Verdict[] = [];
  for (const { marks, id, parent } of note.sections) {
    const own = parent === undefined ? fileId : id;
    verdicts.push(decide({
      marks,
      isDuplicate: own !== undefined && isDuplicate(own),
      parent: parent === undefined ? undefined : verdicts[parent],
      isBroken: note.problem !== undefined,
    }));
  }
  return verdicts;
}

/** Whether a tag says who may read a note, in any case; what it says, `decide` knows. */
export function isVisibilityTag(tag: string): boolean {
  return /^(public$|private$|private\/)/i.test(tag);
}

type Opinion = 'public' | 'private' | 'none';

function opinionOf({ kind, name, value, isStray = false }: Mark): Opinion {
  if (kind === 'broken') return 'private';
  const opinion = kind === 'tag' ? tagOpinion(name) : propertyOpinion(name, value);
  return isStray && opinion === 'public' ? 'none' : opinion;
}

function tagOpinion(name: string): Opinion {
  return name === 'PUBLIC' ? 'public' : /^private(\/|$)/i.test(name) ? 'private' : 'none';
}

function propertyOpinion(name: string, value: string): Opinion {
  if (name === 'PRIVATE') return /^(nil|false|no)$/i.test(value) ? 'none' : 'private';
  return (name === 'PUBLIC' ? value === 't' || value === 'true' : value === 'public') ? 'public' : 'private';
}
