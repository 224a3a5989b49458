/** What of a file may be seen: all of it by the user, and what the gate lets through by everybody else. */
import { verdictsOf } from './gate.ts';
import { fileIdOf } from './ids.ts';
import { generatedSpans } from './indexSection.ts';
import type { NoteLink, ParsedNote, Section } from './model.ts';

/** A stretch of a file that is left out. */
export interface Hidden {
  readonly start: number;
  readonly end: number;
  /** Of its headline; undefined for a stretch that is no headline's. */
  readonly level: number | undefined;
}

export interface VisibleNote {
  readonly section: Section;
  readonly id: string;
  readonly isPublic: boolean;
  /** With those that it inherits from sections that may be seen. */
  readonly tags: readonly string[];
  readonly hidden: readonly Hidden[];
  readonly links: readonly NoteLink[];
}

export type View = 'all' | 'public';

/**
 * The notes of a file: the file itself, and its headlines that have an id.
 *
 * @param isDuplicate Whether another note has this id too.
 */
export function notesIn(note: ParsedNote, path: string, isDuplicate: (id: string) => boolean, view: View): VisibleNote[] {
  const { sections } = note;
  const fileId = fileIdOf(sections[0].id, path);
  const verdicts = verdictsOf(note, isDuplicate, fileId);
  const isSeen = (at: number) => view === 'all' || verdicts[at]?.isPublic === true;
  const tags: (readonly string[])[] = [];
  /** Of each section, the nearest one around it that is a note, itself included. */
  const owners: number[] = [];
  const links: NoteLink[][] = [];
  sections.forEach((section, at) => {
    const { parent } = section;
    const inherited = parent !== undefined && isSeen(parent) ? (tags[parent] ?? []) : [];
    tags.push([...new Set([...inherited, ...section.tags])]);
    owners.push(parent === undefined || section.id !== undefined ? at : (owners[parent] ?? 0));
    links.push([]);
    if (isSeen(at)) for (const link of section.links) links[owners[at] ?? 0]?.push(link);
  });
  const generated = view === 'all' ? [] : generatedSpans(note.text);
  return sections.flatMap((section, at) => {
    const id = at === 0 ? fileId : section.id;
    if (id === undefined || !isSeen(at)) return [];
    const hidden = view === 'all' ? [] : hiddenIn(sections, at, isSeen, generated);
    return [{ section, id, isPublic: verdicts[at]?.isPublic === true, tags: tags[at] ?? [], hidden, links: links[at] ?? [] }];
  });
}

/** The private sections below a public one, outermost only, and lists that Wheelhouse wrote itself: they name notes that may have become private since. */
function hiddenIn(sections: readonly Section[], at: number, isSeen: (at: number) => boolean, generated: readonly { start: number; end: number }[]): Hidden[] {
  const own = sections[at];
  if (own === undefined) return [];
  const spans: { start: number; end: number; level: number | undefined }[] = generated.filter(({ start, end }) => start >= own.start && end <= own.end).map((span) => ({ ...span, level: undefined }));
  for (let n = at + 1, past = own.start; n < sections.length; n++) {
    const section = sections[n];
    if (section === undefined || section.start >= own.end) break;
    if (isSeen(n) || section.start < past) continue;
    spans.push({ start: section.start, end: section.end, level: section.level });
    past = section.end;
  }
  const merged: typeof spans = [];
  for (const span of spans.sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = merged.at(-1);
    if (last === undefined || span.start >= last.end) merged.push(span);
    else merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, span.end), level: last.level === undefined ? span.level : Math.min(last.level, span.level ?? Infinity) };
  }
  return merged;
}

/** The text of a note as it may be seen. */
export function textOf(text: string, { section, hidden }: Pick<VisibleNote, 'section' | 'hidden'>): string {
  let seen = '';
  let at = section.start;
  for (const { start, end } of hidden) {
    seen += text.slice(at, start);
    at = end;
  }
  return seen + text.slice(at, section.end);
}
