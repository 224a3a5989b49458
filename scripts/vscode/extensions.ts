import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

import type { VSCodeServer } from './install.ts';

const run = promisify(execFile);

/**
 * Makes the unpacked extension at `extensionPath` an installed one in `extensionsDir`. It is copied: VS Code
 * does not serve a webview files behind a link that leads out of the extension, and uninstalling in VS Code
 * removes the folder. Hidden folders and `node_modules` stay out, as they do when it is packaged.
 */
export async function copyExtension(extensionsDir: string, extensionPath: string): Promise<void> {
  const source = path.resolve(extensionPath);
  const manifest = JSON.parse(await readFile(path.join(source, 'package.json'), 'utf8')) as Record<'publisher' | 'name' | 'version', string>;
  const folder = path.join(extensionsDir, `${manifest.publisher}.${manifest.name}-${manifest.version}`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(source)) {
    if (name.startsWith('.') || name === 'node_modules') continue;
    await cp(path.join(source, name), path.join(folder, name), { recursive: true });
  }
  // Without its list of extensions VS Code makes a new one from the folders that it finds.
  await rm(path.join(extensionsDir, 'extensions.json'), { force: true });
}

/** Installs a packaged extension as a user would, with VS Code's own installer. */
export async function installVsix(server: VSCodeServer, vsix: string, dirs: { dataDir: string; extensionsDir: string }, env: NodeJS.ProcessEnv): Promise<void> {
  const args = ['--install-extension', vsix, '--force', '--extensions-dir', dirs.extensionsDir, '--server-data-dir', dirs.dataDir];
  const { stdout, stderr } = await run(server.node, [server.serverMain, ...args], { env });
  // The installer exits with 0 whatever happens.
  if (!/was successfully installed/.test(stdout)) throw new Error(`${vsix} could not be installed: ${(stderr || stdout).trim()}`);
}
