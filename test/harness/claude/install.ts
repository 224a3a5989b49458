// The real Claude Code client for end-to-end tests. It is fetched when a test needs it and kept in the cache folder of
// the project; it is never a dependency. `node test/harness/claude/install.ts` fetches it ahead of the tests.

import { spawn } from 'node:child_process';
import { access, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { constants } from 'node:fs';
import { join } from 'node:path';

/** The version the harness and the tests were written against. */
export const claudeVersion = '2.1.197';

const cacheFolder = join(import.meta.dirname, '../../../.vscode-test/claude');
const installTimeoutMs = 180_000;

export type Installed = { readonly path: string } | { readonly missing: string };

let inThisProcess: Promise<Installed> | undefined;

/** Gives the absolute path of the `claude` executable, or one sentence that says why it cannot be had. Never throws. */
export function installClaude(): Promise<Installed> {
  return (inThisProcess ??= install());
}

/** For the `skip` option of a test: false when the client can be had, else the reason why not. */
export async function whyNoClaude(): Promise<string | false> {
  const installed = await installClaude();
  return 'missing' in installed ? installed.missing : false;
}

async function install(): Promise<Installed> {
  const target = join(cacheFolder, claudeVersion);
  try {
    const cached = await executableIn(target);
    if (cached !== undefined) return { path: cached };
    await fetchInto(target);
    const fresh = await executableIn(target);
    return fresh === undefined
      ? { missing: `Claude Code ${claudeVersion} has no executable for ${process.platform}-${process.arch}.` }
      : { path: fresh };
  } catch (error) {
    return { missing: `Claude Code ${claudeVersion} could not be fetched: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/**
 * Each process fetches into a folder of its own and renames it into place. Of several at once the first rename wins; the
 * others find the target taken and use it, so nobody ever sees half an installation and there is no lock to get stale.
 */
async function fetchInto(target: string): Promise<void> {
  await mkdir(cacheFolder, { recursive: true });
  const own = await mkdtemp(join(cacheFolder, 'fetching-'));
  try {
    await writeFile(join(own, 'package.json'), '{ "private": true }\n');
    await npmInstall(own);
    await rename(own, target);
  } catch (error) {
    if ((await executableIn(target)) === undefined) throw error;
  } finally {
    await rm(own, { recursive: true, force: true });
  }
}

function npmInstall(folder: string): Promise<void> {
  // The executable comes ready in the package of the platform, so no install script has to run.
  const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', '--fetch-retries=1', `@anthropic-ai/claude-code@${claudeVersion}`];
  return new Promise((resolve, reject) => {
    const npm = spawn('npm', args, {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: installTimeoutMs,
      shell: process.platform === 'win32',
    });
    let complaint = '';
    npm.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
    npm.on('error', reject);
    npm.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`npm ended with ${code ?? 'a signal'}. ${errorLines(complaint)}`));
    });
  });
}

function errorLines(complaint: string): string {
  return complaint.split('\n').filter((line) => line.startsWith('npm error')).slice(0, 2).join('; ');
}

/** The packages of the platforms are named `claude-code-<platform>-<arch>`; npm installs only the one that fits. */
async function executableIn(folder: string): Promise<string | undefined> {
  const packages = join(folder, 'node_modules/@anthropic-ai');
  const names = await readdir(packages).catch(() => []);
  for (const name of names.filter((each) => each.startsWith('claude-code-'))) {
    const path = join(packages, name, process.platform === 'win32' ? 'claude.exe' : 'claude');
    const usable = await access(path, constants.X_OK).then(() => true, () => false);
    if (usable) return path;
  }
  return undefined;
}

if (import.meta.main) console.log(await installClaude());
