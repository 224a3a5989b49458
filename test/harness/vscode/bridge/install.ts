import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { build } from 'esbuild';

import { copyExtension } from '../../../../scripts/vscode/extensions.ts';

const manifest = {
  name: 'wheelhouse-test-bridge',
  publisher: 'wheelhouse',
  version: '1.0.0',
  engines: { vscode: '^1.105.0' },
  main: './extension.cjs',
  activationEvents: ['*'],
  extensionKind: ['workspace'],
  capabilities: { untrustedWorkspaces: { supported: true }, virtualWorkspaces: true },
};

/** Bundles the bridge into `folder` and installs it in `extensionsDir`. */
export async function installBridge(folder: string, extensionsDir: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'package.json'), JSON.stringify(manifest));
  await build({
    entryPoints: [path.join(import.meta.dirname, 'extension.ts')],
    outfile: path.join(folder, 'extension.cjs'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
    logLevel: 'error',
  });
  await copyExtension(extensionsDir, folder);
}
