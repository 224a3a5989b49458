import * as vscode from 'vscode';
import { WheelhouseError } from '../../../core/base/errors.ts';

/** @throws WheelhouseError `refused` in Restricted Mode. */
export function needTrust(what: string): void {
  if (!vscode.workspace.isTrusted) throw new WheelhouseError('refused', `${what} needs a trusted workspace. Use "Workspaces: Manage Workspace Trust" and try again.`);
}
