/** Notes of a made-up developer, as a git repository: written by hand, and one of them changed by a session. */
import { execFile } from 'node:child_process';
import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { buildFolderOnce } from '../once.ts';

const USER = 'Sam Ple <sam@example.com>';
const CHANGED = 'retry-with-backoff.org';
const LEARNT = '\nA refused connection is transient, a refused password is not.\n';

/** @param session Whose change one of the notes has. */
export async function makeNotes(folder: string, session: string): Promise<void> {
  await buildFolderOnce(folder, async (partial) => {
    await cp(path.join(import.meta.dirname, 'notes'), partial, { recursive: true });
    const git = (...args: string[]) => promisify(execFile)('git', ['-c', 'user.name=Sam Ple', '-c', 'user.email=sam@example.com', '-c', 'commit.gpgSign=false', ...args], { cwd: partial });
    const commit = (author: string, message: string) => git('commit', '--quiet', '--no-verify', `--author=${author}`, '-m', message);
    await git('init', '--quiet', '--initial-branch=main');
    await git('add', '.');
    await commit(USER, 'What I know so far');
    const changed = path.join(partial, CHANGED);
    await writeFile(changed, (await readFile(changed, 'utf8')) + LEARNT);
    await git('add', '.');
    await commit('Wheelhouse <wheelhouse@localhost>', `notes: update retry-with-backoff\n\nSession: ${session}\n`);
  });
}
