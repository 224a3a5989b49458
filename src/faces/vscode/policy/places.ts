/** Which repository's policy a command or a file is about. */
import { dirname } from 'node:path';
import * as vscode from 'vscode';
import { openPolicyPlace, policyFile, type PolicyPlace } from '../../../adapters/node/policy/policy.ts';
import type { Workspace } from '../../../adapters/node/workspace.ts';
import type { PolicyFile } from '../../../core/policy/index.ts';
import { chooseRepository } from '../review/chooseRepository.ts';
import type { Services } from '../services/services.ts';

export function placeOf({ review, dataRoot }: Workspace): PolicyPlace {
  return openPolicyPlace({ folder: review.workspace, env: process.env, dataRoot });
}

/** @returns undefined when the user picks none. */
export async function choosePlace(services: Services, title: string): Promise<PolicyPlace | undefined> {
  const workspace = await chooseRepository(services, title);
  return workspace && placeOf(workspace);
}

/** A policy file that is open in an editor, for the parser. */
export function fileOf({ fsPath }: vscode.Uri): PolicyFile {
  const inRepository = !fsPath.endsWith(policyFile(openPolicyPlace({ folder: '/', env: process.env }), 'user'));
  const folder = inRepository ? dirname(dirname(fsPath)) : (vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? dirname(fsPath));
  const { root, home } = openPolicyPlace({ folder, env: process.env });
  return { scope: inRepository ? 'repository' : 'user', file: fsPath, root: inRepository ? folder : root, home };
}
