/** Prompts as files for other programs and people. Secrets are redacted in all of them. */
import { join } from 'node:path';
import * as vscode from 'vscode';
import { systemClock } from '../../../adapters/node/clock.ts';
import { nodeFiles } from '../../../adapters/node/files.ts';
import { nodeHasher } from '../../../adapters/node/hash.ts';
import { exportDatabase as writeDatabase, importDatabase as readDatabase } from '../../../adapters/node/prompts/database-interop.ts';
import type { Prompts } from '../../../adapters/node/prompts/prompts.ts';
import { WheelhouseError } from '../../../core/base/errors.ts';
import type { AbortSignalLike } from '../../../core/ports/processes.ts';
import { pastedParts, promptsCsv, promptsJson, timelineFileJson, timelineHtml, type Prompt, type PromptFilter } from '../../../core/prompts/index.ts';
import type { Argument, Result } from '../support/commands.ts';
import { askPeriod, periodOf } from './exportPeriod.ts';
import type { Face } from './face.ts';
import { askWhere, checkCancelled, tellWritten, writePieces } from './files.ts';
import { withCancel } from './progress.ts';
import { count } from './promptText.ts';

export function exportCsv(face: Face, argument: Argument<'wheelhouse.prompts.exportCsv'> | undefined): Promise<Result<'wheelhouse.prompts.exportCsv'>> {
  return exportText(face, argument, 'CSV', 'csv', (prompts) => promptsCsv(prompts, systemClock));
}

export function exportJson(face: Face, argument: Argument<'wheelhouse.prompts.exportJson'> | undefined): Promise<Result<'wheelhouse.prompts.exportJson'>> {
  return exportText(face, argument, 'JSON', 'json', promptsJson);
}

async function exportText(face: Face, argument: Argument<'wheelhouse.prompts.exportCsv'> | undefined, name: string, extension: string, write: (prompts: readonly Prompt[]) => Iterable<string>): Promise<Result<'wheelhouse.prompts.exportCsv'>> {
  const path = await askWhere(argument?.path, `Export Prompts to ${name}`, await suggested(face, `prompts.${extension}`), { [name]: [extension] });
  if (path === undefined) return undefined;
  const wanted = Array.isArray(argument?.ids) ? new Set(argument.ids) : undefined;
  return face.use((prompts) =>
    withCancel(`Exporting prompts to ${name}`, async (signal) => {
      const found = await gather(prompts, {}, signal, (prompt) => wanted === undefined || wanted.has(prompt.id));
      await writePieces(path, write(found), signal);
      if (typeof argument?.path !== 'string') tellWritten(count(found.length, 'prompt'), path);
      return { path, prompts: found.length };
    }),
  );
}

/** One page that needs nothing else, and asks nobody for anything. */
export async function exportTimeline(face: Face, argument: Argument<'wheelhouse.prompts.exportTimeline'> | undefined): Promise<Result<'wheelhouse.prompts.exportTimeline'>> {
  const period = argument?.path !== undefined || argument?.from !== undefined || argument?.to !== undefined ? periodOf(argument) : await askPeriod();
  if (period === undefined) return undefined;
  const path = await askWhere(argument?.path, 'Export Prompt Timeline', await suggested(face, `timeline_${period.name.replaceAll(' ', '_')}.html`), { 'Web page': ['html'] });
  if (path === undefined) return undefined;
  const look = await standalonePage(face);
  return face.use((prompts) =>
    withCancel('Exporting the timeline', async (signal) => {
      const found = await gather(prompts, period, signal);
      const data = timelineFileJson(found, { title: period.name, writtenAt: Date.now(), pastedOf: pastedParts });
      await writePieces(path, timelineHtml({ title: `Prompts: ${period.name}`, lang: 'en', data, ...look }, nodeHasher), signal);
      if (typeof argument?.path !== 'string') tellWritten('Timeline', path, true);
      return { path, prompts: found.length };
    }),
  );
}

async function standalonePage({ services }: Face): Promise<{ script: string; style: string }> {
  const file = (name: string) => nodeFiles.readText(vscode.Uri.joinPath(services.extension.extensionUri, 'dist', 'webview', name).fsPath);
  const [script, style] = await Promise.all([file('timeline-standalone.js'), file('timeline-standalone.css')]);
  if (script === undefined) throw new WheelhouseError('unreadable', 'A part of Wheelhouse is missing: the page that is put into the file. Install the extension again.');
  return { script, style: style ?? '' };
}

export async function exportDatabase(face: Face, argument: Argument<'wheelhouse.prompts.exportDatabase'> | undefined): Promise<Result<'wheelhouse.prompts.exportDatabase'>> {
  const path = await askWhere(argument?.path, 'Export Prompts to Prompt Tracker Database', await suggested(face, 'instance.db'), { 'SQLite database': ['db'] });
  if (path === undefined) return undefined;
  const user = await face.user();
  return face.use((prompts) =>
    withCancel('Exporting prompts to a database', async (signal) => {
      const found = await gather(prompts, { commands: true }, signal);
      // VS Code has asked whether a file that is there may be replaced.
      const { count: written, moved } = await writeDatabase(user.databases, path, found, Date.now(), typeof argument?.path !== 'string' || argument.replace === true);
      if (typeof argument?.path !== 'string') vscode.window.setStatusBarMessage(`$(check) ${count(written, 'prompt')} exported`, 4000);
      return { path, prompts: written, moved: moved.length };
    }),
  );
}

export async function importDatabase(face: Face, argument: Argument<'wheelhouse.prompts.importDatabase'> | undefined): Promise<Result<'wheelhouse.prompts.importDatabase'>> {
  const user = await face.user();
  const path = argument?.path ?? (await vscode.window.showOpenDialog({ title: 'Import Prompt Tracker Database', openLabel: 'Import', defaultUri: vscode.Uri.file(join(user.home, '.config', 'prompt_tracker')), filters: { 'SQLite database': ['db', 'sqlite', 'sqlite3'], 'All files': ['*'] } }))?.[0]?.fsPath;
  if (path === undefined) return undefined;
  const done = await face.use((prompts) =>
    withCancel('Importing prompts', async () => {
      const original = await readDatabase(user.databases, path);
      const { added, marked } = await prompts.import(original);
      return { added, known: original.prompts.length - added, marked, skipped: original.skipped };
    }),
  );
  for (const what of done.skipped) face.services.output.info(`import of ${path}: left out ${what}`);
  if (argument?.path === undefined) {
    const left = done.skipped.length === 0 ? '' : ` Left out: ${done.skipped.join(', ')}.`;
    void vscode.window.showInformationMessage(`Imported ${count(done.added, 'new prompt')} (${done.known.toLocaleString('en')} were known), ${done.marked.toLocaleString('en')} ratings and notes.${left}`);
  }
  return done;
}

async function gather(prompts: Prompts, filter: PromptFilter, signal: AbortSignalLike, fits: (prompt: Prompt) => boolean = () => true): Promise<Prompt[]> {
  const found: Prompt[] = [];
  for await (const prompt of prompts.each(filter)) {
    checkCancelled(signal);
    if (fits(prompt)) found.push(prompt);
  }
  return found;
}

async function suggested(face: Face, name: string): Promise<string> {
  return join((await face.user()).home, name);
}
