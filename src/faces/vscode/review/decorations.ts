import * as vscode from 'vscode';
import { DisposableStore } from '../../../core/base/disposable.ts';
import type { Feature, Services } from '../services/services.ts';
import { delayed } from '../support/debounce.ts';
import { onSettingChange, setting } from '../support/settings.ts';
import { gutterMarks, type GutterMark } from './gutter.ts';
import { wantsAttention, type IconName } from './wording.ts';

const rulerColors: Readonly<Record<Exclude<IconName, 'verified'>, string>> = {
  must: 'charts.red',
  should: 'charts.orange',
  question: 'charts.blue',
  nit: 'disabledForeground',
  unverified: 'charts.green',
  orphan: 'disabledForeground',
};
const iconNames = Object.keys(rulerColors) as (keyof typeof rulerColors)[];

/** Marks in the gutter and the overview ruler, and the beginning of the text at the end of the line. */
export const decorations: Feature = (services) => {
  const owned = new DisposableStore();
  const painter = owned.add(new Painter(services));
  const paintAll = () => vscode.window.visibleTextEditors.forEach((editor) => painter.paint(editor));
  // A decoration belongs to one editor and goes with it, so each one that appears is painted anew.
  owned.add(vscode.window.onDidChangeVisibleTextEditors(paintAll));
  owned.add(vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => painter.paint(textEditor)));
  owned.add(vscode.window.onDidChangeActiveTextEditor(() => painter.publishLines()));
  owned.add(onSettingChange(['wheelhouse.review.inlineText'], paintAll));
  owned.add(services.model.onDidChange(({ kind, path }) => {
    if (kind === 'refreshed') vscode.window.visibleTextEditors.forEach((editor) => painter.paint(editor, true));
    else vscode.window.visibleTextEditors.filter(({ document }) => services.repositories.pathOf(document.uri) === path).forEach((editor) => painter.paint(editor));
    painter.publishLines();
  }));
  return new vscode.Disposable(() => owned.dispose());
};

/** What an editor was last told to show, and for which version of its text. */
interface Painted {
  readonly key: string;
  readonly version: number;
}

class Painter implements vscode.Disposable {
  readonly #services: Services;
  readonly #icons = new Map<IconName, vscode.TextEditorDecorationType>();
  readonly #text: vscode.TextEditorDecorationType;
  readonly #painted = new WeakMap<vscode.TextEditor, Map<vscode.TextEditorDecorationType, Painted>>();
  readonly #publish = delayed(() => this.#publishNow(), 50);

  constructor(services: Services) {
    this.#services = services;
    for (const name of iconNames) this.#icons.set(name, iconDecoration(services.extension.extensionUri, name));
    this.#text = vscode.window.createTextEditorDecorationType({
      rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
      after: { color: new vscode.ThemeColor('input.placeholderForeground'), margin: '0 0 0 2.5em', fontStyle: 'italic' },
    });
  }

  /**
   * Shows what the model says now, where that is not what was shown before.
   * @param anew Also where it is, if the text changed since: VS Code moves marks along with the text
   *   by itself, and not always to where the model has them.
   */
  paint(editor: vscode.TextEditor, anew = false): void {
    const { document, selections } = editor;
    if (document.uri.scheme !== 'file') return;
    const inline = setting('wheelhouse.review.inlineText', document.uri);
    const quiet = new Set(selections.map(({ active }) => active.line));
    const marks = gutterMarks(this.#services.model.inDocument(document.uri), document.lineCount, quiet);
    for (const [name, type] of this.#icons) {
      const lines = marks.filter(({ icon }) => icon === name).map(({ line }) => line);
      this.#show(editor, type, lines, anew, () => lines.map((line) => new vscode.Range(line, 0, line, 0)));
    }
    const texts = inline ? marks.filter(({ text }) => text !== undefined) : [];
    this.#show(editor, this.#text, texts, anew, () => texts.map(lineEnd));
  }

  #show(editor: vscode.TextEditor, type: vscode.TextEditorDecorationType, wanted: readonly unknown[], anew: boolean, options: () => vscode.Range[] | vscode.DecorationOptions[]): void {
    let painted = this.#painted.get(editor);
    if (!painted) this.#painted.set(editor, (painted = new Map<vscode.TextEditorDecorationType, Painted>()));
    const { version } = editor.document;
    const key = JSON.stringify(wanted);
    const before = painted.get(type) ?? { key: '[]', version };
    if (before.key === key && (!anew || before.version === version || wanted.length === 0)) return;
    painted.set(type, { key, version });
    editor.setDecorations(type, options());
  }

  /** Tells `when` clauses which lines of the active editor have a comment. */
  publishLines(): void {
    this.#publish.schedule();
  }

  dispose(): void {
    this.#publish.dispose();
    this.#text.dispose();
    for (const type of this.#icons.values()) type.dispose();
  }

  #publishNow(): void {
    const { model, contextKeys } = this.#services;
    const active = vscode.window.activeTextEditor;
    const lines = active ? model.inDocument(active.document.uri).filter(wantsAttention).map((item) => item.range.start) : [];
    contextKeys.set('wheelhouse.review.lines', [...new Set(lines)]);
  }
}

function iconDecoration(extension: vscode.Uri, name: keyof typeof rulerColors): vscode.TextEditorDecorationType {
  const icon = (theme: string) => ({ gutterIconPath: vscode.Uri.joinPath(extension, 'media', 'icons', `${name}-${theme}.svg`), gutterIconSize: 'contain' });
  return vscode.window.createTextEditorDecorationType({
    light: icon('light'),
    dark: icon('dark'),
    overviewRulerColor: new vscode.ThemeColor(rulerColors[name]),
    overviewRulerLane: vscode.OverviewRulerLane.Center,
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
}

function lineEnd({ line, text }: GutterMark): vscode.DecorationOptions {
  const end = new vscode.Position(line, Number.MAX_SAFE_INTEGER);
  return { range: new vscode.Range(end, end), renderOptions: { after: { contentText: text ?? '' } } };
}
