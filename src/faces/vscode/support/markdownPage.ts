import * as vscode from 'vscode';

/** A read-only page of Markdown, which shows what it was given last. */
export class MarkdownPage implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #provider: vscode.Disposable;
  readonly #uri: vscode.Uri;
  #text: string | undefined;

  /**
   * @param scheme Of its address, and of no other page. @param name Its file name, which is the title of its tab.
   * @param atFirst What a page shows that was open when the window was reloaded.
   */
  constructor(scheme: string, name: string, atFirst: () => vscode.ProviderResult<string> = () => '') {
    this.#uri = vscode.Uri.from({ scheme, path: `/${name}` });
    this.#provider = vscode.workspace.registerTextDocumentContentProvider(scheme, { onDidChange: this.#changed.event, provideTextDocumentContent: () => this.#text ?? atFirst() });
  }

  async show(markdown: string): Promise<void> {
    this.#text = markdown;
    this.#changed.fire(this.#uri);
    await vscode.commands.executeCommand('markdown.showPreview', this.#uri);
  }

  dispose(): void {
    this.#provider.dispose();
    this.#changed.dispose();
  }
}
