import path from 'node:path';
import process from 'node:process';

import { chromium } from 'playwright-core';

import { installBrowser } from '../../../scripts/vscode/browser.ts';
import { startServer } from '../../../scripts/vscode/server.ts';
import type { Host, Setup } from './host.ts';
import type { WindowOptions } from './types.ts';
import { Window } from './window.ts';

const DEFAULT_VIEWPORT = { width: 1280, height: 800 };
const BROWSER_ARGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];

/** VS Code's server, with its windows in headless Chromium. */
export async function startInBrowser(setup: Setup): Promise<Host> {
  const { hosts, options } = setup;
  const server = await startServer({
    ...setup,
    // Without the login shell's environment, what a test puts into PATH stays first.
    args: ['--enable-smoke-test-driver', '--force-disable-user-env', ...(options.restricted ? [] : ['--disable-workspace-trust'])],
  });
  try {
    const { executable, env } = await installBrowser();
    const browser = await chromium.launch({
      executablePath: executable,
      args: BROWSER_ARGS,
      env: { PATH: process.env['PATH'] ?? '', HOME: setup.browserHome, ...env },
    });
    return {
      processGroup: server.processGroup,
      async openWindow({ folder = options.folder, viewport = options.viewport ?? DEFAULT_VIEWPORT }: WindowOptions) {
        const context = await browser.newContext({ viewport, permissions: ['clipboard-read', 'clipboard-write'] });
        const page = await context.newPage();
        const close = async () => {
          // Leaving the page, unlike closing it, tells the server that the window's extension host may end.
          await page.goto('about:blank');
          await context.close();
        };
        return Window.open(page, hosts, () => page.goto(server.url(query(folder))), close);
      },
      async stop() {
        await browser.close();
        await server.stop();
      },
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

function query(folder: string | undefined): Record<string, string> {
  if (folder === undefined) return { ew: 'true' };
  return { [folder.endsWith('.code-workspace') ? 'workspace' : 'folder']: path.resolve(folder) };
}
