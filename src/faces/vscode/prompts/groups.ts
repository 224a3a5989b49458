/** Prompts in groups that nobody made: topics, and threads over several sessions. */
import * as vscode from 'vscode';
import type { Prompts } from '../../../adapters/node/prompts/prompts.ts';
import { WheelhouseError } from '../../../core/base/errors.ts';
import { threadsOf, topicsOf } from '../../../core/prompts/index.ts';
import type { Argument, Result } from '../support/commands.ts';
import type { Face } from './face.ts';
import { count, dayText, lineOf, nameOfProject } from './promptText.ts';
import { withLateProgress } from './progress.ts';

/** Of so many prompts, the newest: it takes half a second, in which the window's other extensions wait. */
const MOST_PROMPTS = 10_000;

interface Group extends vscode.QuickPickItem {
  readonly title: string;
  readonly ids: readonly number[];
}

/** A topic by its words, else the one that the user picks; the timeline shows its prompts. @throws WheelhouseError `not-found`. */
export function topics(face: Face, argument: Argument<'wheelhouse.prompts.topics'> | undefined): Promise<Result<'wheelhouse.prompts.topics'>> {
  return face.use(async (prompts) => {
    const found = await newest(prompts);
    const groups = topicsOf(found.map(({ text }) => text)).topics.map(({ label, members }): Group => {
      const ids = members.flatMap((place) => found[place]?.id ?? []);
      const title = label.join(', ');
      return { label: lineOf(title), description: count(ids.length, 'prompt'), title: `Topic: ${title}`, ids };
    });
    const topic = await choose(face, groups, argument?.topic === undefined ? undefined : (group) => group.title === `Topic: ${argument.topic ?? ''}`, 'Topics of Your Prompts', 'There are too few prompts for topics yet. They come with a few dozen.');
    return topic && { topic: topic.title.slice('Topic: '.length), prompts: [...topic.ids] };
  });
}

/** The thread of a prompt, else the one that the user picks. @throws WheelhouseError `not-found`. */
export function threads(face: Face, argument: Argument<'wheelhouse.prompts.threads'> | undefined): Promise<Result<'wheelhouse.prompts.threads'>> {
  return face.use(async (prompts) => {
    const now = Date.now();
    const groups = threadsOf(await newest(prompts)).map(({ project, ids, sessions, from, to, terms }): Group => {
      const title = terms.join(', ');
      const days = dayText(from, now) === dayText(to, now) ? dayText(to, now) : `${dayText(from, now)} to ${dayText(to, now)}`;
      return { label: lineOf(title === '' ? nameOfProject(project) : title), description: `${lineOf(nameOfProject(project))} · ${days}`, detail: `${count(ids.length, 'prompt')} in ${count(sessions.length, 'session')}`, title: `Thread: ${title}`, ids };
    });
    const id = argument?.id;
    const thread = await choose(face, groups, id === undefined ? undefined : ({ ids }) => ids.includes(id), 'Threads over Several Sessions', 'No task goes over several sessions yet.');
    return thread && { title: thread.title, prompts: [...thread.ids] };
  });
}

async function newest(prompts: Prompts) {
  return withLateProgress('Reading prompts', () => prompts.list({}, MOST_PROMPTS));
}

async function choose(face: Face, groups: readonly Group[], wanted: ((group: Group) => boolean) | undefined, title: string, none: string): Promise<Group | undefined> {
  if (groups.length === 0) throw new WheelhouseError('not-found', none);
  const group = wanted ? groups.find(wanted) : await vscode.window.showQuickPick(groups, { title, placeHolder: 'Enter shows them in the timeline', matchOnDescription: true });
  if (wanted && !group) throw new WheelhouseError('not-found', 'There is no such group of prompts. Run the command without an argument to choose one.');
  if (group) face.page.show({ tab: 'timeline', only: { title: group.title, ids: group.ids } });
  return group;
}
