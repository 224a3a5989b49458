import { WheelhouseError } from '../base/errors.ts';
import { isNewId } from './ids.ts';
import type { NoteFormat, ParsedNote } from './model.ts';
import { parseNote } from './read.ts';

export interface NewNote {
  readonly id: string;
  readonly title: string;
  /** Org or Markdown; may have its own head (`#+title`, frontmatter). */
  readonly content: string;
  readonly tags: readonly string[];
  /** The id that an LLM asked for, when it got another because that is taken. */
  readonly askedId?: string;
}

export function askedId({ sections: [file] }: ParsedNote): string | undefined {
  return file.properties['ASKED_ID'];
}

/**
 * The text of a new note. In org it begins with the drawer that org-roam knows a note by; what the
 * content has already, such as a `#+title`, stays and is not written twice.
 *
 * @throws WheelhouseError `invalid-input` for an id, a title or a tag that cannot be written.
 */
export function newNoteText(note: NewNote, format: NoteFormat): string {
  checkNewNote(note, format);
  const content = note.content.replace(/^\ufeff/, '');
  return format === 'org' ? newOrg(note, content) : newMarkdown(note, content);
}

export function checkNewNote({ id, title, tags }: NewNote, format: NoteFormat): void {
  if (!isNewId(id)) throw new WheelhouseError('invalid-input', `A note's id has letters (a-z), digits, - and _, at most 100, such as mcp-server-patterns: ${JSON.stringify(id)} cannot be one.`);
  if (title.trim() === '' || /[\r\n]/.test(title)) throw new WheelhouseError('invalid-input', 'A note needs a title of one line.');
  const bad = tags.find((tag) => !(format === 'org' ? /^[\p{L}\p{N}_@#%]+$/u : /^[\p{L}\p{N}_/-]+$/u).test(tag));
  if (bad !== undefined) throw new WheelhouseError('invalid-input', `${JSON.stringify(bad)} cannot be a tag. Use letters, digits and _${format === 'org' ? ', @, #, %' : ', /, -'}.`);
}

function newOrg({ id, title, tags, askedId }: NewNote, given: string): string {
  const asked = askedId === undefined ? '' : `:ASKED_ID: ${askedId}\n`;
  // A drawer that is there already, such as one with ROAM_REFS, takes the id: Org reads the first one only.
  const idIn = (text: string) => parseNote('note.org', text).sections[0].id;
  const into = given.replace(/^[ \t]*:PROPERTIES:[ \t]*\r?\n/i, (line) => `${line}:ID:       ${id}\n${asked}`);
  const content = idIn(given) === undefined && idIn(into) === id ? into : given;
  const has = parseNote('note.org', content).sections[0];
  checkOwnId(has.id, id);
  const head = has.id === undefined ? `:PROPERTIES:\n:ID:       ${id}\n${asked}:END:\n` : '';
  const titled = /^[ \t]*#\+title:/im.test(content.split(/^\*+ /m, 1)[0] ?? '');
  const missing = tags.filter((tag) => !has.tags.includes(tag));
  const lines = `${titled ? '' : `#+title: ${title.trim()}\n`}${missing.length > 0 ? `#+filetags: :${missing.join(':')}:\n` : ''}`;
  if (has.id === undefined) return ended(`${head}${lines}${lines !== '' && !titled && content !== '' ? '\n' : ''}${content}`);
  const end = /^[ \t]*:END:[ \t]*\r?\n/im.exec(content);
  const at = end ? end.index + end[0].length : 0;
  return ended(content.slice(0, at) + lines + content.slice(at));
}

function newMarkdown({ id, title, tags, askedId }: NewNote, content: string): string {
  const asked = askedId === undefined ? '' : `asked_id: ${askedId}\n`;
  if (/^---[ \t]*\r?\n/.test(content)) {
    const own = parseNote('note.md', content).sections[0];
    checkOwnId(own.id, id);
    const has = (name: string) => own.properties[name] !== undefined;
    if (tags.length > 0 && has('TAGS')) throw new WheelhouseError('invalid-input', 'The content has tags of its own. Add the tags there, or leave them out here.');
    const lines = `${has('ID') ? '' : `id: ${id}\n`}${asked}${has('TITLE') ? '' : `title: ${JSON.stringify(title.trim())}\n`}${tags.length > 0 ? `tags: [${tags.join(', ')}]\n` : ''}`;
    return ended(content.replace(/^---[ \t]*\r?\n/, (line) => line + lines));
  }
  return ended(`---\nid: ${id}\n${asked}title: ${JSON.stringify(title.trim())}\n${tags.length > 0 ? `tags: [${tags.join(', ')}]\n` : ''}---\n\n${content}`);
}

function checkOwnId(own: string | undefined, id: string): void {
  if (own !== undefined && own !== id) throw new WheelhouseError('invalid-input', `The content has the id ${JSON.stringify(own)} already. Create the note under that id, or take the line out.`);
}

function ended(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`;
}
