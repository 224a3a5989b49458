import * as vscode from 'vscode';
import { parsePolicy, WHILE_NOT_UNDERSTOOD } from '../../../core/policy/index.ts';
import { DisposableStore, type Disposable } from '../../../core/base/disposable.ts';
import { delayed } from '../support/debounce.ts';
import { isPolicyFile } from './files.ts';
import { fileOf } from './places.ts';

const TYPING_MS = 200;

/** Marks what is not understood in open policy files, as it is typed. */
export function diagnostics(): Disposable {
  const owned = new DisposableStore();
  const marks = owned.add(vscode.languages.createDiagnosticCollection('wheelhouse-policy'));
  const waiting = new Set<vscode.TextDocument>();
  const check = owned.add(
    delayed(() => {
      for (const document of waiting) if (!document.isClosed) marks.set(document.uri, diagnosticsOf(document));
      waiting.clear();
    }, TYPING_MS),
  );
  const look = (document: vscode.TextDocument) => {
    if (!isPolicyFile(document.uri)) return;
    waiting.add(document);
    check.schedule();
  };
  owned.add(vscode.workspace.onDidOpenTextDocument(look));
  owned.add(vscode.workspace.onDidChangeTextDocument(({ document }) => look(document)));
  owned.add(vscode.workspace.onDidCloseTextDocument(({ uri }) => marks.delete(uri)));
  vscode.workspace.textDocuments.forEach(look);
  return owned;
}

function diagnosticsOf(document: vscode.TextDocument): vscode.Diagnostic[] {
  return parsePolicy(document.getText(), fileOf(document.uri)).problems.map(({ line, column, message }) => {
    const { text } = document.lineAt(Math.min(line, document.lineCount) - 1);
    const start = Math.min(column - 1, text.length);
    const end = text.trimEnd().length;
    const range = new vscode.Range(line - 1, start < end ? start : 0, line - 1, Math.max(end, 1));
    const diagnostic = new vscode.Diagnostic(range, `${message.slice(0, 1).toUpperCase()}${message.slice(1)} ${WHILE_NOT_UNDERSTOOD}`);
    diagnostic.source = 'Wheelhouse';
    return diagnostic;
  });
}
