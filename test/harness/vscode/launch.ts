import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { copyExtension, installVsix } from '../../../scripts/vscode/extensions.ts';
import { installVSCode } from '../../../scripts/vscode/install.ts';
import { projectRoot } from '../../../scripts/vscode/paths.ts';
import { ExtensionHosts } from './bridge/client.ts';
import { installBridge } from './bridge/install.ts';
import { startInBrowser } from './browser-host.ts';
import { downloadDesktop, startOnDesktop } from './electron-host.ts';
import type { Host, Setup } from './host.ts';
import { colorThemes, quietSettings } from './settings.ts';
import type { LaunchOptions, VSCode } from './types.ts';

export type { LaunchOptions, VSCode, VSCodeWindow, WindowOptions } from './types.ts';

/** What VS Code inherits from the test's environment; all the rest could leak a user's files or agents in. */
const INHERITED = ['PATH', 'LANG', 'TMPDIR', 'USER', 'DISPLAY', 'XAUTHORITY', 'NODE_EXTRA_CA_CERTS'];

const onDesktop = process.env['WHEELHOUSE_TEST_HOST'] === 'electron';

/**
 * Why tests in a real VS Code cannot run here, for the `skip` option of `test`, or false when they can.
 * Only the desktop application, asked for by `WHEELHOUSE_TEST_HOST=electron`, may be out of reach.
 */
export async function whyNoVSCode(): Promise<string | false> {
  if (!onDesktop) return false;
  return downloadDesktop().then(
    () => false,
    (error: unknown) => `desktop VS Code could not be downloaded: ${String(error)}`,
  );
}

/**
 * Starts a real VS Code with an extension in it, private to the caller: own HOME, settings, storage, extensions.
 * Call `dispose` in any case.
 */
export async function launchVSCode(options: LaunchOptions): Promise<VSCode> {
  // Short, because a socket's path has at most about 100 characters.
  const root = await mkdtemp(path.join(tmpdir(), 'whvs-'));
  const remove = () => rm(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  let host: Host | undefined;
  try {
    const setup = await prepare(root, options);
    host = await (onDesktop ? startOnDesktop(setup) : startInBrowser(setup));
    return await withFirstWindow(host, setup, remove);
  } catch (error) {
    await host?.stop();
    await remove();
    throw error;
  }
}

async function prepare(root: string, options: LaunchOptions): Promise<Setup> {
  const at = (name: string) => path.join(root, name);
  const token = randomBytes(16).toString('hex');
  const home = options.home ?? at('home');
  const dirs = { dataDir: at('data'), extensionsDir: at('extensions') };
  const inherited = INHERITED.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]] as const]));
  const env = {
    ...Object.fromEntries(inherited),
    SHELL: '/bin/bash',
    ...options.env,
    HOME: home,
    WHEELHOUSE_TEST_BRIDGE: at('hosts'),
    WHEELHOUSE_TEST_BRIDGE_TOKEN: token,
  };
  await mkdir(home, { recursive: true });
  await mkdir(at('browser'));
  await writeSettings(dirs.dataDir, options);
  if (options.installVsix === undefined) await copyExtension(dirs.extensionsDir, options.extensionPath ?? projectRoot);
  else await installVsix(await installVSCode(), options.installVsix, dirs, env);
  await installBridge(at('bridge'), dirs.extensionsDir);
  return { options, hosts: new ExtensionHosts(at('hosts'), token), ...dirs, home, browserHome: at('browser'), env };
}

async function writeSettings(dataDir: string, options: LaunchOptions): Promise<void> {
  const settings = { ...quietSettings, 'workbench.colorTheme': colorThemes[options.colorTheme ?? 'dark'], ...options.settings };
  // The server keeps the user's settings one level deeper than the desktop application.
  const folder = path.join(dataDir, ...(onDesktop ? [] : ['data']), 'User');
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'settings.json'), JSON.stringify(settings, null, 2));
}

async function withFirstWindow(host: Host, setup: Setup, remove: () => Promise<void>): Promise<VSCode> {
  const window = await host.openWindow({});
  const version = await window.evaluate((vscode) => vscode.version);
  let disposed: Promise<void> | undefined;
  return Object.assign(window, {
    version,
    home: setup.home,
    processGroup: host.processGroup,
    openWindow: (options = {}) => host.openWindow(options),
    dispose: () => (disposed ??= host.stop().finally(remove)),
  } satisfies Omit<VSCode, keyof typeof window>);
}
