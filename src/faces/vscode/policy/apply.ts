import * as vscode from 'vscode';
import { applyPolicy, planApply, type ApplyPlan } from '../../../adapters/node/policy/policy.ts';
import { launcherPath, writeLauncher } from '../../../adapters/node/launcher.ts';
import { launcherTargets } from '../install/launcher.ts';
import { needTrust } from '../install/trust.ts';
import { executeCommand, type Argument, type Result } from '../support/commands.ts';
import { ask } from './ask.ts';
import type { PolicyFace } from './face.ts';
import { isPolicyFile } from './files.ts';
import { choosePlace, fileOf } from './places.ts';

const undo = 'Undo';
const verify = 'Verify';

/** Writes the policy into the agent's settings, or takes exactly that out again: the difference first, then the user's yes. */
export async function change(face: PolicyFace, argument: Argument<'wheelhouse.policy.apply'> | undefined, remove: boolean): Promise<Result<'wheelhouse.policy.apply'>> {
  const title = remove ? 'Remove Policy from Agent Settings' : 'Apply Policy';
  needTrust("Changing an agent's settings");
  const place = await choosePlace(face.services, title);
  if (!place) return undefined;
  const uri = argument?.uri instanceof vscode.Uri && isPolicyFile(argument.uri) ? argument.uri : undefined;
  // What the user sees in the editor is what is meant.
  if (uri && !remove) await vscode.workspace.textDocuments.find((document) => document.isDirty && document.uri.toString() === uri.toString())?.save();
  const scope = argument?.scope ?? (uri && fileOf(uri).scope === 'user' ? 'user' : 'workspace');
  const options = { scope, remove, launcher: launcherPath(place.dataRoot) };
  const plan = await planApply(place, options);
  if (plan.before === plan.after) {
    void vscode.window.showInformationMessage(remove ? `${plan.file} has nothing of the policy; nothing was changed.` : `${plan.file} says what the policy says already; nothing was changed.`);
    return { file: plan.file, change: 'none' };
  }
  if (argument?.confirmed !== true && !(await confirm(face, plan, title, remove))) return undefined;
  if (!remove) await writeLauncher(place.dataRoot, launcherTargets(face.services));
  const { file, change: done } = await applyPolicy(place, options);
  await face.refresh();
  tell(face, file, scope, remove);
  return { file, change: done };
}

async function confirm(face: PolicyFace, plan: ApplyPlan, title: string, remove: boolean): Promise<boolean> {
  const name = plan.file.slice(Math.max(plan.file.lastIndexOf('/'), plan.file.lastIndexOf('\\')) + 1);
  const [before, after] = [face.texts.uri(name, plan.before ?? ''), face.texts.uri(name, plan.after ?? '')];
  await vscode.commands.executeCommand('vscode.diff', before, after, `${title}: ${vscode.workspace.asRelativePath(plan.file)}`, { preview: true });
  const yes = await ask(title, remove ? 'Remove' : 'Apply', `${remove ? 'from' : 'to'} ${vscode.workspace.asRelativePath(plan.file)}`, plan.notes);
  await face.texts.close(before, after);
  return yes;
}

function tell(face: PolicyFace, file: string, scope: 'workspace' | 'user', removed: boolean): void {
  const message = removed ? `The policy is out of ${file}. Sessions that run keep their rules until they end.` : `The policy is in ${file}. It counts in sessions that start from now on. Nothing is proven until it is verified.`;
  const steps = removed ? [undo] : [verify, undo];
  void vscode.window.showInformationMessage(message, ...steps).then((choice) => face.services.errors.guard(async () => {
    if (choice === verify) await executeCommand('wheelhouse.policy.verify');
    else if (choice === undo) await executeCommand(removed ? 'wheelhouse.policy.apply' : 'wheelhouse.policy.remove', { scope, confirmed: true });
  }));
}
