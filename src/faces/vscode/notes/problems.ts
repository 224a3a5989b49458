/** What is wrong in the notes, looked for a few hundred at a time, so that nobody waits for it. */
import { setImmediate } from 'node:timers/promises';
import type { Notes } from '../../../adapters/node/notes/notes.ts';
import * as core from '../../../core/notes/index.ts';

export interface Problems {
  readonly broken: readonly { readonly note: core.NoteEntry; readonly target: string }[];
  readonly orphans: readonly core.NoteEntry[];
  readonly doubles: readonly core.NoteEntry[];
  readonly unreadable: readonly { readonly path: string; readonly problem: string }[];
}

const SLICE = 500;

/** @returns undefined when `isStale` says that the answer is not wanted any more. */
export async function findProblems({ index, files }: Notes, isStale: () => boolean): Promise<Problems | undefined> {
  let broken: { note: core.NoteEntry; target: string }[] = [];
  let orphans: core.NoteEntry[] = [];
  const last = core.lastKey(index);
  for (let from = 1; from <= last; from += SLICE) {
    await setImmediate();
    if (isStale()) return undefined;
    broken = broken.concat(core.brokenIn(index, from, from + SLICE - 1));
    await setImmediate();
    if (isStale()) return undefined;
    orphans = orphans.concat(core.orphansIn(index, from, from + SLICE - 1));
  }
  const byId = (a: core.NoteEntry, b: core.NoteEntry) => (a.id < b.id ? -1 : 1);
  return {
    broken: broken.sort((a, b) => byId(a.note, b.note)),
    orphans: orphans.sort(byId),
    doubles: core.doublesIn(index),
    unreadable: [...files.problems].map(([path, problem]) => ({ path, problem })).sort((a, b) => (a.path < b.path ? -1 : 1)),
  };
}
