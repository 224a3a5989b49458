/** Templates from prompts that worked: pick one, fill what varies, put it where you type. */
import * as vscode from 'vscode';
import { WheelhouseError } from '../../../core/base/errors.ts';
import { fillTemplate, slotsOf, templatesOf, type PromptTemplate } from '../../../core/prompts/index.ts';
import type { Argument, Result } from '../support/commands.ts';
import type { Face } from './face.ts';
import { copy, insert } from './insert.ts';
import { count, lineOf } from './promptText.ts';

const MIN_RATING = 4;
const previewButton: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('open-preview'), tooltip: 'Read and Edit the Template' };

/** @returns the filled text, or undefined when the user leaves. @throws WheelhouseError `not-found` without a well-rated prompt. */
export async function useTemplate(face: Face, argument: Argument<'wheelhouse.prompts.useTemplate'> | undefined): Promise<Result<'wheelhouse.prompts.useTemplate'>> {
  const template = typeof argument?.template === 'string' ? { text: argument.template, slots: [] } : await chooseTemplate(face);
  if (template === undefined) return undefined;
  const values = argument?.values ?? (await askForSlots(template));
  if (values === undefined) return undefined;
  const text = fillTemplate(template.text, values);
  const to = argument?.to ?? (await askWhereTo(text));
  if (to === undefined) return undefined;
  if (to === 'editor') await edit(text);
  else await (to === 'terminal' ? insert(text) : copy(text));
  return text;
}

async function chooseTemplate(face: Face): Promise<Pick<PromptTemplate, 'text' | 'slots'> | undefined> {
  const templates = await face.use(async (prompts) => templatesOf(await prompts.list({ minRating: MIN_RATING }), { minRating: MIN_RATING }));
  if (templates.length === 0) throw new WheelhouseError('not-found', 'There is no template yet. Rate prompts that worked with 4 or 5 stars in the timeline: those that are alike, or that name files, become templates.');
  const pick = vscode.window.createQuickPick<vscode.QuickPickItem & { template: PromptTemplate }>();
  pick.title = 'Use Prompt Template';
  pick.placeholder = 'Templates from your well-rated prompts';
  pick.matchOnDetail = true;
  pick.items = templates.map((template) => ({
    label: lineOf(template.text, 90),
    description: `${'★'.repeat(Math.round(template.rating))} ${count(template.ids.length, 'prompt')}`,
    detail: template.slots.map(({ name, examples }) => `${lineOf(name)}: ${examples.slice(0, 3).map((example) => lineOf(example, 30)).join(', ')}`).join(' · '),
    buttons: [previewButton],
    template,
  }));
  return new Promise((resolve) => {
    let chosen: PromptTemplate | undefined;
    pick.onDidTriggerItemButton(({ item }) => {
      pick.hide();
      void edit(item.template.text);
    });
    pick.onDidAccept(() => {
      chosen = pick.selectedItems[0]?.template;
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(chosen);
      pick.dispose();
    });
    pick.show();
  });
}

/** Each slot once, with what stood there before as choices. */
async function askForSlots({ text, slots }: Pick<PromptTemplate, 'text' | 'slots'>): Promise<Readonly<Record<string, string>> | undefined> {
  const names = slotsOf(text);
  const values: Record<string, string> = {};
  for (const [i, name] of names.entries()) {
    const value = await askForSlot(name, slots.find((slot) => slot.name === name)?.examples ?? [], `${lineOf(fillTemplate(text, values), 70)} (${i + 1}/${names.length})`);
    if (value === undefined) return undefined;
    values[name] = value;
  }
  return values;
}

function askForSlot(name: string, examples: readonly string[], title: string): Promise<string | undefined> {
  const pick = vscode.window.createQuickPick<vscode.QuickPickItem & { value: string }>();
  pick.title = title;
  pick.placeholder = `${name}: type it, or choose what stood there before`;
  pick.ignoreFocusOut = true;
  const show = () => {
    const typed = pick.value;
    const before = examples.map((value) => ({ label: lineOf(value), value }));
    pick.items = typed.trim() === '' ? before : [{ label: lineOf(typed), description: name, alwaysShow: true, value: typed }, ...before];
  };
  show();
  return new Promise((resolve) => {
    let chosen: string | undefined;
    pick.onDidChangeValue(show);
    pick.onDidAccept(() => {
      chosen = pick.selectedItems[0]?.value ?? pick.value;
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(chosen);
      pick.dispose();
    });
    pick.show();
  });
}

async function askWhereTo(text: string): Promise<'terminal' | 'clipboard' | 'editor' | undefined> {
  const choices = [
    ...(vscode.window.activeTerminal ? [{ label: '$(terminal) Insert into Terminal', description: vscode.window.activeTerminal.name, to: 'terminal' as const }] : []),
    { label: '$(copy) Copy', description: '', to: 'clipboard' as const },
    { label: '$(edit) Edit First', description: 'in an editor of its own', to: 'editor' as const },
  ];
  return (await vscode.window.showQuickPick(choices, { title: lineOf(text, 90), placeHolder: 'It is not sent: you press Enter yourself.', ignoreFocusOut: true }))?.to;
}

async function edit(text: string): Promise<void> {
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: 'markdown', content: text }));
}
