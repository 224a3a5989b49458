import * as vscode from 'vscode';
import { DisposableStore } from '../../../core/base/disposable.ts';
import { noteGroupings, type CommandId, type NoteGrouping } from '../contributions.ts';
import type { Feature } from '../services/services.ts';
import { registerCommand, type Argument, type Result } from '../support/commands.ts';
import { graphPanel } from './graphPanel.ts';
import type * as Lazy from './notes-lazy.ts';
import { NotesView } from './notesView.ts';

type Loaded = typeof Lazy;

/** Nobody waits for notes when a window opens: everything else comes first. */
const START_MS = 1_200;
const groupingKey = 'notes.groupBy';
const groupingNames: Readonly<Record<NoteGrouping, { label: string; detail: string }>> = {
  recency: { label: 'Recency', detail: 'Those that were changed last come first' },
  tag: { label: 'Tag', detail: 'A note with several tags appears under each' },
  folder: { label: 'Folder', detail: 'As they lie in their files' },
};

/**
 * Notes: the view, and the commands on them. All that knows notes is loaded when the view is shown,
 * when an editor has a file that could be a note, or when a command needs them.
 */
export const notes: Feature = (services) => {
  const { extension, errors } = services;
  const owned = new DisposableStore();
  const view = owned.add(new NotesView((error) => errors.show(error)));
  const grouping = () => extension.globalState.get<NoteGrouping>(groupingKey, 'recency');
  let opening: Promise<Lazy.OpenedNotes> | undefined;
  let disposed = false;

  const load = () => import('./notes-lazy.ts');
  const open = (): Promise<Lazy.OpenedNotes> => {
    if (opening) return opening;
    const opened = load().then((lazy) => lazy.openNotesFace(services, view, grouping));
    opened.then((done) => disposed && done.dispose(), () => {
      if (opening === opened) opening = undefined;
      view.show(() => Promise.resolve([]));
    });
    return (opening = opened);
  };
  const isWanted = () => view.visible || /\.(org|md|markdown)$/i.test(vscode.window.activeTextEditor?.document.uri.path ?? '');
  const openIfWanted = () => {
    if (!disposed && !opening && isWanted()) open().catch((error: unknown) => errors.show(error));
  };

  const timer = setTimeout(openIfWanted, START_MS);
  owned.add({ dispose: () => clearTimeout(timer) });
  owned.add(view.onDidChangeVisibility(openIfWanted));
  owned.add(vscode.window.onDidChangeActiveTextEditor(openIfWanted));

  const command = <Id extends CommandId>(id: Id, run: (lazy: Loaded, opened: Lazy.OpenedNotes, argument: Argument<Id> | undefined) => Promise<Result<Id>> | Result<Id>) =>
    owned.add(registerCommand(errors, id, async (argument) => run(await load(), await open(), argument)));
  command('wheelhouse.notes.search', (lazy, { face }, argument) => lazy.search(face, argument));
  command('wheelhouse.notes.new', (lazy, { face }, argument) => lazy.newNote(face, argument));
  command('wheelhouse.notes.open', (lazy, { face }, argument) => lazy.openNote(face, argument));
  command('wheelhouse.notes.publish', (lazy, { face }, argument) => lazy.setVisibility(face, argument, true));
  command('wheelhouse.notes.unpublish', (lazy, { face }, argument) => lazy.setVisibility(face, argument, false));
  command('wheelhouse.notes.toggleVisibility', (lazy, { face }, argument) => lazy.setVisibility(face, argument, 'other'));
  command('wheelhouse.notes.rename', (lazy, { face }, argument) => lazy.renameNote(face, argument?.selected === true ? { ...view.selected } : argument));
  command('wheelhouse.notes.copyId', (lazy, { face }, argument) => lazy.copyId(face, argument));
  command('wheelhouse.notes.copyLink', (lazy, { face }, argument) => lazy.copyLink(face, argument));
  command('wheelhouse.notes.reveal', (lazy, { face }, argument) => lazy.reveal(face, argument));
  command('wheelhouse.notes.chooseFolders', (lazy, { face }, argument) => lazy.chooseFolders(face, argument));
  command('wheelhouse.notes.showAgentChanges', (lazy, { face }, argument) => lazy.showAgentChanges(face, argument));
  command('wheelhouse.notes.undoAgentChange', (lazy, { face }, argument) => lazy.undoNamed(face, argument));
  command('wheelhouse.notes.index', async (lazy, { face }) => {
    const note = await (await face.notes()).writeIndex();
    await lazy.showNote(note);
    return lazy.jsonOf(face, note);
  });
  command('wheelhouse.notes.openGraph', (_lazy, { graph }, argument) => {
    const focus = argument?.focus ?? argument?.id;
    graph.show(typeof focus === 'string' ? focus : undefined);
    return undefined;
  });
  owned.add(vscode.window.registerWebviewPanelSerializer(graphPanel, { deserializeWebviewPanel: async (panel) => errors.guard(async () => (await open()).graph.serve(panel)) }));
  command('wheelhouse.notes.showMore', (_lazy, { lengthen }, argument) => {
    if (typeof argument?.of === 'string') lengthen(argument.of);
    return undefined;
  });
  command('wheelhouse.notes.refresh', async (_lazy, { face }) => {
    await face.reopen();
    return undefined;
  });
  owned.add(registerCommand(errors, 'wheelhouse.notes.groupBy', async (argument) => {
    const by = argument?.by ?? (await pickGrouping(grouping()));
    if (by === undefined || !noteGroupings.includes(by)) return undefined;
    await extension.globalState.update(groupingKey, by);
    (await open()).draw();
    return by;
  }));

  owned.add({
    dispose: () => {
      disposed = true;
      void opening?.then((opened) => opened.dispose(), () => undefined);
    },
  });
  return new vscode.Disposable(() => owned.dispose());
};

async function pickGrouping(current: NoteGrouping): Promise<NoteGrouping | undefined> {
  const entries = noteGroupings.map((value) => ({ value, ...groupingNames[value], ...(value === current && { description: 'now' }) }));
  return (await vscode.window.showQuickPick(entries, { title: 'Group notes by' }))?.value;
}
