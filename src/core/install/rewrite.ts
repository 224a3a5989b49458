import { WheelhouseError } from '../base/errors.ts';
import type { Files } from '../ports/files.ts';

export type FileChange = 'created' | 'changed' | 'removed' | 'none';

const attempts = 5;

/**
 * Changes a file that its owner may be writing too: when that happens, the change is made again on
 * what is there then.
 * @param change Gives the new text, or undefined to remove the file; the same text changes nothing.
 * @throws WheelhouseError `conflict`, or what `change` throws.
 */
export async function rewriteText(files: Pick<Files, 'readText' | 'replaceText' | 'remove'>, file: string, change: (text: string | undefined) => string | undefined): Promise<FileChange> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const before = await files.readText(file);
    const after = change(before);
    if (after === before) return 'none';
    if (after === undefined) {
      await files.remove(file);
      return 'removed';
    }
    if ((await files.replaceText(file, { expected: before, text: after })) === 'written') return before === undefined ? 'created' : 'changed';
  }
  throw new WheelhouseError('conflict', `${file} is being written by another program all the time; nothing was changed. Try again in a moment.`);
}
