/** Links in lines of org text, with where they stand. */
import { NOTE_ENDING } from './ids.ts';
import type { LinkSpan, NoteLink } from './model.ts';
import type { Line } from './orgLines.ts';

export const ORG_LINK = /\[\[((?:[^\][\\]|\\.|\](?!\]|\[)){1,2000})\](?:\[([^\n]{0,2000}?)\])?\]/g;
/** =verbatim= and ~code~: a link in there is none. */
const CODE = /(^|[\s({'"-])([=~])(\S(?:.{0,1000}?\S)?)\2(?=[\s)}'".,:;!?-]|$)/g;

export function orgLinks(lines: readonly Line[]): LinkSpan[] {
  const links: LinkSpan[] = [];
  for (const line of lines) {
    if (!line.text.includes('[[') || /^[ \t]*#\+/.test(line.text)) continue;
    const prose = line.text.replace(CODE, (whole, before: string) => before + ' '.repeat(whole.length - before.length));
    for (const match of prose.matchAll(ORG_LINK)) {
      const [whole, raw = '', described] = match;
      const link = linkTo(unescaped(raw));
      if (!link) continue;
      const start = line.start + match.index;
      const name = nameIn(raw, link.kind);
      const descriptionStart = described === undefined ? undefined : start + 2 + raw.length + 2;
      links.push({
        ...link,
        description: described === undefined ? '' : line.text.slice(match.index + 4 + raw.length, match.index + whole.length - 2),
        start,
        end: start + whole.length,
        nameStart: start + 2 + name.start,
        nameEnd: start + 2 + name.end,
        ...(descriptionStart !== undefined && { descriptionStart, descriptionEnd: start + whole.length - 2 }),
      });
    }
  }
  return links;
}

function unescaped(raw: string): string {
  return raw.replace(/\\([[\]\\])/g, '$1');
}

/** The part of a written target that names the note: without the type and the search behind `::`. */
function nameIn(raw: string, kind: NoteLink['kind']): { start: number; end: number } {
  const start = /^(?:id|file|roam):/i.exec(raw)?.[0].length ?? 0;
  const search = kind === 'title' ? -1 : raw.indexOf('::', start);
  return { start, end: search < 0 ? raw.length : search };
}

function linkTo(target: string): Pick<NoteLink, 'kind' | 'target'> | undefined {
  const [, type, rest = ''] = /^([a-z][a-z0-9+-]*):(.*)$/i.exec(target) ?? [];
  if (type === 'id') return { kind: 'id', target: rest.replace(/::.*$/, '') };
  if (type === 'file') return fileLink(rest);
  if (type === 'roam') return { kind: 'title', target: rest };
  if (type !== undefined) return undefined;
  if (/^(\.{0,2}|~)\//.test(target)) return fileLink(target);
  // `*Heading` and `#custom-id` stay inside the file.
  return /^[*#]/.test(target) ? undefined : { kind: 'title', target };
}

/** Links to pictures, code and folders are none between notes. */
function fileLink(target: string): Pick<NoteLink, 'kind' | 'target'> | undefined {
  const path = target.replace(/::.*$/, '');
  return NOTE_ENDING.test(path) ? { kind: 'file', target: path } : undefined;
}
