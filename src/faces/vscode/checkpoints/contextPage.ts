import * as vscode from 'vscode';

const scheme = 'wheelhouse-context';
const uri = vscode.Uri.from({ scheme, path: '/What a Session Is Told.md' });

/** The read-only page of **Preview Session Context**: it shows what it was given last. */
export class ContextPage implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #provider: vscode.Disposable;
  #text = '';

  constructor() {
    this.#provider = vscode.workspace.registerTextDocumentContentProvider(scheme, { onDidChange: this.#changed.event, provideTextDocumentContent: () => this.#text });
  }

  async show(markdown: string): Promise<void> {
    this.#text = markdown;
    this.#changed.fire(uri);
    await vscode.commands.executeCommand('markdown.showPreview', uri);
  }

  dispose(): void {
    this.#provider.dispose();
    this.#changed.dispose();
  }
}
