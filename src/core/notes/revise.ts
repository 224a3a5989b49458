/** Writing by an LLM: a note's visible text is replaced, and what it does not see stays as it is. */
import { WheelhouseError } from '../base/errors.ts';
import { isVisibilityTag, verdictsOf } from './gate.ts';
import { fileIdOf } from './ids.ts';
import { withHidden } from './hiddenPlaces.ts';
import type { Mark, ParsedNote } from './model.ts';
import { parseNote } from './read.ts';
import { notesIn, textOf, type VisibleNote } from './visible.ts';

export interface Revision {
  readonly path: string;
  readonly before: ParsedNote;
  readonly note: VisibleNote;
  /** The new visible text. */
  readonly content: string;
  readonly isDuplicate: (id: string) => boolean;
}

/**
 * The text of the file after the change.
 * @throws WheelhouseError `refused` when the content would change who may read anything, or ids;
 *   `invalid-input` when a section would become something else than one section. What is refused
 *   depends only on the visible text and the content.
 */
export function revised({ path, before, note, content: given, isDuplicate }: Revision): string {
  const seen = textOf(before.text, note);
  // Where something hidden follows, a line break is needed. Added only there, it would tell of it.
  const content = given === '' || given.endsWith('\n') ? given : `${given}\n`;
  checkContent(path, seen, content, note);
  const text = withHidden(before.text, note, seen, content);
  const after = parseNote(path, text);
  const own = notesIn(after, path, isDuplicate, 'public').find(({ id, section }) => id === note.id && section.start === note.section.start);
  // Two that were apart may have become one, and line breaks may have come between them.
  const hiddenTexts = (of: ParsedNote, { hidden }: VisibleNote) => hidden.flatMap(({ start, end }) => of.text.slice(start, end).split(/\r?\n/)).filter((line) => line.trim() !== '').sort().join('\n');
  const isSame = own !== undefined && textOf(text, own).trim() === content.trim() && hiddenTexts(after, own) === hiddenTexts(before, note) && publicOutside(before, path, isDuplicate, note) === publicOutside(after, path, isDuplicate, own);
  if (!isSame) throw new WheelhouseError('refused', 'This content cannot be written as it is. Keep the headings and the properties of the note, and try a smaller change.');
  return text;
}

/** Says what an LLM may not write. Everything that could open or close a note, or take another note's place, is the user's. */
function checkContent(path: string, seen: string, content: string, note: VisibleNote): void {
  const [old, next] = [parseNote(path, seen), parseNote(path, content)];
  if (next.problem !== undefined) throw new WheelhouseError('invalid-input', 'The content is not well-formed Unicode text.');
  if (markList(old) !== markList(next)) {
    throw new WheelhouseError('refused', 'Who may read a note is the user\'s to say. Keep the marks of visibility (PUBLIC and PRIVATE tags, properties PUBLIC, PRIVATE and VISIBILITY, the frontmatter) exactly as they are in the text that note_get gave.');
  }
  const [ids, known] = [idsOf(next), idsOf(old)];
  if (ids[0] !== known[0] || ids.some((id) => !known.includes(id)) || new Set(ids).size < ids.length) {
    throw new WheelhouseError('refused', 'Ids stay as they are: keep the ID of the note, and do not add others. Use note_create for a new note.');
  }
  if (note.section.level === 0) return;
  const [, first, ...rest] = next.sections;
  if (first?.start !== 0 || first.level !== note.section.level || rest.some(({ level }) => level <= first.level)) {
    throw new WheelhouseError('invalid-input', `This note is a heading in a file. Its content begins with its heading, ${'*'.repeat(note.section.level)} at the start of the line, and all other headings are below it.`);
  }
}

/** The marks in their order, as the user wrote them. */
function markList(note: ParsedNote): string {
  const show = ({ kind, name, value, isStray }: Mark) => `${kind} ${name} ${value} ${String(isStray)}`;
  const list = note.sections.flatMap(({ marks }) => marks.map(show));
  // Lines that are marks in org's eyes, or could become some when text moves around them.
  const lines = note.text.split(/\r?\n/).flatMap((line) => {
    const tags = /^[ \t]*#\+filetags:(.*)$/i.exec(line)?.[1]?.split(/[:\s]+/).filter(isVisibilityTag);
    if (tags) return tags.length > 0 ? [`filetags ${tags.join(' ')}`] : [];
    // The marks around a generated list hide what is between them.
    return /^[ \t]*:(PUBLIC|PRIVATE|VISIBILITY)\+?:|wheelhouse:index (begin|end)\b/i.test(line) ? [line.trim()] : [];
  });
  return [...list, ...lines].sort().join('\n');
}

/** Of all sections; the first is the file's or the heading's own. */
function idsOf({ sections }: ParsedNote): string[] {
  const [file, ...rest] = sections;
  return [file.id ?? '', ...rest.flatMap(({ id }) => id ?? [])];
}

/** The public headlines of the file that do not belong to the note. */
function publicOutside(file: ParsedNote, path: string, isDuplicate: (id: string) => boolean, { section }: VisibleNote): string {
  const verdicts = verdictsOf(file, isDuplicate, fileIdOf(file.sections[0].id, path));
  return file.sections.flatMap((other, at) => (at > 0 && (other.end <= section.start || other.start >= section.end) ? [`${String(verdicts[at]?.isPublic)} ${other.title}`] : [])).join('\n');
}
