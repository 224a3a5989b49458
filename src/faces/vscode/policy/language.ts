/** Help while a policy file is written, without an extension for YAML. */
import * as vscode from 'vscode';
import { keyUnder, proposalsAt, type Proposal } from './policyLines.ts';
import type { CommandId } from '../contributions.ts';

const kinds: Readonly<Record<Proposal['kind'], vscode.CompletionItemKind>> = {
  key: vscode.CompletionItemKind.Property,
  value: vscode.CompletionItemKind.EnumMember,
  entry: vscode.CompletionItemKind.File,
};

export function completions(document: vscode.TextDocument, { line, character }: vscode.Position): vscode.CompletionItem[] {
  return proposalsAt(linesOf(document), line, character).map((proposal, index) => {
    const item = new vscode.CompletionItem(proposal.label, kinds[proposal.kind]);
    item.insertText = proposal.insert;
    item.documentation = proposal.help;
    item.range = new vscode.Range(line, proposal.from, line, character);
    item.filterText = proposal.insert;
    item.sortText = String(index).padStart(3, '0');
    return item;
  });
}

export function hover(document: vscode.TextDocument, { line, character }: vscode.Position): vscode.Hover | undefined {
  const found = keyUnder(linesOf(document), line, character);
  if (!found) return undefined;
  const { key, start, end } = found;
  const text = new vscode.MarkdownString().appendMarkdown(`**${key.path}**\n\n`).appendText(key.help);
  return new vscode.Hover(text, new vscode.Range(line, start, line, end));
}

/** What is done with the file as a whole, above its first line. */
export function lenses(uri: vscode.Uri): vscode.CodeLens[] {
  const top = new vscode.Range(0, 0, 0, 0);
  const lens = (title: string, command: CommandId, tooltip: string) => new vscode.CodeLens(top, { title, command, tooltip, arguments: [{ uri }] });
  return [
    lens('$(check) Apply…', 'wheelhouse.policy.apply', "Shows what changes in the agent's settings, and asks"),
    lens('$(beaker) Verify', 'wheelhouse.policy.verify', 'Tries each rule, and shows which layer stops it'),
    lens('$(eye) What would this deny?', 'wheelhouse.policy.preview', 'The files that fall under these rules as they are written now'),
  ];
}

function linesOf(document: vscode.TextDocument): string[] {
  return document.getText().split(/\r?\n/);
}
