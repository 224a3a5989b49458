/**
 * The folder that canaries are made in while a policy is verified. It is in the repository, because that is what rules
 * are about: in its `.git`, which no editor shows and git never commits; where there is no such folder, or the policy
 * has a rule about it, beside the files of the repository with a `.gitignore` of its own.
 */
import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { systemClock, systemRandom } from '../clock.ts';
import { namesIn } from '../names-in.ts';
import { isRunning } from '../sessions/process-start.ts';

const PREFIX = '.wheelhouse-canary-';
/** No verification takes as long: what is older is left over, whoever made it. */
const LEFT_OVER_MS = 60 * 60 * 1000;

/**
 * @param root The repository. Absolute.
 * @param isFree Whether no rule is about a file of this path: else that rule would answer for all others.
 * @returns A folder with nothing but a `.gitignore`; where nothing can be written, only its name. Absolute.
 */
export function makeCanaryFolder(root: string, isFree: (path: string) => boolean): string {
  const name = `${PREFIX}${owner()}-${process.pid}-${systemRandom.base32(8)}`;
  const hidden = join(root, '.git', name);
  const folder = isFolder(join(root, '.git')) && isFree(join(hidden, 'file')) ? hidden : join(root, name);
  try {
    mkdirSync(folder, { mode: 0o700 });
    writeFileSync(join(folder, '.gitignore'), '*\n');
  } catch {
    // Names can be asked about without files.
  }
  return folder;
}

/** Removes what a verification has left that was killed. Never throws: it is in nobody's way. */
export function sweepCanaryFolders(root: string): void {
  for (const place of [join(root, '.git'), root]) {
    for (const name of namesIn(place).filter((each) => each.startsWith(PREFIX))) {
      const folder = join(place, name);
      try {
        if (isLeftOver(folder, name)) rmSync(folder, { recursive: true, force: true });
      } catch {
        // Gone already, or not ours to remove.
      }
    }
  }
}

function isLeftOver(folder: string, name: string): boolean {
  const [host, pid] = name.slice(PREFIX.length).split('-');
  // A process of a container that has the same files cannot be seen from here.
  return systemClock.now() - statSync(folder).mtimeMs > LEFT_OVER_MS || (host === owner() && !isRunning(Number(pid)));
}

/** This machine, in letters that every file system takes. */
function owner(): string {
  return hostname().replace(/[^A-Za-z0-9]/g, '').slice(0, 32) || 'host';
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
