import * as vscode from 'vscode';
import { DisposableStore } from '../../../core/base/disposable.ts';
import type { CommandId } from '../contributions.ts';
import type { Feature } from '../services/services.ts';
import { registerCommand, type Argument, type Result } from '../support/commands.ts';
import { delayed } from '../support/debounce.ts';
import { isPolicyFile, policyPanel, policySelector } from './files.ts';
import type * as Lazy from './policy-lazy.ts';

/** Where there is no policy, nothing of this is loaded; that is looked up a moment after the start. */
const START_MS = 2_000;

/** The policy: set up, written with help, applied to the agent's settings, verified, and shown where files are. */
export const policy: Feature = (services) => {
  const { errors } = services;
  const owned = new DisposableStore();
  let opening: Promise<Lazy.PolicyFace> | undefined;
  let disposed = false;

  const load = () => import('./policy-lazy.ts');
  const open = (): Promise<Lazy.PolicyFace> => {
    if (opening) return opening;
    const face = load().then((lazy) => new lazy.PolicyFace(services));
    face.then((opened) => disposed && opened.dispose(), () => {
      if (opening === face) opening = undefined;
    });
    return (opening = face);
  };
  const openQuietly = () => void open().catch((error: unknown) => errors.log(error));

  const look = delayed(() => {
    const { workspaceFolders = [] } = vscode.workspace;
    const folders = workspaceFolders.filter(({ uri }) => uri.scheme === 'file').map(({ uri }) => uri.fsPath);
    void import('./presence-lazy.ts').then(({ hasPolicy }) => !disposed && hasPolicy(folders, process.env) && openQuietly()).catch((error: unknown) => errors.log(error));
  }, START_MS);
  look.schedule();
  owned.add(look);
  owned.add(vscode.workspace.onDidChangeWorkspaceFolders(() => look.schedule()));
  const watcher = owned.add(vscode.workspace.createFileSystemWatcher('**/.wheelhouse/policy.yaml'));
  owned.add(watcher.onDidCreate(openQuietly));
  const noticeDocument = ({ uri }: vscode.TextDocument) => isPolicyFile(uri) && openQuietly();
  owned.add(vscode.workspace.onDidOpenTextDocument(noticeDocument));
  vscode.workspace.textDocuments.forEach(noticeDocument);

  owned.add(vscode.languages.registerCompletionItemProvider(policySelector, { provideCompletionItems: async (document, position) => (await load()).completions(document, position) }, '-', ' ', '"', '~', '\n'));
  owned.add(vscode.languages.registerHoverProvider(policySelector, { provideHover: async (document, position) => (await load()).hover(document, position) }));
  owned.add(vscode.languages.registerCodeLensProvider(policySelector, { provideCodeLenses: async ({ uri }) => (await load()).lenses(uri) }));

  const command = <Id extends CommandId>(id: Id, run: (face: Lazy.PolicyFace, lazy: typeof Lazy, argument: Argument<Id> | undefined) => Promise<Result<Id>> | Result<Id>) =>
    owned.add(registerCommand(errors, id, async (argument) => run(await open(), await load(), argument)));
  command('wheelhouse.policy.init', (face, lazy, argument) => lazy.setUp(face, argument));
  command('wheelhouse.policy.open', (face, lazy, argument) => lazy.openFile(face, argument?.scope));
  command('wheelhouse.policy.apply', (face, lazy, argument) => lazy.change(face, argument, false));
  command('wheelhouse.policy.remove', (face, lazy, argument) => lazy.change(face, argument, true));
  command('wheelhouse.policy.verify', (face) => face.page.verify());
  command('wheelhouse.policy.show', (face) => face.page.show());
  command('wheelhouse.policy.checkPath', (face, lazy, argument) => lazy.checkFile(face, argument));
  command('wheelhouse.policy.preview', (face, lazy, argument) => lazy.preview(face, argument));
  command('wheelhouse.policy.secrets', (face, lazy, argument) => lazy.mendSecrets(face, argument));
  owned.add(
    vscode.window.registerWebviewPanelSerializer(policyPanel, {
      deserializeWebviewPanel: async (panel) => {
        await errors.guard(async () => (await open()).page.serve(panel));
      },
    }),
  );

  owned.add({
    dispose: () => {
      disposed = true;
      void opening?.then((face) => face.dispose(), () => undefined);
    },
  });
  return new vscode.Disposable(() => owned.dispose());
};
