/** How prompts are printed: as prompt_tracker prints them. */
import { plain } from '../../../core/base/plain.ts';
import { localDateTime, pythonJson, starsOf, type Prompt, type PromptJson, type PromptStats, type PromptProject, type WordCount } from '../../../core/prompts/index.ts';
import { systemClock } from '../../../adapters/node/clock.ts';

const SHOWN = 80;
const TOP_PROJECTS = 10;

function onOneLine(text: string): string {
  return plain(text.replace(/\s*[\r\n\u2028\u2029]+\s*/g, ' ').replaceAll('\t', ' '));
}

/** A prompt and all about it, unchanged: for the user and the user's own programs. */
export function ownJson(prompt: Prompt): PromptJson {
  const { id, at, text, project, rating, note, pasted, session, agent } = prompt;
  return { id, timestamp: at, display: text, project, rating: rating ?? null, note: note ?? null, pasted_contents: pythonJson(JSON.parse(pasted)), sessionId: session, agent };
}

export function listText(prompts: readonly Prompt[]): string {
  if (prompts.length === 0) return 'No prompts found';
  return prompts.map(lineOf).join('\n');
}

function lineOf({ id, at, text, rating, note }: Prompt): string {
  const characters = Array.from(onOneLine(text.slice(0, 4 * SHOWN + 400)));
  const isLonger = characters.length > SHOWN || text.length > 4 * SHOWN + 400;
  const head = `[${String(id).padStart(4)}] ${starsOf(rating)} ${localDateTime(at, systemClock).slice(0, 16)} - ${characters.slice(0, SHOWN).join('')}${isLonger ? '...' : ''}`;
  return note === undefined ? head : `${head}\n       Note: ${onOneLine(note)}`;
}

export function showText({ id, at, rating, project, note, text }: Prompt): string {
  return [
    `ID:        ${id}`,
    `Timestamp: ${localDateTime(at, systemClock)}`,
    `Rating:    ${starsOf(rating)}`,
    `Project:   ${project === '' ? 'N/A' : onOneLine(project)}`,
    ...(note === undefined ? [] : [`Note:      ${plain(note)}`]),
    '',
    'Prompt:',
    plain(text.replace(/\r\n?/g, '\n')),
  ].join('\n');
}

export function statsText({ total, rated, mean, distribution, projects }: PromptStats): string {
  const share = total === 0 ? 0 : (100 * rated) / total;
  const rows = distribution.map((count, n) => ({ count, stars: starsOf(n + 1) })).filter(({ count }) => count > 0);
  // One block for each prompt, as ever, but no line runs over a screen by more than it must.
  const most = Math.max(1, ...distribution);
  const bar = (count: number) => '█'.repeat(most <= 200 ? count : Math.max(1, Math.round((200 * count) / most)));
  return [
    `Total prompts: ${total}`,
    `Rated prompts: ${rated} (${share.toFixed(1)}%)`,
    `Average rating: ${mean.toFixed(2)}`,
    '',
    'Rating distribution:',
    ...rows.map(({ count, stars }) => `  ${stars} ${String(count).padStart(4)} ${bar(count)}`),
    ...(projects.length === 0 ? [] : ['', 'Top projects by prompt count:', ...projects.slice(0, TOP_PROJECTS).map((project) => `  ${String(project.count).padStart(4)} ${projectName(project)}`)]),
  ].join('\n');
}

function projectName({ path, label }: PromptProject): string {
  return onOneLine(path === '' ? label : `${label}  ${path}`);
}

export function wordsText(words: readonly WordCount[]): string {
  return words.length === 0 ? 'No prompts found' : words.map(({ word, count }) => `${String(count).padStart(6)}  ${plain(word)}`).join('\n');
}
