import * as vscode from 'vscode';
import { WheelhouseError } from '../../../core/base/errors.ts';
import { checkPaths, readPolicy, type CheckedPath } from '../../../adapters/node/policy/policy.ts';
import { ruleText } from '../../../core/policy/index.ts';
import { executeCommand, type Result } from '../support/commands.ts';
import type { PolicyFace } from './face.ts';
import { openRule } from './openRule.ts';
import { placeOf } from './places.ts';

const tools = { Read: 'Read', Edit: 'Change' } as const;
const looks = { allow: { icon: 'circle-outline', word: 'not forbidden' }, ask: { icon: 'question', word: 'only with your yes' }, deny: { icon: 'circle-slash', word: 'denied' } } as const;

/** Says what agents may do with a file, by which rule, and leads to its line. @param argument A `Uri`, or an object with one or with a path. */
export async function checkFile(face: PolicyFace, argument: unknown): Promise<Result<'wheelhouse.policy.checkPath'>> {
  const uri = uriOf(argument) ?? vscode.window.activeTextEditor?.document.uri;
  if (uri?.scheme !== 'file') throw new WheelhouseError('usage', 'Choose a file in the explorer, or open one: the policy is about files on disk.');
  const place = placeOf(await face.services.repositories.forFile(uri));
  if ((await readPolicy(place)) === undefined) {
    offerSetUp(face);
    return [];
  }
  const found = [...(await checkPaths(place, [uri.fsPath], 'Read')), ...(await checkPaths(place, [uri.fsPath], 'Edit'))];
  void choose(uri, found, face);
  return found.map(({ tool, verdict: { decision, reason } }) => ({ tool, decision, reason }));
}

function offerSetUp({ services: { errors } }: PolicyFace): void {
  const setUp = 'Set Up Policy…';
  void vscode.window.showInformationMessage('There is no policy here: agents may do with this file what you may.', setUp).then((choice) => errors.guard(async () => {
    if (choice === setUp) await executeCommand('wheelhouse.policy.init');
  }));
}

/** The command's result does not wait for this. */
async function choose(uri: vscode.Uri, found: readonly CheckedPath[], { services: { errors }, state }: PolicyFace): Promise<void> {
  const entries = found.map(({ tool, verdict }) => {
    const { icon, word } = looks[verdict.decision];
    const { rule } = verdict;
    const where = rule === undefined || rule.source.file === '' ? '' : ` — ${vscode.workspace.asRelativePath(rule.source.file)}:${rule.source.line}`;
    return { label: `$(${icon}) ${tools[tool as keyof typeof tools]}: ${word}`, description: rule === undefined ? '' : `${ruleText(rule)}${where}`, detail: verdict.reason, rule };
  });
  const proven = state === 'protected' ? '' : ' (the policy is not verified)';
  const choice = await vscode.window.showQuickPick(entries, { title: `What agents may do with ${vscode.workspace.asRelativePath(uri)}${proven}`, placeHolder: 'Enter opens the rule' });
  const source = choice?.rule?.source;
  if (source !== undefined && source.file !== '') await errors.guard(() => openRule(source));
}

function uriOf(argument: unknown): vscode.Uri | undefined {
  if (argument instanceof vscode.Uri) return argument;
  const { uri, path } = (typeof argument === 'object' && argument !== null ? argument : {}) as { readonly uri?: unknown; readonly path?: unknown };
  if (uri instanceof vscode.Uri) return uri;
  return typeof path === 'string' && path !== '' ? vscode.Uri.file(path) : undefined;
}
