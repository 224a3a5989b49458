import { existsSync } from 'node:fs';
import * as vscode from 'vscode';
import { initPolicy, policyFile } from '../../../adapters/node/policy/policy.ts';
import { defaultPolicyText } from '../../../core/policy/index.ts';
import type { Argument, Result } from '../support/commands.ts';
import { needTrust } from '../install/trust.ts';
import { ask } from './ask.ts';
import type { PolicyFace } from './face.ts';
import { choosePlace } from './places.ts';

type Scope = 'repository' | 'user';

/** First use: what for, the default policy to look at, and only then a file. One that is there is opened. */
export async function setUp(face: PolicyFace, argument: Argument<'wheelhouse.policy.init'> | undefined): Promise<Result<'wheelhouse.policy.init'>> {
  needTrust('Setting up a policy');
  const scope = argument?.scope ?? (await chooseScope('Set Up Policy'));
  const place = scope && (await choosePlace(face.services, 'Set Up Policy'));
  if (scope === undefined || place === undefined) return undefined;
  const file = policyFile(place, scope);
  if (existsSync(file)) {
    await show(file);
    return { file, created: false };
  }
  if (argument?.confirmed !== true) {
    const preview = await face.texts.show('policy.yaml', defaultPolicyText(scope), 'yaml');
    await vscode.window.showTextDocument(preview, { preview: true });
    const yes = await ask('Set Up Policy', 'Write the Policy', `to ${vscode.workspace.asRelativePath(file)}; it counts when you apply it`);
    if (!yes) return undefined;
    await face.texts.close(preview.uri);
  }
  const { change } = await initPolicy(place, scope);
  await show(file);
  await face.refresh();
  return { file, created: change === 'created' };
}

/** Opens the policy that counts here; where there is none, offers to set one up. */
export async function openFile(face: PolicyFace, scope: Scope | undefined): Promise<undefined> {
  const place = await choosePlace(face.services, 'Open Policy');
  if (!place) return undefined;
  const scopes = (scope === undefined ? (['repository', 'user'] as const) : [scope]).filter((each) => existsSync(policyFile(place, each)));
  const [first, second] = scopes;
  if (first === undefined) {
    await setUp(face, scope === undefined ? undefined : { scope });
    return undefined;
  }
  const chosen = second === undefined ? first : await chooseScope('Open Policy');
  if (chosen !== undefined) await show(policyFile(place, chosen));
  return undefined;
}

async function chooseScope(title: string): Promise<Scope | undefined> {
  const entries: readonly (vscode.QuickPickItem & { readonly scope: Scope })[] = [
    { label: '$(repo) This Repository', description: '.wheelhouse/policy.yaml', detail: 'Goes into version control, and counts for everybody who works here.', scope: 'repository' },
    { label: '$(account) All of Mine', description: 'in your configuration folder', detail: 'Counts in every project of yours. Of the two, the stricter rule counts.', scope: 'user' },
  ];
  return (await vscode.window.showQuickPick(entries, { title, placeHolder: 'Where does the policy count?' }))?.scope;
}

async function show(file: string): Promise<void> {
  await vscode.window.showTextDocument(vscode.Uri.file(file), { preview: false });
}
