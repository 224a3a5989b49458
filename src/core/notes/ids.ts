/** What notes are called by. */

/** Names that Windows keeps for devices. */
const DEVICES = /^(con|prn|aux|nul|com\d|lpt\d)$/i;

/** Whether a new note may have this id, which is its file's name too: plain letters, so that no two look alike. */
export function isNewId(id: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/.test(id) && !DEVICES.test(id);
}

/** A title or a file's name as an id: lower case, with dashes. */
export function slugOf(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '');
}

/** The name of a file without its folder and its ending. */
export function stemOf(path: string): string {
  return (path.split(/[/\\]/).at(-1) ?? '').replace(/\.(org|md|markdown)$/i, '');
}

export const NOTE_ENDING = /\.(org|md|markdown)$/i;

export function isNoteFile(name: string): boolean {
  return /^[^.#].*\.(org|md|markdown)$/i.test(name) && !name.endsWith('~');
}

/** The id of a file: its own, else the slug of its name. */
export function fileIdOf(id: string | undefined, path: string): string {
  return id ?? (slugOf(stemOf(path)) || stemOf(path));
}
