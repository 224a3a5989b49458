import * as vscode from 'vscode';

export interface EditorRange {
  /** Lines, 1-based, both ends inclusive. */
  readonly range: { readonly start: number; readonly end: number };
  readonly columns?: { readonly start: number; readonly end: number };
}

export interface EditorPlaces {
  readonly uri: vscode.Uri;
  readonly ranges: readonly EditorRange[];
}

/** What a caller may give as a uri: a `Uri`, what becomes of one on the way through JSON, or a path. */
export function asUri(value: unknown): vscode.Uri | undefined {
  if (value instanceof vscode.Uri) return value;
  if (typeof value === 'string' && value !== '') return /^[a-z][\w+.-]+:/i.test(value) ? vscode.Uri.parse(value) : vscode.Uri.file(value);
  if (typeof value === 'object' && value !== null && 'scheme' in value && 'path' in value) return vscode.Uri.from(value as vscode.Uri);
  return undefined;
}

/**
 * The places that a command is about: the clicked line, or each selection of the active editor. A
 * click inside the selection means the selection.
 * @returns undefined when there is no editor to take them from.
 */
export function chosenPlaces(argument: { readonly uri?: unknown; readonly lineNumber?: unknown; readonly endLine?: unknown } | undefined): EditorPlaces | undefined {
  const editor = vscode.window.activeTextEditor;
  const uri = asUri(argument?.uri) ?? editor?.document.uri;
  if (!uri) return undefined;
  const inEditor = editor?.document.uri.toString() === uri.toString() ? editor : undefined;
  const line = argument?.lineNumber;
  if (typeof line !== 'number') return inEditor && { uri, ranges: distinct(inEditor.selections.map((selection) => toRange(inEditor.document, selection))) };
  if (typeof argument?.endLine === 'number') return { uri, ranges: [{ range: { start: line, end: argument.endLine } }] };
  const selected = inEditor?.selections.filter(({ isEmpty }) => !isEmpty).map((selection) => toRange(inEditor.document, selection));
  return { uri, ranges: [selected?.find(({ range }) => range.start <= line && line <= range.end) ?? { range: { start: line, end: line } }] };
}

/** Whole lines; a selection that ends at the beginning of a line does not mean that line. */
function toRange(document: vscode.TextDocument, selection: vscode.Selection): EditorRange {
  const { start, end, isEmpty } = selection;
  const overshoot = end.character === 0 && end.line > start.line;
  const last = overshoot ? end.line - 1 : end.line;
  const range = { start: start.line + 1, end: last + 1 };
  if (isEmpty) return { range };
  return { range, columns: { start: start.character, end: overshoot ? document.lineAt(last).text.length : end.character } };
}

/** Two cursors in one line mean one comment. */
function distinct(ranges: readonly EditorRange[]): EditorRange[] {
  const seen = new Set<string>();
  return ranges.filter(({ range }) => {
    const key = `${range.start}-${range.end}`;
    return !seen.has(key) && seen.add(key);
  });
}
