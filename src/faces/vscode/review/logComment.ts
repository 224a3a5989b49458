import * as vscode from 'vscode';
import { WheelhouseError } from '../../../core/base/errors.ts';
import { followEdits, parseQuickInput } from '../../../core/review/light.ts';
import type { ReviewItemJson } from '../../../core/review/index.ts';
import { loadCore } from '../services/core.ts';
import type { Feature, Services } from '../services/services.ts';
import { registerCommand } from '../support/commands.ts';
import { askForComment } from './inputBox.ts';
import { chosenPlaces, type EditorPlaces, type EditorRange } from './place.ts';
import { count } from './wording.ts';

/** Logging while reading: one line of text, Enter, and the cursor is where it was. */
export const logComment: Feature = (services) =>
  registerCommand(services.errors, 'wheelhouse.review.logComment', async (argument) => {
    const places = chosenPlaces(argument);
    if (!places) throw new WheelhouseError('usage', 'Open a file and put the cursor on a line: the comment belongs to that line.');
    // Before the user writes anything: a document that cannot have comments says so at once.
    if (places.uri.scheme !== 'file') await services.model.contextFor(places.uri);
    if (typeof argument?.text === 'string') return log(services, places, argument.text);

    // While the user is writing, the database can be opened.
    void services.model.contextFor(places.uri).then((context) => context.store()).catch(() => undefined);
    const followed = follow(places);
    try {
      const text = await askForComment(`Review Comment on ${nameOf(places)}`);
      return text === undefined ? undefined : await log(services, { ...places, ranges: followed.ranges() }, text);
    } finally {
      followed.dispose();
    }
  });

async function log({ model, repositories }: Services, { uri, ranges }: EditorPlaces, input: string): Promise<ReviewItemJson[]> {
  const { review } = await loadCore();
  const context = await model.contextFor(uri);
  const path = repositories.pathOf(uri) ?? uri.fsPath;
  const items = await review.addComments(context, { places: ranges.map((range) => ({ path, ...range })), ...parseQuickInput(input) });
  await model.refresh();
  vscode.window.setStatusBarMessage(`$(comment) ${items.length === 1 ? 'Comment' : count(items.length, 'comment')} logged`, 3000);
  return items.map(review.toJson);
}

/** `src/store.ts:12`, `src/store.ts:12-14`, or `src/store.ts (3 places)`. */
function nameOf({ uri, ranges }: EditorPlaces): string {
  const file = vscode.workspace.asRelativePath(uri);
  const [first, another] = ranges;
  if (!first || another) return `${file} (${count(ranges.length, 'place')})`;
  const { start, end } = first.range;
  return `${file}:${start}${end > start ? `-${end}` : ''}`;
}

/** Keeps hold of the places while the user is writing: an agent may change the file in the meantime. */
function follow({ uri, ranges }: EditorPlaces): { ranges(): readonly EditorRange[]; dispose(): void } {
  let now = ranges;
  const listening = vscode.workspace.onDidChangeTextDocument((event) => {
    if (event.document.uri.toString() !== uri.toString() || event.contentChanges.length === 0) return;
    now = now.map((place) => ({ ...place, range: followEdits(place.range, event.contentChanges) ?? place.range }));
  });
  return { ranges: () => now, dispose: () => void listening.dispose() };
}
