import { existsSync } from 'node:fs';
import * as vscode from 'vscode';
import { WheelhouseError } from '../../../core/base/errors.ts';
import { decidePath, mergePolicy, parsePolicy, ruleText, type PathRule, type Policy, type Rule } from '../../../core/policy/index.ts';
import type { Argument, Result } from '../support/commands.ts';
import type { PolicyFace } from './face.ts';
import { isPolicyFile } from './files.ts';
import { openRule } from './openRule.ts';
import { choosePlace, fileOf } from './places.ts';
import { policyFile } from '../../../adapters/node/policy/policy.ts';

/** More files are not looked at: it is a preview. */
const MOST_FILES = 20_000;
const MOST_SHOWN = 500;
const skipped = '**/{node_modules,.git,.hg,.svn}/**';

interface Entry extends vscode.QuickPickItem {
  readonly open?: () => Promise<unknown>;
}

/** What falls under the rules of a policy file as it stands in the editor, saved or not. */
export async function preview(face: PolicyFace, argument: Argument<'wheelhouse.policy.preview'> | undefined): Promise<Result<'wheelhouse.policy.preview'>> {
  const document = await documentOf(face, argument);
  if (!document) return undefined;
  const file = fileOf(document.uri);
  const part = parsePolicy(document.getText(), file);
  const policy = mergePolicy([part], { ...file, ignoreCase: false, guarded: { deny: [], ask: [] } });
  const files = await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title: 'Looking for what the policy denies' }, () => vscode.workspace.findFiles('**/*', skipped, MOST_FILES));
  const groups = grouped(policy, files);
  const denied = [...groups].flatMap(([rule, uris]) => (rule.effect === 'deny' ? uris.map(({ fsPath }) => fsPath) : []));
  void show(face, policy, groups, files.length === MOST_FILES);
  return { denied };
}

/** The files that each rule decides about. A rule with a path of its own, such as `~/.ssh`, counts when that is there. */
function grouped(policy: Policy, files: readonly vscode.Uri[]): Map<Rule, vscode.Uri[]> {
  const groups = new Map<Rule, vscode.Uri[]>();
  const add = (rule: Rule, uri: vscode.Uri) => void groups.set(rule, [...(groups.get(rule) ?? []), uri]);
  for (const uri of files) {
    const path = uri.fsPath.replaceAll('\\', '/');
    const verdict = decidePath(policy, path, { names: [path], kind: 'file' }, 'write');
    if (verdict?.rule) add(verdict.rule, uri);
  }
  const outside = policy.rules.filter((rule): rule is PathRule => rule.kind === 'path' && /^[~/]/.test(rule.pattern));
  for (const rule of outside) for (const glob of rule.globs) if (!groups.has(rule) && !/[*?[{]/.test(glob) && existsSync(glob)) add(rule, vscode.Uri.file(glob));
  return groups;
}

async function show({ services: { errors } }: PolicyFace, policy: Policy, groups: ReadonlyMap<Rule, readonly vscode.Uri[]>, cut: boolean): Promise<void> {
  const entries: Entry[] = [];
  for (const rule of policy.rules) {
    const uris = groups.get(rule) ?? [];
    if (uris.length === 0 && rule.kind !== 'command') continue;
    entries.push({ label: ruleText(rule), kind: vscode.QuickPickItemKind.Separator });
    const what = `${rule.effect === 'deny' ? 'denied' : 'only with your yes'}${rule.kind !== 'command' && rule.access === 'write' ? ' (to change)' : ''}`;
    const icon = rule.effect === 'deny' ? 'circle-slash' : 'question';
    if (rule.kind === 'command') entries.push({ label: `$(terminal) ${rule.pattern}`, description: what, open: () => openRule(rule.source) });
    for (const uri of uris.slice(0, MOST_SHOWN)) entries.push({ label: `$(${icon}) ${vscode.workspace.asRelativePath(uri)}`, description: what, open: () => openRule(rule.source) });
  }
  const files = [...groups.values()].reduce((sum, uris) => sum + uris.length, 0);
  const title = `What this policy would deny or ask for: ${files} ${files === 1 ? 'file' : 'files'}${cut ? `, of the first ${MOST_FILES}` : ''}`;
  const [problem] = policy.problems;
  if (problem) entries.unshift({ label: '$(warning) This file has mistakes', description: 'until they are corrected, the policy is closed', open: () => openRule(problem) });
  const none: Entry = { label: '$(info) Nothing here falls under these rules' };
  const choice = await vscode.window.showQuickPick(entries.length > 0 ? entries : [none], { title, placeHolder: 'Enter opens the rule', matchOnDescription: true });
  await errors.guard(async () => choice?.open?.());
}

async function documentOf(face: PolicyFace, argument: Argument<'wheelhouse.policy.preview'> | undefined): Promise<vscode.TextDocument | undefined> {
  const active = vscode.window.activeTextEditor?.document;
  const uri = argument?.uri instanceof vscode.Uri ? argument.uri : active && isPolicyFile(active.uri) ? active.uri : undefined;
  if (uri) return vscode.workspace.openTextDocument(uri);
  const place = await choosePlace(face.services, 'What Would This Policy Deny?');
  if (!place) return undefined;
  const file = (['repository', 'user'] as const).map((scope) => policyFile(place, scope)).find((each) => existsSync(each));
  if (file === undefined) throw new WheelhouseError('not-found', 'There is no policy yet. Use "Set Up Policy…" first.');
  return vscode.workspace.openTextDocument(vscode.Uri.file(file));
}
