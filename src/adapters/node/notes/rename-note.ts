/** Renaming a note with all links to it: first a plan, which an editor can carry out as one step, or this file by itself. */
import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import nodePath from 'node:path';
import type { Replacement } from '../../../core/base/difference.ts';
import { WheelhouseError } from '../../../core/base/errors.ts';
import * as core from '../../../core/notes/index.ts';
import { readOwn } from './read-own.ts';
import type { Notes } from './notes.ts';

export interface NewNoteNames {
  /** Of a note that is known by its file's name, the file's new name. */
  readonly id?: string;
  readonly title?: string;
}

export interface FileChange {
  readonly path: string;
  /** The text that the replacements are for. */
  readonly before: string;
  readonly replacements: readonly Replacement[];
}

export interface NewHeading {
  readonly before: core.HeadingIn;
  readonly title: string;
}

export interface RenamePlan {
  /** Of a heading that is no note by itself, the note that it is in. */
  readonly note: core.NoteEntry;
  readonly names: core.NewNames;
  /** The heading that is renamed, if the title is one, or only a heading is. */
  readonly heading: NewHeading | undefined;
  /** The note's own file first. */
  readonly files: readonly FileChange[];
  readonly move: { readonly from: string; readonly to: string } | undefined;
}

/**
 * What has to change, with nothing changed yet. A note whose file is called by its id, as new notes
 * are, keeps the two alike.
 *
 * @param textOf The text of a file that somebody edits just now; undefined for others.
 * @throws WheelhouseError `conflict` when the new name is taken; `refused`, `invalid-input`.
 */
export async function planRename(notes: Notes, note: core.NoteEntry, wanted: NewNoteNames, textOf: (path: string) => string | undefined = () => undefined): Promise<RenamePlan> {
  await notes.files.refresh();
  await notes.files.confirm([note.path]);
  const read = (path: string) => textOf(path) ?? readOwn(path);
  const before = read(note.path);
  const parsed = core.parseNote(note.path, before);
  const section = sectionOf(notes, parsed, note);
  const names = namesOf(notes, note, section, wanted);
  const stem = core.stemOf(note.path);
  const own = core.renamedNote(parsed, section, note.path, names);
  const place = names.title && core.namePlaces(parsed, section);
  const named = place?.title && !place.isFrontmatter ? core.headingAt(note.path, before, place.title.start) : undefined;
  const heading = named && names.title ? { before: { path: note.path, text: before, heading: named }, title: names.title.to } : undefined;
  const files = changes(notes, note.path, before, read, own, (path, text) => distinct([...linksIn(notes, note, path, text, names, stem), ...(heading ? placesIn(notes, heading, path, text) : [])]));
  return { note, names, heading, files, move: names.stem && { from: note.path, to: nodePath.join(nodePath.dirname(note.path), names.stem.to + nodePath.extname(note.path)) } };
}

/**
 * As `planRename`, for a heading at an offset of a note, as somebody edits it just now; links to it follow.
 * @throws WheelhouseError `conflict` when links could not tell it from another heading; `refused`, `invalid-input`.
 */
export async function planHeading(notes: Notes, path: string, offset: number, title: string, textOf: (path: string) => string | undefined = () => undefined): Promise<RenamePlan> {
  await notes.files.refresh();
  await notes.files.confirm([path]);
  const read = (file: string) => textOf(file) ?? readOwn(file);
  const text = read(path);
  const named = core.headingAt(path, text, offset);
  const note = fileNote(notes, path);
  if (!named || !note) throw new WheelhouseError('not-found', 'There is no heading of a note here that can be renamed.');
  const heading: NewHeading = { before: { path, text, heading: named }, title };
  const files = changes(notes, path, text, read, core.renamedHeading(heading.before, named.titleStart, title), (file, its) => placesIn(notes, heading, file, its));
  if (core.isTaken(heading.before, title) && (files.length > 1 || (files[0]?.replacements.length ?? 0) > 1)) throw new WheelhouseError('conflict', `The note has a heading ${JSON.stringify(title)} already, and links could not tell the two apart. Choose another name.`);
  return { note, names: {}, heading, files, move: undefined };
}

/** The note's own file first, then those that link to anything in it and have something to change. */
function changes(notes: Notes, path: string, before: string, read: (path: string) => string, own: readonly Replacement[], linksOf: (path: string, text: string) => Replacement[]): FileChange[] {
  const files: FileChange[] = [{ path, before, replacements: [...own, ...linksOf(path, before)].sort((a, b) => a.start - b.start) }];
  const others = new Set(core.notesInFile(notes.index, path).flatMap((note) => notes.index.backlinksOf(note)).map((note) => note.path));
  for (const other of others) {
    if (other === path) continue;
    const text = read(other);
    const replacements = linksOf(other, text);
    if (replacements.length > 0) files.push({ path: other, before: text, replacements });
  }
  return files;
}

const fileNote = (notes: Notes, path: string) => core.notesInFile(notes.index, path).find(({ kind }) => kind === 'file');

function placesIn(notes: Notes, heading: NewHeading, path: string, text: string): Replacement[] {
  const note = fileNote(notes, heading.before.path);
  return placesOf(heading, path, text, (link) => note !== undefined && leadsTo(notes, path, link, note));
}

function placesOf({ before, title }: NewHeading, path: string, text: string, leadsThere: (link: core.LinkSpan) => boolean): Replacement[] {
  return core.renamedPlaces(path, text, before, title, { leadsThere, isOwn: path === before.path });
}

/** A description may be both that of a note and that of a heading. */
function distinct(replacements: readonly Replacement[]): Replacement[] {
  return [...new Map(replacements.map((each) => [each.start, each])).values()].sort((a, b) => a.start - b.start);
}

const AT_ONCE = 16;

/**
 * Carries a plan of `planRename` out in the files, each by compare and set: where somebody wrote meanwhile, what they
 * wrote gets the new links. For more notes than an editor should open; it has no undo but renaming back.
 * @returns how many files were changed.
 */
export async function applyRename(notes: Notes, { note, names, heading, files, move }: RenamePlan, onProgress: (done: number) => void = () => undefined): Promise<number> {
  const stem = core.stemOf(note.path);
  const file = fileNote(notes, note.path) ?? note;
  const links = files.map(({ path, before }) => {
    const spans = core.linkSpans(core.formatOf(path), before);
    const leading = (to: core.NoteEntry) => new Set(spans.filter((link) => leadsTo(notes, path, link, to)).map(keyOf));
    return { path, targets: leading(note), places: heading ? leading(file) : new Set<string>() };
  });
  let changed = 0;
  const one = async ({ path, targets, places }: (typeof links)[number]) => {
    // The notes are read anew once, at the end.
    const written = await notes.rewrite(path, (text) => {
      const own = path === note.path ? ownReplacements(notes, note, text, names) : [];
      const inside = heading ? placesOf(path === note.path ? { ...heading, before: { ...heading.before, text } } : heading, path, text, (link) => places.has(keyOf(link))) : [];
      return core.applied(text, [...own, ...distinct([...core.renamedLinks(path, text, names, stem, (link) => targets.has(keyOf(link))), ...inside])]);
    });
    if (!written) throw new WheelhouseError('conflict', `${path} is being changed by another program. What was renamed so far stays; rename the note back, or try again in a moment.`);
    onProgress(++changed);
  };
  // The note itself is the one that may refuse; then the others, several at a time, as each waits for the disk.
  for (const first of links.slice(0, 1)) await one(first);
  for (let at = 1; at < links.length; at += AT_ONCE) await Promise.all(links.slice(at, at + AT_ONCE).map(one));
  if (move) {
    if (existsSync(move.to)) throw taken(nodePath.basename(move.to));
    await rename(move.from, move.to);
  }
  await notes.files.refresh();
  return changed;
}

const keyOf = ({ kind, target, folder = '' }: core.NoteLink) => `${kind} ${folder}/${target}`;

function ownReplacements(notes: Notes, note: core.NoteEntry, text: string, names: core.NewNames): Replacement[] {
  const parsed = core.parseNote(note.path, text);
  return core.renamedNote(parsed, sectionOf(notes, parsed, note), note.path, names);
}

function linksIn(notes: Notes, note: core.NoteEntry, path: string, text: string, names: core.NewNames, stem: string): Replacement[] {
  return core.renamedLinks(path, text, names, stem, (link) => leadsTo(notes, path, link, note));
}

function leadsTo(notes: Notes, path: string, link: core.NoteLink, note: core.NoteEntry): boolean {
  return core.leadsTo(notes.index, path, link)?.key === note.key;
}

function sectionOf(notes: Notes, parsed: core.ParsedNote, note: core.NoteEntry): core.Section {
  const own = core.notesIn(parsed, note.path, notes.index.duplicatesIn(parsed, note.path), 'all').find(({ id, section }) => id === note.id && (section.level === 0) === (note.kind === 'file'));
  if (!own) throw new WheelhouseError('not-found', core.noSuchNote(note.id));
  return own.section;
}

function namesOf(notes: Notes, note: core.NoteEntry, section: core.Section, { id, title }: NewNoteNames): core.NewNames {
  const stem = core.stemOf(note.path);
  const isOwn = section.id !== undefined;
  const isId = id !== undefined && id !== (isOwn ? note.id : stem);
  const isTitle = title !== undefined && title !== section.title;
  if (!isId && !isTitle) throw new WheelhouseError('invalid-input', 'The note has that name already.');
  if (isTitle && core.slugOf(title) !== '') {
    const other = core.leadsTo(notes.index, note.path, { kind: 'title', target: title });
    if (other && other.key !== note.key) throw new WheelhouseError('conflict', `${other.id} is called ${JSON.stringify(title)} already, and links by title would lead to it. Choose another title.`);
  }
  if (!isId) return isTitle ? { title: { from: section.title, to: title } } : {};
  if (isOwn ? /[\s[\]]|::/.test(id) || id.length > 200 : !isFileName(id)) throw new WheelhouseError('invalid-input', isOwn ? 'An id has no blanks and no brackets.' : 'A file cannot be called that. Use letters, digits, blanks, - and _.');
  const newId = isOwn ? id : core.fileIdOf(undefined, `${id}.md`);
  if (newId !== note.id && notes.index.hasId(newId)) throw taken(newId);
  const moves = !isOwn || (note.kind === 'file' && stem === note.id && core.isNewId(id));
  if (moves && existsSync(nodePath.join(nodePath.dirname(note.path), id + nodePath.extname(note.path)))) throw taken(id);
  return {
    ...(isOwn && { id: { from: note.id, to: id } }),
    ...(isTitle && { title: { from: section.title, to: title } }),
    ...(moves && { stem: { from: stem, to: id } }),
  };
}

function isFileName(name: string): boolean {
  return /^[\p{L}\p{N}_][\p{L}\p{N}\p{M} _.,()'+-]{0,150}$/u.test(name) && !/[ .]$/.test(name) && !/\.(org|md|markdown)$/i.test(name);
}

const taken = (name: string) => new WheelhouseError('conflict', `There is a note ${JSON.stringify(name)} already. Choose another name.`);
