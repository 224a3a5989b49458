import type { Clock } from '../../ports/clock.ts';
import { fenced, starsOf } from '../interop/note.ts';
import { localDateTime } from '../interop/localTime.ts';
import { orgBody, orgValue } from '../interop/orgText.ts';
import { normalLines, oneLine } from '../interop/plainText.ts';
import { redact } from '../interop/redact.ts';
import type { Prompt } from '../model.ts';
import { nearDuplicates } from './nearDuplicates.ts';

export interface ExampleOptions {
  readonly minRating?: number;
  /** Only of this folder. */
  readonly project?: string;
  readonly limit?: number;
}

/** Of so many candidates, the best, those that say the same are found. */
const MOST_CANDIDATES = 2000;

/**
 * The best prompts, each kind once: by rating, those with a note first, then the newest. Text and
 * note are redacted.
 */
export function examplesOf(prompts: readonly Prompt[], { minRating = 4, project, limit = 20 }: ExampleOptions = {}): Prompt[] {
  const good = prompts
    .filter((prompt) => (prompt.rating ?? 0) >= minRating && prompt.text.trim() !== '' && (project === undefined || prompt.project === project))
    .sort((a, b) => (b.rating ?? 0) - (a.rating ?? 0) || Number(b.note !== undefined) - Number(a.note !== undefined) || b.at - a.at)
    .slice(0, MOST_CANDIDATES);
  return nearDuplicates(good.map(({ text }) => text))
    .slice(0, limit)
    .map(([best = 0]) => good[best])
    .filter((prompt) => prompt !== undefined)
    .map((prompt) => ({ ...prompt, text: redact(prompt.text), note: prompt.note === undefined ? undefined : redact(prompt.note), pasted: '{}' }));
}

export interface ExamplesNote {
  readonly id: string;
  /** One line. */
  readonly title: string;
  readonly format: 'org' | 'markdown';
}

/** Examples as a note to read, to share, or to give to a model. Nothing makes it public. */
export function examplesNote(examples: readonly Prompt[], { id, title, format }: ExamplesNote, clock: Pick<Clock, 'offsetMinutes'>): string {
  const facts = ({ rating, at, project }: Prompt) => [starsOf(rating), localDateTime(at, clock).slice(0, 10), lastPart(project)].filter((part) => part !== '').join(' · ');
  if (format === 'org') {
    const sections = examples.map((prompt, i) => `* Example ${i + 1}\n${orgValue(facts(prompt))}\n\n${orgBody(redact(prompt.text))}\n${prompt.note === undefined ? '' : `\n** Why it worked\n\n${orgBody(redact(prompt.note))}\n`}`);
    return `:PROPERTIES:\n:ID:       ${id}\n:END:\n#+TITLE: ${orgValue(title)}\n\n${sections.join('\n')}`;
  }
  const sections = examples.map((prompt, i) => `## Example ${i + 1}\n\n${inline(facts(prompt))}\n\n${fenced(normalLines(redact(prompt.text)))}\n${prompt.note === undefined ? '' : `\nWhy it worked:\n\n${fenced(normalLines(redact(prompt.note)))}\n`}`);
  return `---\nid: ${JSON.stringify(id)}\ntitle: ${JSON.stringify(oneLine(title))}\n---\n\n${sections.join('\n')}`;
}

function lastPart(path: string): string {
  return path.split(/[/\\]/).findLast((part) => part !== '') ?? '';
}

/** A line of Markdown in which nothing is markup. */
function inline(text: string): string {
  return oneLine(text).replace(/[\\`*_{}[\]<>()#+.!|~&-]/g, '\\$&');
}
