import * as vscode from 'vscode';
import type { CommandId, Commands } from '../contributions.ts';
import type { Errors } from '../services/errors.ts';

export type Argument<Id extends CommandId> = Commands[Id]['argument'];
export type Result<Id extends CommandId> = Commands[Id]['result'];

/**
 * Registers a command under its declared argument and result. What goes wrong is shown to the user
 * once, and the command then returns undefined.
 * @param run Gets what a menu, a key or another extension passes, so it looks before it believes.
 */
export function registerCommand<Id extends CommandId>(errors: Errors, id: Id, run: (argument: Argument<Id> | undefined) => Promise<Result<Id>> | Result<Id>): vscode.Disposable {
  return vscode.commands.registerCommand(id, (argument: Argument<Id> | undefined) => errors.guard(async () => run(argument)));
}

/** Runs a command of ours. */
export function executeCommand<Id extends CommandId>(id: Id, argument?: Argument<Id>): Thenable<Result<Id>> {
  return vscode.commands.executeCommand<Result<Id>>(id, argument);
}

/** A link to a command, for a Markdown text that is trusted with it. */
export function commandLink<Id extends CommandId>(id: Id, argument: Argument<Id>): string {
  return `command:${id}?${encodeURIComponent(JSON.stringify([argument]))}`;
}
