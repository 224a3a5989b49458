/**
 * `npm start [-- --demo] [-- --folder DIR]`: VS Code with Wheelhouse in it, on a sample repository, with the
 * user's own HOME. Desktop VS Code where `code` is on PATH, else VS Code's server with an address to open.
 */
import { execFile } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { parseArgs, promisify } from 'node:util';

import { startDemo } from './vscode/demo/index.ts';
import { findCode, openDesktop } from './vscode/desktop.ts';
import { withoutLeaks } from './vscode/environment.ts';
import { copyExtension } from './vscode/extensions.ts';
import { cacheDir, projectRoot } from './vscode/paths.ts';
import { sampleRepository } from './vscode/sample.ts';
import { freePort, startServer } from './vscode/server.ts';

/** The browser keeps settings per address, so the port should be the same at every start. */
const PREFERRED_PORT = 8137;

const FIRST_SETTINGS = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
};

interface Running {
  readonly closed: Promise<void>;
  stop(): Promise<void>;
}

try {
  const running = await start(readArguments());
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => void running.stop().then(() => process.exit(0)));
  }
  await running.closed;
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

interface Arguments {
  readonly demo: boolean;
  readonly folder: string | undefined;
}

function readArguments(): Arguments {
  const { values } = parseArgs({ options: { demo: { type: 'boolean', default: false }, folder: { type: 'string' } } });
  const folder = values.folder === undefined ? undefined : path.resolve(values.folder);
  if (folder !== undefined && !statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new Error(`There is no folder ${folder}.`);
  }
  return { demo: values.demo, folder };
}

async function start(chosen: Arguments): Promise<Running> {
  await build();
  const demo = chosen.demo ? await startDemo() : undefined;
  process.once('exit', () => demo?.stop());
  const folder = chosen.folder ?? demo?.folder ?? (await sampleRepository());
  const env = { ...withoutLeaks(process.env), ...demo?.env };
  // Settings made in the demo stay in the demo.
  const own = demo?.root ?? cacheDir;

  const code = findCode(process.env);
  if (code !== undefined) {
    console.log(`Opening ${folder} in VS Code (${code}); Ctrl+C closes it.`);
    const desktop = path.join(own, 'desktop');
    await writeSettings(path.join(desktop, 'data/User'), demo?.settings ?? {});
    return openDesktop(code, folder, desktop, env);
  }
  return serve(path.join(own, 'start'), folder, env, demo?.settings ?? {});
}

async function build(): Promise<void> {
  if (existsSync(path.join(projectRoot, 'dist/extension.js'))) return;
  await promisify(execFile)(process.execPath, [path.join(projectRoot, 'scripts/build.ts')]).catch((error: unknown) => {
    throw new Error('dist/ could not be built; run `npm run build` to see why.', { cause: error });
  });
}

/** @param machine Settings that VS Code takes from the machine of the server alone. */
async function serve(at: string, folder: string, env: NodeJS.ProcessEnv, machine: Readonly<Record<string, unknown>>): Promise<Running> {
  const dataDir = path.join(at, 'data');
  const extensionsDir = path.join(at, 'extensions');
  await copyExtension(extensionsDir, projectRoot);
  await writeSettings(path.join(dataDir, 'data/User'), FIRST_SETTINGS);
  await writeSettings(path.join(dataDir, 'data/Machine'), machine);
  const server = await startServer({
    dataDir,
    extensionsDir,
    home: homedir(),
    env,
    port: await freePort(PREFERRED_PORT),
    args: ['--disable-workspace-trust'],
  });
  console.log(`Open ${server.url({ folder })} in a browser; Ctrl+C stops it.`);
  return server;
}

/** What the user has set since stays. */
async function writeSettings(folder: string, settings: Readonly<Record<string, unknown>>): Promise<void> {
  if (Object.keys(settings).length === 0) return;
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'settings.json'), JSON.stringify(settings, null, 2), { flag: 'wx' }).catch(ifExists);
}

function ifExists(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}
