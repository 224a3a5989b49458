import { WheelhouseError } from '../base/errors.ts';
import type { Files } from '../ports/files.ts';

export type FileChange = 'created' | 'changed' | 'removed' | 'none';

export interface ChangedFile {
  readonly file: string;
  readonly change: FileChange;
}

export interface FileEdit {
  readonly file: string;
  /** Gives the new text, or undefined to remove the file; the same text changes nothing. */
  readonly change: (text: string | undefined) => string | undefined;
}

type TextFiles = Pick<Files, 'readText' | 'replaceText' | 'remove'>;

const attempts = 5;

/**
 * Changes a file that its owner may be writing too: when that happens, the change is made again on
 * what is there then.
 * @throws WheelhouseError `conflict`, or what `change` throws.
 */
export async function rewriteText(files: TextFiles, file: string, change: FileEdit['change']): Promise<FileChange> {
  return (await rewrite(files, { file, change })).change;
}

/**
 * Changes several files, or none: what cannot be done is found before anything is written, and when
 * one cannot be written, those before it are put back.
 * @throws WheelhouseError as `rewriteText`.
 */
export async function rewriteTexts(files: TextFiles, edits: readonly FileEdit[]): Promise<readonly ChangedFile[]> {
  for (const { file, change } of edits) change(await files.readText(file));
  const done: Rewritten[] = [];
  try {
    for (const edit of edits) done.push(await rewrite(files, edit));
  } catch (error) {
    for (const { file, before, after } of done.reverse()) await rewrite(files, { file, change: (text) => (text === after ? before : text) });
    throw error;
  }
  return done.map(({ file, change }) => ({ file, change }));
}

interface Rewritten extends ChangedFile {
  readonly before: string | undefined;
  readonly after: string | undefined;
}

async function rewrite(files: TextFiles, { file, change }: FileEdit): Promise<Rewritten> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const before = await files.readText(file);
    const after = change(before);
    if (after === before) return { file, before, after, change: 'none' };
    if (after === undefined) {
      await files.remove(file);
      return { file, before, after, change: 'removed' };
    }
    if ((await files.replaceText(file, { expected: before, text: after })) === 'written') return { file, before, after, change: before === undefined ? 'created' : 'changed' };
  }
  throw new WheelhouseError('conflict', `${file} is being written by another program all the time; nothing was changed. Try again in a moment.`);
}
