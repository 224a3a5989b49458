/**
 * Renaming a note: its title, its id, or the file that it is called by, and what links to it.
 * All functions give replacements, so that an editor can apply them as one step that can be undone.
 */
import type { Replacement } from '../base/difference.ts';
import { WheelhouseError } from '../base/errors.ts';
import { slugOf, stemOf } from './ids.ts';
import { linkSpans } from './linkSpans.ts';
import type { LinkSpan, NoteFormat, ParsedNote, Section } from './model.ts';
import { namePlaces, type NamePlaces } from './namePlaces.ts';
import { formatOf, parseNote } from './read.ts';

interface Change {
  readonly from: string;
  readonly to: string;
}

/** What is to change; what is left out stays. */
export interface NewNames {
  readonly id?: Change;
  readonly title?: Change;
  /** The file's name without its ending. */
  readonly stem?: Change;
}

/**
 * The replacements in the note's own text, without the links in it.
 * @throws WheelhouseError `invalid-input` for a title that cannot be written there; `refused` when
 *   the text does not say the new names and only them afterwards.
 */
export function renamedNote(note: ParsedNote, section: Section, path: string, { id, title }: NewNames): Replacement[] {
  const places = namePlaces(note, section);
  const replacements: Replacement[] = [];
  if (id && places.id) replacements.push({ ...places.id, text: id.to });
  if (title) replacements.push(titleReplacement(note, section, places, title.to));
  const after = parseNote(path, applied(note.text, replacements));
  const at = note.sections.indexOf(section);
  const own = after.sections[at];
  const others = (parsed: ParsedNote) => parsed.sections.map((each, n) => (n === at ? '' : `${each.level} ${each.title} ${each.id ?? ''}`)).join('\n');
  const marks = (parsed: ParsedNote) => JSON.stringify(parsed.sections.map((each) => [each.marks, each.tags]));
  const hasNewNames = own?.title === (title?.to ?? section.title) && (!id || !places.id || own.id === id.to);
  const hasOnlyThose = marks(after) === marks(note) && others(after) === others(note);
  if (!hasNewNames || !hasOnlyThose) throw new WheelhouseError('refused', `${JSON.stringify(title?.to ?? id?.to ?? '')} cannot be written here without changing more than the name. Choose another, or edit the note by hand.`);
  return replacements;
}

function titleReplacement(note: ParsedNote, section: Section, places: NamePlaces, title: string): Replacement {
  if (title.trim() !== title || title === '' || /[\r\n]/.test(title)) throw new WheelhouseError('invalid-input', 'A note needs a title of one line.');
  const eol = note.text.includes('\r\n') ? '\r\n' : '\n';
  if (note.format === 'org') {
    if (places.title) return { ...places.title, text: title };
    if (section.level > 0) throw new WheelhouseError('refused', 'This headline has links in it. Rename it by hand.');
    return { start: places.head, end: places.head, text: `#+title: ${title}${eol}` };
  }
  if (places.title) return { start: places.title.start, end: places.title.end, text: places.isFrontmatter ? scalar(title) : title };
  if (places.head > 0) return { start: places.head, end: places.head, text: `title: ${scalar(title)}${eol}` };
  return { start: 0, end: 0, text: `# ${title}${eol}${eol}` };
}

/** A value of frontmatter as YAML and our reader both read it. */
function scalar(text: string): string {
  if (/^[\p{L}\p{N}]/u.test(text) && !/:(\s|$)|\s#/.test(text) && !/^(true|false|yes|no|null|on|off|[\d.eE+-]+)$/i.test(text)) return text;
  if (!/["\\]/.test(text)) return `"${text}"`;
  if (!text.includes("'")) return `'${text}'`;
  throw new WheelhouseError('invalid-input', 'A title with both kinds of quotes cannot begin like this. Begin it with a letter.');
}

/**
 * The replacements in any text that links to the note.
 * @param leadsHere Whether a link leads to the note that is renamed.
 */
export function renamedLinks(path: string, text: string, names: NewNames, stem: string, leadsHere: (link: LinkSpan) => boolean): Replacement[] {
  const format = formatOf(path);
  return linkSpans(format, text).filter(leadsHere).flatMap((link) => {
    const name = newName(format, text.slice(link.nameStart, link.nameEnd), link, names, stem);
    const described = names.title && link.descriptionStart !== undefined && link.descriptionEnd !== undefined && link.description === names.title.from;
    return [
      ...(name === undefined ? [] : [{ start: link.nameStart, end: link.nameEnd, text: name }]),
      ...(described ? [{ start: link.descriptionStart, end: link.descriptionEnd, text: description(names.title.to) }] : []),
    ].sort((a, b) => a.start - b.start);
  });
}

/** What stands in the link in place of `written`; undefined when it stays. */
function newName(format: NoteFormat, written: string, link: LinkSpan, { id, title, stem: newStem }: NewNames, stem: string): string | undefined {
  if (link.kind === 'id') return id && link.target === id.from ? escaped(id.to) : undefined;
  if (link.kind === 'file') {
    const folder = written.lastIndexOf('/') + 1;
    const ending = /\.[^./]*$/.exec(written)?.[0] ?? '';
    if (!newStem) return undefined;
    return written.slice(0, folder) + (format === 'org' ? escaped(newStem.to) : encodeURIComponent(newStem.to)) + ending;
  }
  const slug = slugOf(link.target);
  const isStem = slug === slugOf(stem) || slug === slugOf(stem.replace(/^\d{14}-/, ''));
  if (isStem) return newStem ? named(format, newStem.to) : undefined;
  if (!title || slug !== slugOf(title.from)) return undefined;
  // A title that a link cannot hold, or that is no name at all, gives way to the file's name.
  const isName = slugOf(title.to) !== '' && (format === 'org' ? !/^[*#]|^[a-z][a-z0-9+-]*:|^(\.{0,2}|~)\//i.test(title.to) : !/[[\]|#/]/.test(title.to));
  return named(format, isName ? title.to : (newStem?.to ?? stem));
}

function named(format: NoteFormat, name: string): string {
  return format === 'org' ? escaped(name) : name;
}

/** As Org writes targets. */
export function escaped(target: string): string {
  return target.replace(/[[\]]/g, '\\$&');
}

/** A title as the text of a link. */
export function description(title: string): string {
  return title.replace(/[[\]|\r\n]/g, ' ').replace(/\s+/g, ' ').trim();
}

/** A text after replacements, which do not overlap. */
export function applied(text: string, replacements: readonly Replacement[]): string {
  let result = '';
  let at = 0;
  for (const { start, end, text: put } of [...replacements].sort((a, b) => a.start - b.start)) {
    result += text.slice(at, start) + put;
    at = end;
  }
  return result + text.slice(at);
}

/**
 * A link to a note, to be written into another one: `[[id:X][Title]]` in org, `[[name|Title]]` in Markdown.
 * @param from The format of the note that it is written into. @param hasOwnId Whether the note has an ID of its own, which Org can find it by.
 * @param describes Whether links there have a text of their own. @param folder That tells the note from another file of the same name. @param relativePath Of the note, from the folder of the one that links.
 */
export function linkText(from: NoteFormat, note: { readonly id: string; readonly title: string; readonly path: string; readonly kind: 'file' | 'heading' }, { hasOwnId, describes, folder }: { readonly hasOwnId: boolean; readonly describes: boolean; readonly folder?: string }, relativePath: string): string {
  const title = description(note.title) || note.id;
  if (from === 'org') return hasOwnId ? `[[id:${escaped(note.id)}][${title}]]` : `[[file:${escaped(relativePath)}][${title}]]`;
  const name = note.kind === 'heading' ? title : stemOf(note.path);
  const place = folder === undefined ? '' : `${folder}/`;
  return describes && slugOf(name) !== slugOf(title) ? `[[${place}${name}|${title}]]` : `[[${place}${name}]]`;
}
