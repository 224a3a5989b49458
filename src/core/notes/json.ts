import type { NoteEntry } from './model.ts';

export type NoteJson = ReturnType<typeof noteJson>;

/** A note as `--json` prints it. */
export function noteJson(note: NoteEntry, counts: { readonly links: number; readonly backlinks: number } | undefined) {
  const { id, title, tags, isPublic, path, modifiedAt, kind } = note;
  return { id, title, tags, public: isPublic, path, links: counts?.links ?? 0, backlinks: counts?.backlinks ?? 0, modifiedAt, kind };
}

export const noSuchNote = (id: string): string => `There is no note ${JSON.stringify(id.slice(0, 200))}. Search for notes, or list them, to see what they are called.`;
