/** Notes in words. */
import { isVisibilityTag, type NoteEntry } from '../../../core/notes/index.ts';
import { lineOf } from '../prompts/promptText.ts';
import { ageText } from '../sessions/rows.ts';
import { literal } from '../sessions/texts.ts';

export { count } from '../prompts/promptText.ts';
export { ageText, lineOf };

/** Of tags, those that say what a note is about. */
export function topics(tags: readonly string[]): string[] {
  return tags.filter((tag) => !isVisibilityTag(tag));
}

export function iconOf({ isPublic }: Pick<NoteEntry, 'isPublic'>): 'globe' | 'lock' {
  return isPublic ? 'globe' : 'lock';
}

export function visibilityOf({ isPublic }: Pick<NoteEntry, 'isPublic'>): string {
  return isPublic ? 'PUBLIC: agents can read it' : 'Private: no agent can read it';
}

/** `3 h · #mcp #testing` */
export function factsOf({ modifiedAt, tags }: Pick<NoteEntry, 'modifiedAt' | 'tags'>, now: number): string {
  return [ageText(modifiedAt, now), literal(topics(tags).slice(0, 4).map((tag) => `#${tag}`).join(' '))].filter((part) => part !== '').join(' · ');
}

/** A path below one of the folders as the user knows it; absolute elsewhere. */
export function placeOf(path: string, folders: readonly string[]): string {
  const folder = folders.find((root) => path.startsWith(root) && /^[/\\]/.test(path.slice(root.length)));
  return folder === undefined ? path : path.slice(folder.length + 1);
}

export function exactTime(at: number): string {
  return new Date(at).toLocaleString('en-GB', { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' });
}
