import * as vscode from 'vscode';
import type { Result } from '../support/commands.ts';
import type { Face } from './face.ts';
import { withCancel } from './progress.ts';
import { count } from './promptText.ts';

/** Takes in what the agents have written. What was read stays when it is cancelled. */
export async function sync(face: Face): Promise<Result<'wheelhouse.prompts.sync'>> {
  const { added, problems } = await face.opened.use((prompts) => withCancel('Reading prompts', (signal, onProgress) => prompts.sync({ signal, onProgress })));
  for (const problem of problems) face.services.output.warn(`prompts: ${problem}`);
  const left = problems.length === 0 ? '' : `; ${count(problems.length, 'file')} could not be read (see the output)`;
  vscode.window.setStatusBarMessage(`$(check) ${added === 0 ? 'No new prompts' : count(added, 'new prompt')}${left}`, 4000);
  return { added, problems: [...problems] };
}
