import type { ReviewContext } from '../context.ts';
import { defaultFixPrompt, fillPrompt } from '../prompt.ts';
import { projectName } from '../whereabouts.ts';
import { pendingComments } from './check.ts';

/** The complete instruction for an agent that fixes this repository's comments. @param file The user's own template. */
export async function fixPrompt(context: ReviewContext, file: string): Promise<string> {
  const [template, pending, smoke] = await Promise.all([readPromptTemplate(context, file), pendingComments(context, { staged: false }), context.smoke()]);
  const command = await smoke.command(context.repository.root);
  return fillPrompt(template, {
    project: projectName(context),
    workspace: context.repository.root,
    log: context.log.path,
    smokeTest: command ? `\`${command.label}\`` : 'none is set up yet: ask for one before you begin',
    pending: pending.length,
  });
}

export async function readPromptTemplate(context: Pick<ReviewContext, 'files'>, file: string): Promise<string> {
  return (await context.files.readText(file)) ?? defaultFixPrompt;
}

/** Puts the default into the user's file, for editing, unless there is one. @returns Whether it was written. */
export async function createPromptFile(context: Pick<ReviewContext, 'files'>, file: string): Promise<boolean> {
  if ((await context.files.stat(file)) !== undefined) return false;
  await context.files.writeText(file, defaultFixPrompt);
  return true;
}

/** Back to the default. @returns The text that the user's file had, if there was one, so that it can be brought back. */
export async function restorePrompt(context: Pick<ReviewContext, 'files'>, file: string): Promise<string | undefined> {
  const own = await context.files.readText(file);
  await context.files.remove(file);
  return own;
}
