/** Writing by an LLM: a note's visible text is replaced, and what it does not see stays as it is. */
import { difference } from '../base/difference.ts';
import { WheelhouseError } from '../base/errors.ts';
import { isVisibilityTag, verdictsOf } from './gate.ts';
import { fileIdOf } from './ids.ts';
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
export function revised({ path, before, note, content, isDuplicate }: Revision): string {
  const seen = textOf(before.text, note);
  checkContent(path, seen, content, note);
  const text = spliced(before.text, note, seen, content);
  const after = parseNote(path, text);
  const own = notesIn(after, path, isDuplicate, 'public').find(({ id, section }) => id === note.id && section.start === note.section.start);
  const hiddenTexts = (of: ParsedNote, { hidden }: VisibleNote) => hidden.map(({ start, end }) => of.text.slice(start, end).trim()).join('\0');
  const isSame = own !== undefined && textOf(text, own).trim() === content.trim() && hiddenTexts(after, own) === hiddenTexts(before, note) && publicOutside(before, path, isDuplicate, note) === publicOutside(after, path, isDuplicate, own);
  if (!isSame) throw new WheelhouseError('refused', 'This content cannot be written as it is. Keep the headings and the properties of the note, and try a smaller change.');
  return text;
}

/** Says what an LLM may not write. Everything that could open or close a note, or take another note's place, is the user's. */
function checkContent(path: string, seen: string, content: string, note: VisibleNote): void {
  const [old, next] = [parseNote(path, seen), parseNote(path, content)];
  if (next.problem !== undefined) throw new WheelhouseError('invalid-input', 'The content is not well-formed Unicode text.');
  if (markList(old) !== markList(next)) {
    throw new WheelhouseError('refused', 'Who may read a note is the user\'s to say. Keep the marks of visibility (PUBLIC and PRIVATE tags, properties PUBLIC and VISIBILITY, the frontmatter) exactly as they are in the text that note_get gave.');
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
  const show = ({ kind, name, value }: Mark) => `${kind} ${name} ${value}`;
  const list = note.sections.flatMap(({ marks }) => marks.map(show));
  // Lines that are marks in org's eyes, or could become some when text moves around them.
  const lines = note.text.split(/\r?\n/).flatMap((line) => {
    const tags = /^[ \t]*#\+filetags:(.*)$/i.exec(line)?.[1]?.split(/[:\s]+/).filter(isVisibilityTag);
    if (tags) return tags.length > 0 ? [`filetags ${tags.join(' ')}`] : [];
    return /^[ \t]*:(PUBLIC|VISIBILITY)\+?:/i.test(line) ? [line.trim()] : [];
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

/**
 * The hidden stretches go back to where they were, as far as that place still is there; a hidden
 * headline goes on to the next place where it does not take visible text below itself.
 */
function spliced(text: string, { section, hidden }: VisibleNote, seen: string, content: string): string {
  const [before, rest] = [text.slice(0, section.start), text.slice(section.end)];
  const change = difference(seen, content) ?? { start: seen.length, end: seen.length, text: '' };
  let offset = 0;
  let past = 0;
  let result = '';
  for (const { start, end, level } of hidden) {
    const at = start - section.start - offset;
    offset += end - start;
    const mapped = at <= change.start ? at : at >= change.end ? at + content.length - seen.length : change.start + change.text.length;
    const place = Math.max(past, nextPlace(content, Math.min(Math.max(0, mapped), content.length), level));
    result += content.slice(past, place);
    if (result !== '' && !result.endsWith('\n')) result += '\n';
    result += text.slice(start, end);
    if (!result.endsWith('\n') && place < content.length) result += '\n';
    past = place;
  }
  result += content.slice(past);
  if (rest !== '' && !result.endsWith('\n')) result += '\n';
  return before + result + rest;
}

/** The first place from `at` on where a headline of this level does not swallow text: before a headline as high as it, or at the end. */
function nextPlace(content: string, at: number, level: number | undefined): number {
  const pattern = level === undefined ? /^/gm : new RegExp(`^\\*{1,${level}} `, 'gm');
  pattern.lastIndex = at;
  return pattern.exec(content)?.index ?? content.length;
}
