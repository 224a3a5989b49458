/** Publishing and unpublishing, by the user only: the one place that writes the marks. */
import { frontmatterOf } from './markdown.ts';
import { isVisibilityTag } from './gate.ts';
import type { ParsedNote, Section } from './model.ts';
import { propertyMark, splitTags } from './org.ts';
import { linesOf, PLANNING, readable } from './orgLines.ts';

/**
 * The text of the file with the section made public or private. Only lines with marks change. The
 * caller asks the gate whether that was enough.
 *
 * @param isInPublic Whether what is around the section is public, so that it needs a mark to be private.
 */
export function withVisibility(note: ParsedNote, section: Section, toPublic: boolean, isInPublic = false): string {
  if (note.format === 'markdown') return markdown(note.text, toPublic);
  return section.level === 0 ? orgFile(note, toPublic) : orgHeadline(note, section, toPublic ? 'PUBLIC' : isInPublic ? 'PRIVATE' : undefined);
}

function orgFile({ text, sections }: ParsedNote, toPublic: boolean): string {
  const end = sections[1]?.start ?? text.length;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  let written = !toPublic;
  let inDrawer = false;
  const all = linesOf(text, 0, end);
  const read = new Set(readable(all, 0, { verses: false }));
  const lines = all.flatMap((line): string[] => {
    const whole = text.slice(line.start, line.end);
    if (/^[ \t]*:PROPERTIES:/i.test(line.text)) inDrawer = true;
    else if (/^[ \t]*:END:/i.test(line.text)) inDrawer = false;
    else if (inDrawer && propertyMark(line.text)) return [];
    const tags = read.has(line) ? /^([ \t]*#\+filetags:[ \t]*)(.*)$/i.exec(line.text) : null;
    if (!tags) return [whole];
    const kept = splitTags(tags[2] ?? '').filter((tag) => !isVisibilityTag(tag));
    if (!written) kept.unshift('PUBLIC');
    written = true;
    return kept.length === 0 ? [] : [`${tags[1] ?? ''}:${kept.join(':')}:${eol}`];
  });
  if (!written) {
    const at = placeOfTags(lines);
    const before = lines[at - 1];
    if (before !== undefined && !before.endsWith('\n')) lines[at - 1] = before + eol;
    lines.splice(at, 0, `#+filetags: :PUBLIC:${eol}`);
  }
  return lines.join('') + text.slice(end);
}

/** The index of the line that new file tags go before: below the drawer and the title, where org-roam puts them too. */
function placeOfTags(lines: readonly string[]): number {
  let place = 0;
  let inDrawer = false;
  lines.forEach((line, n) => {
    if (n === place && /^#[ \t]/.test(line)) place = n + 1;
    if (/^[ \t]*:PROPERTIES:/i.test(line) && n === place) inDrawer = true;
    if (inDrawer && /^[ \t]*:END:/i.test(line)) [inDrawer, place] = [false, n + 1];
    if (!inDrawer && /^#\+title:/i.test(line)) place = n + 1;
  });
  return place;
}

function orgHeadline({ text }: ParsedNote, { start, end }: Section, mark: string | undefined): string {
  const [head, ...below] = linesOf(text, start, end);
  if (head === undefined) return text;
  const match = /^(.*?)(?:[ \t]+:([\p{L}\p{M}\p{N}_@#%:]+):)?[ \t]*$/u.exec(head.text);
  const kept = splitTags(match?.[2] ?? '').filter((tag) => !isVisibilityTag(tag));
  if (mark !== undefined) kept.push(mark);
  let at = head.end;
  let drawer = '';
  const open = below.findIndex(({ text: line }) => /^[ \t]*:PROPERTIES:/i.test(line));
  if (open === 0 || (open === 1 && PLANNING.test(below[0]?.text ?? ''))) {
    for (const line of below) {
      if (!propertyMark(line.text)) drawer += text.slice(line.start, line.end);
      at = line.end;
      if (/^[ \t]*:END:/i.test(line.text)) break;
    }
  }
  const eol = text.slice(head.start + head.text.length, head.end);
  return `${text.slice(0, start)}${match?.[1] ?? head.text}${kept.length > 0 ? ` :${kept.join(':')}:` : ''}${eol}${drawer}${text.slice(at)}`;
}

function markdown(text: string, toPublic: boolean): string {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const { end } = frontmatterOf(text);
  if (end === 0) return toPublic ? `---${eol}public: true${eol}---${eol}${eol}${text}` : text;
  let name = '';
  const lines = linesOf(text, 0, end).flatMap((line, at): string[] => {
    const whole = text.slice(line.start, line.end);
    const pair = /^([\w-]+)[ \t]*:(.*)$/.exec(line.text);
    if (pair) name = (pair[1] ?? '').toLowerCase();
    if (at === 0) return toPublic ? [whole, `public: true${eol}`] : [whole];
    if (/^(public|private|visibility)$/.test(name) && !/^(---|\.\.\.)/.test(line.text)) return [];
    if (!/^tags?$/.test(name)) return [whole];
    if (!pair) return /^[ \t]*(?:-[ \t]+)?["']?#?(public|private|private\/[^\s,"']+)["']?,?[ \t]*$/i.test(line.text) ? [] : [whole];
    if (!/public|private/i.test(pair[2] ?? '')) return [whole];
    const kept = (pair[2] ?? '').replace(/[[\]]/g, ' ').split(/[,\s]+/).filter((tag) => tag !== '' && !isVisibilityTag(tag.replace(/^["']?#?|["']$/g, '')));
    return [`${pair[1] ?? ''}: [${kept.join(', ')}]${eol}`];
  });
  return lines.join('') + text.slice(end);
}
