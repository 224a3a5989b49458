/** A pick list that searches every note while the user types. */
import * as vscode from 'vscode';
import * as core from '../../../core/notes/index.ts';
import { delayed } from '../support/debounce.ts';
import type { NotesFace } from './face.ts';
import { aroundHit, hitPlace } from './hitPlace.ts';
import { count, factsOf, iconOf, lineOf } from './noteText.ts';

interface Item extends vscode.QuickPickItem {
  readonly note: core.NoteEntry | undefined;
  /** Offset in the text of the note. */
  readonly offset: number;
}

export interface Choice {
  readonly note: core.NoteEntry;
  readonly offset: number;
  readonly isBeside: boolean;
}

export const SHOWN = 50;
const PAUSE_MS = 60;
const SNIPPET = 200;
const besideButton: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('split-horizontal'), tooltip: 'Open to the Side' };

/** As `findNote`, for a command that needs a note. */
export async function chooseNote(face: NotesFace, title: string): Promise<core.NoteEntry | undefined> {
  return (await findNote(face, title))?.note;
}

/** The note that the user finds, and where in it; undefined when they leave. */
export function findNote(face: NotesFace, title: string): Promise<Choice | undefined> {
  const pick = vscode.window.createQuickPick<Item>();
  pick.title = title;
  pick.placeholder = 'Words of a note; the last may be a beginning, "a phrase" stands in quotes, -word excludes';
  let asked = 0;
  let shown: string | undefined;
  const look = async () => {
    const mine = ++asked;
    const { value } = pick;
    const show = (items: readonly Item[]) => {
      if (mine === asked) [pick.items, shown] = [items, value];
    };
    pick.busy = true;
    try {
      show(await itemsFor(face, value.trim()));
    } catch (error) {
      show([{ label: lineOf(error instanceof Error ? error.message : String(error)), alwaysShow: true, note: undefined, offset: 0 }]);
    } finally {
      if (mine === asked) pick.busy = false;
    }
  };
  const soon = delayed(() => void look(), PAUSE_MS);
  return new Promise((resolve) => {
    let chosen: Choice | undefined;
    const choose = (item: Item | undefined, isBeside: boolean) => {
      if (!item?.note) return;
      chosen = { note: item.note, offset: item.offset, isBeside };
      pick.hide();
    };
    pick.onDidChangeValue(() => soon.schedule());
    pick.onDidTriggerItemButton(({ item }) => choose(item, true));
    pick.onDidAccept(async () => {
      if (shown === pick.value) {
        choose(pick.selectedItems[0], false);
        return;
      }
      // Whoever types and presses Enter at once means what they typed, not what was found for its beginning.
      await look();
      if (shown === pick.value) choose(pick.items[0], false);
    });
    pick.onDidHide(() => {
      asked++;
      soon.dispose();
      resolve(chosen);
      pick.dispose();
    });
    pick.show();
    void look();
  });
}

async function itemsFor(face: NotesFace, text: string): Promise<Item[]> {
  const notes = await face.notes();
  const now = Date.now();
  const line = (note: core.NoteEntry, detail: string, offset: number): Item => ({ label: `$(${iconOf(note)}) ${lineOf(note.title) || lineOf(note.id)}`, description: `${note.isPublic ? 'PUBLIC · ' : ''}${factsOf(note, now)}`, ...(detail !== '' && { detail }), alwaysShow: true, buttons: [besideButton], note, offset });
  if (text === '') return core.pageOf(notes.index, { by: 'all' }, SHOWN).map((note) => line(note, '', 0));
  const found = await foundNotes(face, text);
  if (found.notes.length === 0) return [{ label: `Nothing found for “${lineOf(text, 60)}”`, alwaysShow: true, note: undefined, offset: 0 }];
  const items = found.notes.map((note) => {
    const isHit = note.snippet.includes(core.HIT_START);
    return line(note, isHit ? lineOf(aroundHit(note.snippet), SNIPPET) : '', isHit ? hitPlace(notes.index.contentOf(note), note.snippet) : 0);
  });
  if (found.total > items.length) items.push({ label: `${count(found.total, 'note')} fit; another word narrows them down`, alwaysShow: true, note: undefined, offset: 0 });
  return items;
}

/** The first letters of a word find nothing yet: until there are more, names decide, and the words before it. */
async function foundNotes(face: NotesFace, text: string): Promise<{ notes: core.FoundNote[]; total: number }> {
  const notes = await face.notes();
  const found = await notes.search(text, SHOWN);
  const before = /^(.*\S)\s+[^\s"]{1,2}$/su.exec(text)?.[1];
  if (found.notes.length > 0) return found;
  if (before !== undefined) return notes.search(before, SHOWN);
  const named = core.notesNamed(notes.index, text, SHOWN).map((note) => ({ ...note, snippet: '' }));
  return { notes: named, total: named.length };
}
