import * as vscode from 'vscode';
import type { Feature } from '../services/services.ts';
import { registerCommand } from '../support/commands.ts';
import { chooseComment } from './chooseComment.ts';
import { textForModel } from './forModel.ts';
import { isOrphan } from './wording.ts';

export const share: Feature = (services) =>
  registerCommand(services.errors, 'wheelhouse.review.copyForModel', async (argument) => {
    const item = await chooseComment(services, argument, { title: 'Copy Review Comment for LLM' });
    if (!item) return undefined;
    const source = isOrphan(item) || item.range.start === 0 ? undefined : await (await services.model.contextOf(item)).sources.read(item.path);
    const code = source?.split(/\r?\n/).slice(item.range.start - 1, item.range.end).join('\n');
    const text = textForModel(item, code);
    await vscode.env.clipboard.writeText(text);
    vscode.window.setStatusBarMessage('$(copy) Comment copied', 3000);
    return text;
  });
