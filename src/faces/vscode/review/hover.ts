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
        const now = ({ range }: ReviewItem) => document.getText(new vscode.Range(range.start - 1, 0, range.end - 1, Number.MAX_SAFE_INTEGER));
        const comments = here.sort(byNeed).map((item) => ({ item, currentText: now(item) }));
        return new vscode.Hover(commentMarkdown(comments, { language: document.languageId }), document.lineAt(position).range);
      },
    },
  );

interface ShownComment {
  readonly item: ReviewItem;
  readonly currentText?: string | undefined;
}

/** Comments as Markdown that is trusted with its own command links and with nothing else. */
export function commentMarkdown(comments: readonly ShownComment[], options: { language: string; withPlace?: boolean }): vscode.MarkdownString {
  const enabledCommands = new Set<string>();
  const texts = comments.map(({ item, currentText }) => {
    const actions = actionsFor(item, vscode.workspace.isTrusted);
    for (const { command } of actions) enabledCommands.add(command);
    const links = actions.map(({ label, command }) => `[${label}](${commandLink(command, { id: item.id })})`).join(' · ');
    return hoverText(item, { now: new Date(), actions: links, currentText, ...options });
  });
  const markdown = new vscode.MarkdownString(texts.join('\n\n---\n\n'));
  markdown.isTrusted = { enabledCommands: [...enabledCommands] };
  return markdown;
}
