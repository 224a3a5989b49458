import * as vscode from 'vscode';
import type { ReviewItem } from '../../../core/review/index.ts';
import type { Feature } from '../services/services.ts';
import { commandLink } from '../support/commands.ts';
import { actionsFor, hoverText } from './hoverText.ts';
import { byNeed, wantsAttention } from './wording.ts';

/** The whole comment, when the pointer rests on its line or its line-end text. */
export const hover: Feature = ({ model }) =>
  vscode.languages.registerHoverProvider(
    { scheme: 'file' },
    {
      provideHover(document, position) {
        const here = model.inDocument(document.uri).filter((item) => wantsAttention(item) && Math.min(item.range.start, document.lineCount) === position.line + 1);
        if (here.length === 0) return undefined;
        const { start, end } = here[0]?.range ?? { start: 1, end: 1 };
        const current = document.getText(new vscode.Range(start - 1, 0, end - 1, Number.MAX_SAFE_INTEGER));
        return new vscode.Hover(here.sort(byNeed).map((item) => commentMarkdown(item, { language: document.languageId, currentText: current })), document.lineAt(position).range);
      },
    },
  );

/** A comment as Markdown that is trusted with its own command links and with nothing else. */
export function commentMarkdown(item: ReviewItem, options: { language: string; currentText?: string; withPlace?: boolean }): vscode.MarkdownString {
  const actions = actionsFor(item, vscode.workspace.isTrusted);
  const links = actions.map(({ label, command }) => `[${label}](${commandLink(command, { id: item.id })})`).join(' · ');
  const markdown = new vscode.MarkdownString(hoverText(item, { now: new Date(), actions: links, ...options }));
  markdown.isTrusted = { enabledCommands: actions.map(({ command }) => command) };
  return markdown;
}
