import * as vscode from 'vscode';
import type { SettingId, Settings } from '../contributions.ts';

/** The value of a setting, as it applies to a folder or file. */
export function setting<Id extends SettingId>(id: Id, scope?: vscode.Uri): Settings[Id] {
  return vscode.workspace.getConfiguration(undefined, scope ?? null).get(id) as Settings[Id];
}

/** As `setting`, but undefined where the user has left the default. */
export function chosenSetting<Id extends SettingId>(id: Id, scope?: vscode.Uri): Settings[Id] | undefined {
  const found = vscode.workspace.getConfiguration(undefined, scope ?? null).inspect<Settings[Id]>(id);
  const chosen = [found?.globalValue, found?.workspaceValue, found?.workspaceFolderValue].some((value) => value !== undefined);
  return chosen ? setting(id, scope) : undefined;
}

/** Calls back when one of the settings was changed. */
export function onSettingChange(ids: readonly SettingId[], listener: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (ids.some((id) => event.affectsConfiguration(id))) listener();
  });
}
