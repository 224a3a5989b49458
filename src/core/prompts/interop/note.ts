import { WheelhouseError } from '../../base/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Prompt } from '../model.ts';
import { localDateTime } from './localTime.ts';
import { orgBody, orgTag, orgValue } from './orgText.ts';
import { cutTo, normalLines, oneLine } from './plainText.ts';
import { redact } from './redact.ts';

export interface NoteOptions {
  /** Default `prompt-20251002-101320`, the local time of the prompt. */
  readonly id?: string;
  readonly tags?: readonly string[];
}

/** A prompt as a note, redacted, in its parts. Nothing in it makes a note public but a tag that the user gave. */
export interface PromptNote {
  readonly id: string;
  /** One line. */
  readonly title: string;
  readonly tags: readonly string[];
  readonly promptId: number;
  /** `YYYY-MM-DD HH:MM:SS`, local. */
  readonly date: string;
  /** Five stars, filled or not. */
  readonly stars: string;
  /** Empty when unknown. */
  readonly project: string;
  readonly text: string;
  /** Empty without one. */
  readonly note: string;
}

/** @throws WheelhouseError `invalid-input` for an id that is no name of a file. */
export function promptNote(prompt: Prompt, clock: Pick<Clock, 'offsetMinutes'>, { id, tags = [] }: NoteOptions = {}): PromptNote {
  const date = localDateTime(prompt.at, clock);
  const text = normalLines(redact(prompt.text));
  return {
    id: id === undefined ? `prompt-${date.replaceAll(/[-:]/g, '').replace(' ', '-')}` : checkedNoteId(id),
    // The original cuts first; a line end within the first characters would end its title.
    title: orgValue(cutTo(60, text)) || `Prompt #${prompt.id}`,
    tags: [...new Set(tags.map(orgTag).filter((tag) => tag !== ''))],
    promptId: prompt.id,
    date,
    stars: starsOf(prompt.rating),
    project: oneLine(prompt.project),
    text,
    note: normalLines(redact(prompt.note ?? '')),
  };
}

/** `★★★☆☆`; five hollow ones when unrated. */
export function starsOf(rating: number | undefined): string {
  return '★'.repeat(rating ?? 0) + '☆'.repeat(5 - (rating ?? 0));
}

/** @throws WheelhouseError `invalid-input` */
export function checkedNoteId(id: string): string {
  if (/^[\p{L}\p{N}_][\p{L}\p{N}._-]{0,99}$/u.test(id) && !id.includes('..')) return id;
  throw new WheelhouseError('invalid-input', `"${oneLine(id).slice(0, 60)}" cannot be the id of a note. Use up to 100 letters, digits, dots, dashes and underscores, such as prompt-patterns.`);
}

/** The note as the original gives it to memento, which adds the id and the tags itself. No final newline, as there. */
export function orgNoteBody(note: PromptNote): string {
  return [
    `#+TITLE: ${note.title}`,
    `#+DATE: ${note.date}`,
    `#+PROMPT_ID: ${note.promptId}`,
    `#+RATING: ${note.stars}`,
    ...(note.tags.length > 0 ? [`#+TAGS: ${note.tags.join(' ')}`] : []),
    ...(note.project === '' ? [] : [`#+PROJECT: ${orgValue(note.project)}`]),
    '',
    '* Prompt',
    '',
    orgBody(note.text),
    ...(note.note === '' ? [] : ['', '* Notes', '', orgBody(note.note)]),
  ].join('\n');
}

/** The note as a file of a folder of Org notes: what memento and org-roam need comes first. */
export function orgNoteFile(note: PromptNote): string {
  const filetags = note.tags.length > 0 ? `#+FILETAGS: :${note.tags.join(':')}:\n` : '';
  return `:PROPERTIES:\n:ID:       ${note.id}\n:END:\n${filetags}${orgNoteBody(note)}\n`;
}

/** The same for a folder of Markdown notes: front matter (YAML), and the text fenced, so that nothing in it is markup. */
export function markdownNoteFile(note: PromptNote): string {
  const fields: readonly [string, string][] = [
    ['id', yamlText(note.id)],
    ['title', yamlText(note.title)],
    ['date', yamlText(note.date)],
    ['prompt_id', String(note.promptId)],
    ['rating', yamlText(note.stars)],
    ...(note.tags.length > 0 ? [['tags', `[${note.tags.map(yamlText).join(', ')}]`] as [string, string]] : []),
    ...(note.project === '' ? [] : [['project', yamlText(note.project)] as [string, string]]),
  ];
  const front = fields.map(([name, value]) => `${name}: ${value}\n`).join('');
  const notes = note.note === '' ? '' : `\n# Notes\n\n${fenced(note.note)}\n`;
  return `---\n${front}---\n\n# Prompt\n\n${fenced(note.text)}\n${notes}`;
}

/** JSON is YAML, but for a few characters that YAML wants escaped. */
function yamlText(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** A code block whose fence is longer than any in the text. */
export function fenced(text: string): string {
  let longest = 2;
  for (const [ticks] of text.matchAll(/`{3,}/g)) longest = Math.max(longest, ticks.length);
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}
