import * as vscode from 'vscode';

const scheme = 'wheelhouse-policy';

/** Texts to be looked at that are no files: a policy before it is written, settings before they are changed. */
export class Texts implements vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #provider = vscode.workspace.registerTextDocumentContentProvider(scheme, { provideTextDocumentContent: (uri) => this.#texts.get(uri.toString()) ?? '' });
  #count = 0;

  /** @param name Of a file: its ending decides how it is coloured. */
  uri(name: string, text: string): vscode.Uri {
    const uri = vscode.Uri.from({ scheme, path: `/${name}`, query: String(++this.#count) });
    this.#texts.set(uri.toString(), text);
    return uri;
  }

  async show(name: string, text: string, language: string): Promise<vscode.TextDocument> {
    return vscode.languages.setTextDocumentLanguage(await vscode.workspace.openTextDocument(this.uri(name, text)), language);
  }

  /** Closes the tabs that show one of ours. */
  async close(...uris: readonly vscode.Uri[]): Promise<void> {
    const ours = new Set(uris.map((uri) => uri.toString()));
    const shows = ({ input }: vscode.Tab) => (input instanceof vscode.TabInputText && ours.has(input.uri.toString())) || (input instanceof vscode.TabInputTextDiff && ours.has(input.modified.toString()));
    await vscode.window.tabGroups.close(vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).filter(shows), true);
    for (const uri of ours) this.#texts.delete(uri);
  }

  dispose(): void {
    this.#provider.dispose();
  }
}
