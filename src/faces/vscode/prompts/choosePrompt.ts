/** Search as one types, over every prompt. */
import * as vscode from 'vscode';
import type { Prompts } from '../../../adapters/node/prompts/prompts.ts';
import { WheelhouseError } from '../../../core/base/errors.ts';
import { HIT_END, HIT_START, type PromptSearch } from '../../../core/prompts/index.ts';
import { delayed } from '../support/debounce.ts';
import { copy, insert } from './insert.ts';
import { factsOf, lineOf } from './promptText.ts';

interface Item extends vscode.QuickPickItem {
  readonly prompt: number;
}

const SHOWN = 100;
const PAUSE_MS = 90;
const copyButton: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('copy'), tooltip: 'Copy' };
const insertButton: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('terminal'), tooltip: 'Insert into the Active Terminal' };
const hits = new RegExp(`[${HIT_START}${HIT_END}]`, 'g');

/** The prompt that is named, else the one that the user finds; undefined when they leave. @throws WheelhouseError `invalid-input`. */
export async function choosePrompt(prompts: Prompts, given: unknown, title: string): Promise<number | undefined> {
  if (given === undefined) return findPrompt(prompts, title);
  if (typeof given !== 'number') throw new WheelhouseError('invalid-input', 'A prompt is named by its number, such as {"id": 42}.');
  return given;
}

/** A pick list that searches while the user types. @returns the id of the chosen prompt. */
export function findPrompt(prompts: Prompts, title: string, text = ''): Promise<number | undefined> {
  const pick = vscode.window.createQuickPick<Item>();
  pick.title = title;
  pick.placeholder = 'Words of the prompt; the last may be a beginning, "a phrase" stands in quotes, -word excludes';
  pick.value = text;
  let asked = 0;
  const search = async () => {
    const mine = ++asked;
    pick.busy = true;
    try {
      const items = await itemsFor(prompts, pick.value.trim());
      if (mine === asked) pick.items = items;
    } catch (error) {
      if (mine === asked) pick.items = [{ label: lineOf(error instanceof Error ? error.message : String(error)), alwaysShow: true, prompt: 0 }];
    } finally {
      if (mine === asked) pick.busy = false;
    }
  };
  const soon = delayed(() => void search(), PAUSE_MS);
  return new Promise((resolve) => {
    let chosen: number | undefined;
    pick.onDidChangeValue(() => soon.schedule());
    pick.onDidTriggerItemButton(async ({ item, button }) => {
      if (item.prompt === 0) return;
      const { text: whole } = await prompts.get(item.prompt);
      if (button === copyButton) await copy(whole);
      else {
        pick.hide();
        await insert(whole);
      }
    });
    pick.onDidAccept(() => {
      const id = pick.selectedItems[0]?.prompt;
      if (id === undefined || id === 0) return;
      chosen = id;
      pick.hide();
    });
    pick.onDidHide(() => {
      asked++;
      soon.dispose();
      resolve(chosen);
      pick.dispose();
    });
    pick.show();
    void search();
  });
}

/** The first letters of a word find nothing yet: until there are more, the words before it decide. */
async function found(prompts: Prompts, text: string): Promise<PromptSearch> {
  const result = await prompts.search({ text });
  const before = /^(.*\S)\s+[^\s"]{1,2}$/su.exec(text)?.[1];
  return result.ids.length > 0 || before === undefined ? result : prompts.search({ text: before });
}

async function itemsFor(prompts: Prompts, text: string): Promise<Item[]> {
  const now = Date.now();
  const buttons = [copyButton, insertButton];
  if (text === '') {
    const newest = await prompts.list({}, SHOWN);
    return newest.map((prompt) => ({ label: lineOf(prompt.text), description: factsOf({ ...prompt, rating: prompt.rating ?? 0 }, now), alwaysShow: true, buttons, prompt: prompt.id }));
  }
  const { top, ids } = await found(prompts, text);
  if (ids.length === 0) return [{ label: `Nothing found for “${lineOf(text, 60)}”`, alwaysShow: true, prompt: 0 }];
  return top.slice(0, SHOWN).map((prompt) => ({ label: lineOf(prompt.snippet.replace(hits, '')), description: factsOf(prompt, now), alwaysShow: true, buttons, prompt: prompt.id }));
}
