import { linkSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { link, rename } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemRandom } from './clock.ts';
import { errorCodeOf } from './file-errors.ts';
import { BYTE_ORDER_MARK, hasMark, hiddenName, readFile, reading, textOf, writeBeside } from './file-io.ts';
import { encodeText } from './text-codec.ts';

/** A file that was written so recently may be in the middle of being written; all the more if it is empty. */
const QUIET_MS = 25;
const QUIET_EMPTY_MS = 1000;
/** So long after a replacement the old file is looked at once more: who had it open may still have written. */
const GRACE_MS = 15;

/**
 * Replaces the text of a file, if it still is what was expected, among programs that write at any
 * moment and know nothing of locks (editors, language model tools). In what they may do, three
 * things are told apart:
 * - they wrote before: the content is compared with `expected`, after a moment of quiet;
 * - they write while it is replaced: a second name keeps hold of the old file, which is compared
 *   again after the rename and put back when it has changed;
 * - they rename a file of their own over it: the file at the path must be the one compared, one
 *   system call before the rename. That last moment, some microseconds, cannot be closed.
 *
 * @param target With all links resolved.
 * @param expected undefined: there must be no file.
 */
export async function replaceText(target: string, expected: string | undefined, text: string): Promise<'written' | 'changed'> {
  const before = await readWhenQuiet(target);
  if (expected === undefined) {
    if (before !== undefined) return 'changed';
    return writeBeside(target, encodeText(text), (temporary) => createFrom(temporary, target));
  }
  if (before === undefined || textOf(target, before) !== expected) return 'changed';
  const after = Buffer.concat([hasMark(before) ? BYTE_ORDER_MARK : new Uint8Array(), encodeText(text)]);
  return writeBeside(target, after, async (temporary) => {
    const stamp = stampOf(target, statSync(temporary));
    const old = swap(temporary, target, before);
    if (old === 'not done') return 'changed';
    if (old === 'done' || (await staysAs(old.kept, before))) {
      lastWritten = stamp;
      return 'written';
    }
    // Somebody wrote into the old file at the very moment of the swap: it goes back in its place, so
    // that they find what they wrote and may go on writing. Should a third have written in the
    // meantime too, then one of the two stays beside it under a name that can be seen.
    const ours = swap(old.kept, target, after);
    if (ours === 'not done') await rename(old.kept, `${target}.conflict-${systemRandom.base32(8)}`);
    else if (ours !== 'done' && !readFileSync(ours.kept).equals(after)) await rename(ours.kept, `${target}.conflict-${systemRandom.base32(8)}`);
    else if (ours !== 'done') rmSync(ours.kept);
    return 'changed';
  });
}

/** Whether a file that has lost its place keeps its content for a moment; then it is removed. */
async function staysAs(kept: string, content: Buffer): Promise<boolean> {
  if (!readFileSync(kept).equals(content)) return false;
  await sleep(GRACE_MS);
  if (!readFileSync(kept).equals(content)) return false;
  rmSync(kept, { force: true });
  return true;
}

/** The state in which this process last left a file. */
let lastWritten: string | undefined;

function stampOf(target: string, found = statSync(target, { throwIfNoEntry: false })): string | undefined {
  return found && `${target} ${found.ino} ${found.mtimeMs} ${found.size}`;
}

/**
 * The content of a file that nobody has written for a moment. A program that writes in place
 * truncates first: who reads between its two steps finds an empty file, takes that for the content,
 * and would replace the file under the program's hands. What this process wrote itself is not
 * waited for.
 */
async function readWhenQuiet(target: string): Promise<Buffer | undefined> {
  for (let looks = 0; ; looks++) {
    const found = statSync(target, { throwIfNoEntry: false });
    const bytes = await reading(target, () => readFile(target, Infinity));
    if (found === undefined || bytes === undefined || looks * QUIET_MS >= QUIET_EMPTY_MS) return bytes;
    const stamp = stampOf(target, found);
    // Of a time in the future (another machine's clock) the distance counts too.
    const age = Math.abs(Date.now() - found.mtimeMs);
    const quiet = stamp === lastWritten || age >= (found.size === 0 ? QUIET_EMPTY_MS : QUIET_MS);
    if (quiet && stampOf(target) === stamp) return bytes;
    await sleep(QUIET_MS);
  }
}

/** A link fails when the name is taken, so it cannot overwrite what somebody created meanwhile. */
async function createFrom(temporary: string, target: string): Promise<'written' | 'changed'> {
  try {
    await link(temporary, target);
  } catch (error) {
    if (errorCodeOf(error) === 'EEXIST') return 'changed';
    if (!noLinks(error)) throw error;
    await rename(temporary, target);
  }
  return 'written';
}

/**
 * Renames `source` over `target`, which is believed to hold `expected`. A second name keeps hold of
 * the file that was there, so that it can be compared once more when nobody can open it any more.
 * All calls are synchronous, to keep the moments between them short.
 *
 * @returns `not done` when the target held something else; else the second name, which the caller
 *   removes; `done` when the file system has no hard links.
 */
function swap(source: string, target: string, expected: Buffer): 'done' | 'not done' | { kept: string } {
  const kept = hiddenName(target, 'old');
  try {
    linkSync(target, kept);
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') return 'not done';
    if (!noLinks(error)) throw error;
    // The comparison before the rename is all there is.
    if (!readFileSync(target).equals(expected)) return 'not done';
    renameSync(source, target);
    return 'done';
  }
  try {
    const same = readFileSync(kept).equals(expected) && statSync(target, { throwIfNoEntry: false })?.ino === statSync(kept).ino;
    if (same) {
      renameSync(source, target);
      return { kept };
    }
  } catch (error) {
    rmSync(kept, { force: true });
    throw error;
  }
  rmSync(kept, { force: true });
  return 'not done';
}

function noLinks(error: unknown): boolean {
  return ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EACCES'].includes(errorCodeOf(error) ?? '');
}
