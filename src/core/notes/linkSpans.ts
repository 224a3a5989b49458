/** The links of a text as they stand in it, for an editor: what the cursor is on, and what a rename changes. */
import { blanked, frontmatterOf, proseOf } from './markdown.ts';
import { markdownLinks } from './markdownLinks.ts';
import type { LinkSpan, NoteFormat } from './model.ts';
import { orgLinks } from './orgLinks.ts';
import { linesOf, readable } from './orgLines.ts';

/** From the first to the last. Code and comments have none. */
export function linkSpans(format: NoteFormat, text: string): LinkSpan[] {
  if (format === 'org') return orgLinks(readable(linesOf(text), 0));
  const { end } = frontmatterOf(text);
  return markdownLinks(blanked(text.slice(0, end)) + proseOf(text.slice(end), blanked)).sort((a, b) => a.start - b.start);
}

/** The link that an offset lies in. */
export function linkAt(format: NoteFormat, text: string, offset: number): LinkSpan | undefined {
  return linkSpans(format, text).find(({ start, end }) => offset >= start && offset <= end);
}
