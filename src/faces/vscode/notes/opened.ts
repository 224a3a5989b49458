/** All that is alive once notes are in use: the tree, the status bar, the features of editors. */
import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../../core/base/disposable.ts';
import type { NoteGrouping } from '../contributions.ts';
import type { Services } from '../services/services.ts';
import { delayed } from '../support/debounce.ts';
import { changeTexts, CHANGE_SCHEME } from './agentChanges.ts';
import { editorFeatures } from './editorFeatures.ts';
import { NotesFace } from './face.ts';
import { GraphPage } from './graphPage.ts';
import type { NoteNode, NotesView } from './notesView.ts';
import { findProblems, type Problems } from './problems.ts';
import { VisibilityItem } from './status.ts';
import { PAGE, treeRoots } from './tree.ts';

/** Problems are looked for when nothing has changed for a while. */
const problemsMs = 1_200;
const drawMs = 60;

export interface OpenedNotes extends Disposable {
  readonly face: NotesFace;
  readonly graph: GraphPage;
  /** Draws the tree anew. */
  readonly draw: () => void;
  /** Makes one list of the tree longer. */
  readonly lengthen: (key: string) => void;
}

export async function openNotesFace(services: Services, view: NotesView, grouping: () => NoteGrouping): Promise<OpenedNotes> {
  const owned = new DisposableStore();
  const face = owned.add(await NotesFace.open(services));
  const status = owned.add(new VisibilityItem());
  const graph = owned.add(new GraphPage(face));
  const lengths = new Map<string, number>();
  let problems: Problems | undefined;
  let state = 0;

  const roots = async (): Promise<readonly NoteNode[]> => {
    services.contextKeys.set('wheelhouse.notes.noFolder', !face.hasFolder);
    // Only who looks at the list has the notes read for it.
    if (!view.visible) return [];
    const notes = await face.notes();
    return treeRoots({ notes, by: grouping(), active: await face.active(), problems, lengthOf: (key) => lengths.get(key) ?? PAGE, now: new Date() });
  };
  const look = owned.add(delayed(() => {
    const mine = state;
    const notes = face.current;
    if (!notes || !view.visible) return;
    void services.errors.guard(async () => {
      const found = await findProblems(notes, () => mine !== state || face.current !== notes);
      if (!found) return;
      problems = found;
      view.refresh();
    });
  }, problemsMs));
  const showStatus = async () => {
    const active = await face.active();
    status.show(active);
  };
  const soon = owned.add(delayed(() => {
    if (view.visible) view.refresh();
    showStatus().catch((error: unknown) => services.errors.log(error));
  }, drawMs));

  owned.add(face.onDidChange(() => {
    state++;
    soon.schedule();
    look.schedule();
  }));
  owned.add(vscode.window.onDidChangeActiveTextEditor(() => soon.schedule()));
  owned.add(view.onDidChangeVisibility(() => {
    soon.schedule();
    look.schedule();
  }));
  owned.add(editorFeatures(face));
  owned.add(vscode.workspace.registerTextDocumentContentProvider(CHANGE_SCHEME, changeTexts(face)));
  view.show(roots);
  soon.schedule();
  look.schedule();
  return {
    face,
    graph,
    draw: () => soon.schedule(),
    lengthen: (key) => {
      lengths.set(key, (lengths.get(key) ?? PAGE) * 2);
      view.refresh();
    },
    dispose: () => owned.dispose(),
  };
}
