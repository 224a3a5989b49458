// Fetches a pinned client of an agent from npm into the cache folder, where the next run finds it.

import { spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { access, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export type Fetched = { readonly path: string } | { readonly missing: string };

export interface ClientPackage {
  readonly name: string;
  readonly version: string;
  /** As npm takes it, with its version. */
  readonly package: string;
  /** What the executable is called, relative to `node_modules`. */
  readonly executable: RegExp;
}

const cacheFolder = join(import.meta.dirname, '../../.vscode-test');
const installTimeoutMs = 180_000;
const inThisProcess = new Map<string, Promise<Fetched>>();

/** Never throws. */
export function fetchClient(client: ClientPackage): Promise<Fetched> {
  const fetching = inThisProcess.get(client.package) ?? fetch(client);
  inThisProcess.set(client.package, fetching);
  return fetching;
}

async function fetch(client: ClientPackage): Promise<Fetched> {
  const target = join(cacheFolder, client.name, client.version);
  try {
    const cached = await executableIn(target, client.executable);
    if (cached !== undefined) return { path: cached };
    await fetchInto(target, client);
    const fresh = await executableIn(target, client.executable);
    return fresh === undefined ? { missing: `${client.name} ${client.version} has no executable for ${process.platform}-${process.arch}.` } : { path: fresh };
  } catch (error) {
    return { missing: `${client.name} ${client.version} could not be fetched: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/**
 * Each process fetches into a folder of its own and renames it into place. Of several at once the first rename wins; the
 * others find the target taken and use it.
 */
async function fetchInto(target: string, client: ClientPackage): Promise<void> {
  await mkdir(join(target, '..'), { recursive: true });
  const own = await mkdtemp(join(target, '..', 'fetching-'));
  try {
    await writeFile(join(own, 'package.json'), '{ "private": true }\n');
    await npmInstall(own, client.package);
    await rename(own, target);
  } catch (error) {
    if ((await executableIn(target, client.executable)) === undefined) throw error;
  } finally {
    await rm(own, { recursive: true, force: true });
  }
}

function npmInstall(folder: string, what: string): Promise<void> {
  // The executable comes ready in the package of the platform, so no install script has to run.
  const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', '--fetch-retries=1', what];
  return new Promise((resolve, reject) => {
    const npm = spawn('npm', args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'], timeout: installTimeoutMs, shell: process.platform === 'win32' });
    let complaint = '';
    npm.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
    npm.on('error', reject);
    npm.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`npm ended with ${code ?? 'a signal'}. ${complaint.split('\n').filter((line) => line.startsWith('npm error')).slice(0, 2).join('; ')}`));
    });
  });
}

async function executableIn(folder: string, wanted: RegExp): Promise<string | undefined> {
  const modules = join(folder, 'node_modules');
  const names = await readdir(modules, { recursive: true }).catch(() => []);
  for (const name of names.sort()) {
    if (!wanted.test(name.replaceAll('\\', '/'))) continue;
    const path = join(modules, name);
    if (await access(path, constants.X_OK).then(() => true, () => false)) return path;
  }
  return undefined;
}
