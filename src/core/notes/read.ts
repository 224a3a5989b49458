import { parseMarkdown } from './markdown.ts';
import { parseOrg } from './org.ts';
import type { NoteFormat, ParsedNote } from './model.ts';

export function formatOf(path: string): NoteFormat {
  return /\.org$/i.test(path) ? 'org' : 'markdown';
}

/** Never throws: whatever is in a file is a note, and what is in doubt is said in `problem` and `marks`. */
export function parseNote(path: string, text: string): ParsedNote {
  return formatOf(path) === 'org' ? parseOrg(path, text) : parseMarkdown(path, text);
}
