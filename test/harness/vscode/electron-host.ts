import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { _electron } from 'playwright-core';

import { cacheDir } from '../../../scripts/vscode/paths.ts';
import type { Host, Setup } from './host.ts';
import type { WindowOptions } from './types.ts';
import { Window } from './window.ts';

/** The desktop VS Code's executable, downloaded once. */
export function downloadDesktop(): Promise<string> {
  return downloadAndUnzipVSCode({ cachePath: cacheDir });
}

/** The desktop application: the same windows, in Electron. */
export async function startOnDesktop(setup: Setup): Promise<Host> {
  const { hosts, options } = setup;
  const app = await _electron.launch({
    executablePath: await downloadDesktop(),
    args: [
      ...(options.folder === undefined ? [] : [options.folder]),
      '--user-data-dir', setup.dataDir, '--extensions-dir', setup.extensionsDir,
      '--no-sandbox', '--disable-gpu', '--disable-updates', '--disable-telemetry', '--skip-welcome', '--skip-release-notes',
      '--enable-smoke-test-driver', ...(options.restricted ? [] : ['--disable-workspace-trust']),
    ],
    env: setup.env as Record<string, string>,
  });
  let first: Window | undefined;
  return {
    processGroup: undefined,
    async openWindow({ viewport = options.viewport }: WindowOptions) {
      const opened = first
        ? await secondWindow(first)
        : await app.firstWindow();
      if (viewport) await opened.setViewportSize(viewport);
      const window = await Window.open(opened, hosts, () => Promise.resolve(), () => opened.close());
      first ??= window;
      return window;
    },
    stop: () => app.close(),
  };

  async function secondWindow(from: Window) {
    const opened = app.waitForEvent('window');
    await from.command('workbench.action.duplicateWorkspaceInNewWindow');
    return opened;
  }
}
