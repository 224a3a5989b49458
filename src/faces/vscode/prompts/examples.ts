/** The best prompts as a note, for people and for a model. */
import { basename, extname, join } from 'node:path';
import * as vscode from 'vscode';
import { systemClock } from '../../../adapters/node/clock.ts';
import { WheelhouseError } from '../../../core/base/errors.ts';
import { examplesNote, examplesOf } from '../../../core/prompts/index.ts';
import type { Argument, Result } from '../support/commands.ts';
import { setting } from '../support/settings.ts';
import type { Face } from './face.ts';
import { askWhere, tellWritten, writePieces } from './files.ts';
import { absolute } from './paths.ts';
import { count } from './promptText.ts';

const MIN_RATING = 4;

/** Secrets are redacted. @throws WheelhouseError `not-found` when nothing is rated well, `unwritable`. */
export function saveExamples(face: Face, argument: Argument<'wheelhouse.prompts.saveExamples'> | undefined): Promise<Result<'wheelhouse.prompts.saveExamples'>> {
  return face.use(async (prompts) => {
    const minRating = argument?.minRating ?? MIN_RATING;
    const examples = examplesOf(await prompts.list({ minRating }), { minRating, ...(argument?.project !== undefined && { project: argument.project }), ...(argument?.limit !== undefined && { limit: argument.limit }) });
    if (examples.length === 0) throw new WheelhouseError('not-found', `No prompt has ${minRating} stars or more yet. Rate those that worked, in the timeline.`);
    const { home } = await face.user();
    const notes = setting('wheelhouse.prompts.notesFolder').trim();
    const path = await askWhere(argument?.path, 'Save Examples for the LLM', join(notes === '' ? home : absolute(home, notes), 'prompt-examples.md'), { Markdown: ['md'], Org: ['org'] });
    if (path === undefined) return undefined;
    const extension = extname(path).toLowerCase();
    const text = examplesNote(examples, { id: basename(path, extname(path)), title: 'Prompts that worked', format: extension === '.org' ? 'org' : 'markdown' }, systemClock);
    await writePieces(path, [text]);
    if (typeof argument?.path !== 'string') tellWritten(count(examples.length, 'example'), path);
    else vscode.window.setStatusBarMessage(`$(check) ${count(examples.length, 'example')} saved`, 3000);
    return { path, examples: examples.length };
  });
}
