import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

import type { VSCodeServer } from './install.ts';

const run = promisify(execFile);

/**
 * Makes the unpacked extension at `extensionPath` an installed one in `extensionsDir`, through a symbolic link:
 * a rebuild is there after the window is reloaded, and uninstalling it in VS Code removes the link alone.
 */
export async function linkExtension(extensionsDir: string, extensionPath: string): Promise<void> {
  const manifest = JSON.parse(await readFile(path.join(extensionPath, 'package.json'), 'utf8')) as Record<'publisher' | 'name' | 'version', string>;
  const link = path.join(extensionsDir, `${manifest.publisher}.${manifest.name}-${manifest.version}`);
  await mkdir(extensionsDir, { recursive: true });
  await rm(link, { force: true });
  await symlink(path.resolve(extensionPath), link, 'junction');
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
