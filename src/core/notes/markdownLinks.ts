/** Links in Markdown prose, with where they stand: first the wiki links, then those to files. */
import { NOTE_ENDING } from './ids.ts';
import type { LinkSpan } from './model.ts';

/** What Obsidian shows of these is the file. Other names with a dot are those of notes (`[[node.js]]`). */
const ATTACHMENT = /\.(png|jpe?g|gif|svg|webp|bmp|avif|pdf|mp3|wav|m4a|ogg|flac|3gp|mp4|webm|mov|mkv|ogv|canvas|base|zip|csv|docx?|xlsx?|pptx?)$/i;

/** @param prose Without code and comments; offsets are those in it. */
export function markdownLinks(prose: string): LinkSpan[] {
  const links: LinkSpan[] = [];
  for (const match of prose.matchAll(/(!?)\[\[([^[\]\n]{1,500})\]\]/g)) {
    const [whole, bang = '', inner = ''] = match;
    const [target = '', description] = inner.split('|');
    // `[[#Heading]]` and `[[#^block]]` stay inside the file.
    const path = target.split('#')[0] ?? '';
    if (path.trim() === '' || ATTACHMENT.test(path.trim())) continue;
    const before = path.length - path.trimStart().length + (path.trim().lastIndexOf('/') + 1);
    const name = path.slice(before).trimEnd().replace(NOTE_ENDING, '');
    const folder = path.slice(0, before).trim().split('/').filter((part) => !/^\.{0,2}$/.test(part)).join('/');
    const start = match.index + bang.length;
    const nameStart = start + 2 + before;
    links.push({
      kind: 'title', target: name, ...(folder !== '' && { folder }), description: (description ?? '').trim(),
      start, end: match.index + whole.length, nameStart, nameEnd: nameStart + name.length,
      ...(description !== undefined && { descriptionStart: start + 2 + target.length + 1, descriptionEnd: start + 2 + target.length + 1 + description.length }),
    });
  }
  for (const match of prose.matchAll(/\[([^[\]\n]{0,500})\]\((<?)([^)\s>]{1,1000})>?(?:[ \t]+"[^"\n]{0,500}")?\)/g)) {
    const [whole, description = '', open = '', target = ''] = match;
    const written = target.split('#')[0] ?? '';
    const file = decoded(written);
    if (!NOTE_ENDING.test(file) || /^[a-z][a-z0-9+.-]*:/i.test(file)) continue;
    const start = match.index;
    const nameStart = start + 1 + description.length + 2 + open.length;
    links.push({ kind: 'file', target: file, description, start, end: start + whole.length, nameStart, nameEnd: nameStart + written.length, descriptionStart: start + 1, descriptionEnd: start + 1 + description.length });
  }
  return links;
}

/** A path or an anchor as it is meant, or as it is written when it has a stray percent sign. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
