/** Files that the user chooses. */
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { systemRandom } from '../../../adapters/node/clock.ts';
import { unwritable } from '../../../adapters/node/file-errors.ts';
import type { AbortSignalLike } from '../../../core/ports/processes.ts';
import { WheelhouseError } from '../../../core/base/errors.ts';

/** The path that is given, else the one that the user chooses. */
export async function askWhere(given: unknown, title: string, suggested: string, filters: Readonly<Record<string, string[]>>): Promise<string | undefined> {
  if (typeof given === 'string') return given;
  return (await vscode.window.showSaveDialog({ title, defaultUri: vscode.Uri.file(suggested), filters }))?.fsPath;
}

/**
 * Writes a file in pieces, beside the one that may be there, and then takes its place.
 * @throws WheelhouseError `unwritable`, `cancelled`: then nothing has changed.
 */
export async function writePieces(path: string, pieces: Iterable<string>, signal?: AbortSignalLike): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${systemRandom.base32(8)}.tmp`);
  try {
    const file = await open(temporary, 'wx');
    try {
      for (const piece of pieces) {
        checkCancelled(signal);
        await file.write(piece);
      }
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw unwritable(path, error);
  }
}

export function checkCancelled(signal: AbortSignalLike | undefined): void {
  if (signal?.aborted === true) throw new WheelhouseError('cancelled', 'The export was cancelled; nothing was written.');
}

/** Says where a file went, with a button that shows it. */
export function tellWritten(what: string, path: string, inBrowser = false): void {
  const show = inBrowser ? 'Open in Browser' : 'Open';
  void vscode.window.showInformationMessage(`${what} saved as ${basename(path)}.`, show).then((choice) => {
    if (choice !== show) return;
    const uri = vscode.Uri.file(path);
    return inBrowser ? vscode.env.openExternal(uri) : vscode.commands.executeCommand('vscode.open', uri);
  });
}
