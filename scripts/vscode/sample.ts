import { execFile } from 'node:child_process';
import { cp } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

import { buildFolderOnce } from './once.ts';
import { cacheDir, projectRoot } from './paths.ts';

const run = promisify(execFile);

/** The sample's history: what each commit brings. The last one takes all that is left. */
const COMMITS: readonly [message: string, ...paths: string[]][] = [
  ['Log hours per client', 'package.json', '.gitignore', 'src/store.js', 'src/entries.js', 'test/entries.test.js'],
  ['Turn entries into invoices', 'src/invoice.js', 'test/invoice.test.js', 'src/report.js', 'test/report.test.js'],
  ['Add the command line', '.'],
];

/**
 * A git repository made from `sample/`, in a folder that stays: what was done in it is there at the next start.
 * @returns the folder.
 */
export async function sampleRepository(folder = path.join(cacheDir, 'sample')): Promise<string> {
  await buildFolderOnce(folder, async (partial) => {
    await cp(path.join(projectRoot, 'sample'), partial, { recursive: true });
    const git = (...args: string[]) => run('git', ['-c', 'user.name=Sam Ple', '-c', 'user.email=sam@example.com', '-c', 'commit.gpgSign=false', ...args], { cwd: partial });
    await git('init', '--quiet', '--initial-branch=main');
    for (const [message, ...paths] of COMMITS) {
      await git('add', ...paths);
      await git('commit', '--quiet', '--no-verify', '-m', message);
    }
  });
  return folder;
}
