import { chmod } from 'node:fs/promises';
import * as vscode from 'vscode';
import { findExposed, mendExposed, type Exposed } from '../../../adapters/node/policy/policy.ts';
import { needTrust } from '../install/trust.ts';
import type { Argument, Result } from '../support/commands.ts';
import type { PolicyFace } from './face.ts';
import { choosePlace } from './places.ts';

const undo = 'Undo';

/** Lists secrets that other users of this machine can read, and makes the chosen ones the user's own. */
export async function mendSecrets(face: PolicyFace, argument: Argument<'wheelhouse.policy.secrets'> | undefined): Promise<Result<'wheelhouse.policy.secrets'>> {
  needTrust('Changing the permissions of files');
  const place = await choosePlace(face.services, 'Find Exposed Secrets');
  if (!place) return undefined;
  const found = await findExposed(place);
  if (found.length === 0) {
    void vscode.window.showInformationMessage('No secret in this repository or in the known places of your home folder can be read by others.');
    return { mended: [] };
  }
  const chosen = Array.isArray(argument?.paths) ? found.filter(({ path }) => argument.paths?.includes(path)) : await choose(found);
  if (!chosen || chosen.length === 0) return undefined;
  if (argument?.confirmed !== true && !(await confirm(chosen))) return undefined;
  const mended = await mendExposed(chosen);
  tell(face, mended);
  return { mended: mended.map(({ path }) => path) };
}

async function choose(found: readonly Exposed[]): Promise<readonly Exposed[] | undefined> {
  const entries = found.map((exposed) => ({
    label: `$(${exposed.kind === 'folder' ? 'folder' : 'file'}) ${vscode.workspace.asRelativePath(exposed.path)}`,
    description: `${octal(exposed.mode)} → ${octal(exposed.wanted)}`,
    detail: exposed.why,
    picked: true,
    exposed,
  }));
  const title = `${found.length} ${found.length === 1 ? 'secret' : 'secrets'} that others on this machine can read`;
  return (await vscode.window.showQuickPick(entries, { title, canPickMany: true, placeHolder: 'Which are to be yours alone?', matchOnDetail: true }))?.map(({ exposed }) => exposed);
}

async function confirm(chosen: readonly Exposed[]): Promise<boolean> {
  const yes = 'Change Permissions';
  const detail = chosen.map(({ path, mode, wanted }) => `${path}: ${octal(mode)} → ${octal(wanted)}`).slice(0, 20).join('\n');
  return (await vscode.window.showWarningMessage(`Make ${chosen.length === 1 ? 'this' : `these ${chosen.length}`} readable by you alone?`, { modal: true, detail }, yes)) === yes;
}

function tell({ services: { errors } }: PolicyFace, mended: readonly Exposed[]): void {
  const names = mended.length === 1 ? vscode.workspace.asRelativePath(mended[0]?.path ?? '') : `${mended.length} files`;
  void vscode.window.showInformationMessage(`Only you can read ${names} now.`, undo).then((choice) => errors.guard(async () => {
    if (choice === undo) await Promise.all(mended.map(({ path, mode }) => chmod(path, mode)));
  }));
}

const octal = (mode: number) => (mode & 0o777).toString(8).padStart(3, '0');
