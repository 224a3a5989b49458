/** Commands on single prompts: finding, stars, notes. */
import * as vscode from 'vscode';
import { promptJson } from '../../../core/prompts/index.ts';
import type { Argument, Result } from '../support/commands.ts';
import { choosePrompt, findPrompt } from './choosePrompt.ts';
import type { Face } from './face.ts';
import { count, lineOf, stars } from './promptText.ts';

const MOST_FOUND = 100;

/** With a text, what is found; without, the user searches, and the timeline shows what they choose. */
export function search(face: Face, argument: Argument<'wheelhouse.prompts.search'> | undefined): Promise<Result<'wheelhouse.prompts.search'>> {
  return face.use(async (prompts) => {
    if (typeof argument?.text === 'string') {
      const { top } = await prompts.search({ text: argument.text });
      return Promise.all(top.slice(0, argument.limit ?? MOST_FOUND).map(async ({ id }) => promptJson(await prompts.get(id))));
    }
    const id = await findPrompt(prompts, 'Search Prompts');
    if (id === undefined) return undefined;
    face.page.show({ tab: 'timeline', prompt: id });
    return [promptJson(await prompts.get(id))];
  });
}

export function rate(face: Face, argument: Argument<'wheelhouse.prompts.rate'> | undefined): Promise<Result<'wheelhouse.prompts.rate'>> {
  return face.use(async (prompts) => {
    const id = await choosePrompt(prompts, argument?.id, 'Rate Prompt');
    if (id === undefined) return undefined;
    const { text, rating: now } = await prompts.get(id);
    const rating = argument?.rating ?? (await askForStars(lineOf(text, 60), now ?? 0));
    if (rating === undefined) return undefined;
    const rated = await prompts.rate(id, rating);
    vscode.window.setStatusBarMessage(rating === 0 ? 'Rating cleared' : `${stars(rating)} ${lineOf(text, 40)}`, 3000);
    return promptJson(rated);
  });
}

async function askForStars(title: string, now: number): Promise<number | undefined> {
  const words = ['No Stars', 'Did not work', 'Needed much help', 'Worked', 'Worked well', 'One to learn from'];
  const choices = [5, 4, 3, 2, 1, 0].map((rating) => ({ label: rating === 0 ? 'No Stars' : stars(rating), description: [rating === 0 ? '' : (words[rating] ?? ''), rating === now ? 'now' : ''].filter((part) => part !== '').join(' · '), rating }));
  return (await vscode.window.showQuickPick(choices, { title, placeHolder: 'How well did this prompt work?' }))?.rating;
}

export function note(face: Face, argument: Argument<'wheelhouse.prompts.note'> | undefined): Promise<Result<'wheelhouse.prompts.note'>> {
  return face.use(async (prompts) => {
    const id = await choosePrompt(prompts, argument?.id, 'Write a Note to Prompt');
    if (id === undefined) return undefined;
    const { text, note: before = '' } = await prompts.get(id);
    const written = argument?.note ?? (await vscode.window.showInputBox({ title: `Note: ${lineOf(text, 60)}`, value: before, prompt: 'What made this prompt work, or not? Empty removes the note.', ignoreFocusOut: true }));
    if (written === undefined) return undefined;
    return promptJson(await prompts.note(id, written.trim()));
  });
}

/** The prompts of one session, the last one open. */
export function openForSession(face: Face, argument: Argument<'wheelhouse.prompts.openForSession'> | undefined): Promise<Result<'wheelhouse.prompts.openForSession'>> {
  return face.use(async (prompts) => {
    const session = typeof argument?.id === 'string' ? argument.id : '';
    const found = session === '' ? [] : await prompts.list({ session });
    const [last] = found;
    if (last === undefined) {
      vscode.window.setStatusBarMessage('No prompt of this session is known yet', 4000);
      return { prompts: 0 };
    }
    face.page.show({ tab: 'timeline', prompt: last.id, only: { title: `Session: ${count(found.length, 'prompt')}`, ids: found.map(({ id }) => id) } });
    return { prompts: found.length };
  });
}
