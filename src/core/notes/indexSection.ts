/** The generated part of an index note, between two marks; the text around it is the user's. */
import { isVisibilityTag } from './gate.ts';
import type { NoteEntry, NoteFormat } from './model.ts';

export const INDEX_ID = 'memento-notes-index';

const BEGIN = /^(?:# |<!-- )wheelhouse:index begin\b.*$/m;
const END = /^(?:# |<!-- )wheelhouse:index end\b.*(?:\r?\n|$)/m;
/** Without a tag, notes stand under this. */
const REST = 'other';

function marksOf(format: NoteFormat): readonly [string, string] {
  const [open, close] = format === 'org' ? ['# ', ''] : ['<!-- ', ' -->'];
  return [`${open}wheelhouse:index begin (written by Wheelhouse; change the text around it)${close}`, `${open}wheelhouse:index end${close}`];
}

/** Where generated lists stand, marks included. One without an end goes up to the end of the text. */
export function generatedSpans(text: string): { start: number; end: number }[] {
  const spans: { start: number; end: number }[] = [];
  if (!text.includes('wheelhouse:index begin')) return spans;
  for (let from = 0; from < text.length; ) {
    const begin = BEGIN.exec(text.slice(from));
    if (!begin) break;
    const start = from + begin.index;
    const end = END.exec(text.slice(start));
    from = end ? start + end.index + end[0].length : text.length;
    spans.push({ start, end: from });
  }
  return spans;
}

/** The list: under each tag, as a use case, the notes that have it. */
export function indexText(notes: readonly NoteEntry[], format: NoteFormat): string {
  const byTag = new Map<string, NoteEntry[]>();
  for (const note of notes) {
    if (note.id === INDEX_ID) continue;
    const tags = note.tags.filter((tag) => !isVisibilityTag(tag));
    for (const tag of tags.length > 0 ? tags : [REST]) byTag.set(tag, [...(byTag.get(tag) ?? []), note]);
  }
  const order = [...byTag.keys()].sort((a, b) => Number(a === REST) - Number(b === REST) || (a < b ? -1 : 1));
  const [head, sub] = format === 'org' ? ['*', '**'] : ['##', '###'];
  const link = ({ id, title, path }: NoteEntry) => {
    const label = title.replace(/[[\]\r\n|]/g, ' ').trim() || id;
    return format === 'org' ? `[[id:${id.replace(/[[\]]/g, '')}][${label}]] (=${id}=)` : `[[${path.split(/[/\\]/).at(-1)?.replace(/\.\w+$/, '') ?? id}|${label}]] (\`${id}\`)`;
  };
  const parts = order.map((tag) => `${sub} ${tag}\n${(byTag.get(tag) ?? []).map((note) => `- ${link(note)}\n`).join('')}`);
  return `${head} Quick lookup by use case\n${parts.length === 0 ? 'No note is public yet.\n' : parts.join('')}`;
}

/** A text with its generated section brought up to date; at the end of the text when it had none. */
export function withIndex(text: string, list: string, format: NoteFormat): string {
  const [begin, end] = marksOf(format);
  const section = `${begin}\n${list}${end}\n`;
  const [span] = generatedSpans(text);
  if (span) return text.slice(0, span.start) + section + text.slice(span.end);
  return `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${text === '' ? '' : '\n'}${section}`;
}
