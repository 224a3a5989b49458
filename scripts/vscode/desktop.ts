import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { projectRoot } from './paths.ts';

/** The path of VS Code's `code` command, if it starts a desktop VS Code from here. */
export function findCode(environment: NodeJS.ProcessEnv): string | undefined {
  // In a terminal of a remote window `code` only talks to that window.
  if (environment['VSCODE_IPC_HOOK_CLI'] !== undefined) return undefined;
  const names = process.platform === 'win32' ? ['code.cmd'] : ['code'];
  const folders = (environment['PATH'] ?? '').split(path.delimiter).filter(Boolean);
  return folders.flatMap((folder) => names.map((name) => path.join(folder, name))).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export interface Desktop {
  /** Resolves when the user has closed the window. */
  readonly closed: Promise<void>;
  stop(): Promise<void>;
}

/** Opens `folder` in desktop VS Code with the project's extension, apart from the user's own windows. */
export function openDesktop(code: string, folder: string, dataDir: string, env: NodeJS.ProcessEnv): Desktop {
  const args = [
    '--wait', '--new-window',
    '--user-data-dir', path.join(dataDir, 'data'), '--extensions-dir', path.join(dataDir, 'extensions'),
    '--disable-workspace-trust', `--extensionDevelopmentPath=${projectRoot}`, folder,
  ];
  const child = spawn(code, args, { env, stdio: 'ignore', shell: process.platform === 'win32' });
  const closed = new Promise<void>((resolve, reject) => {
    child.once('error', (error) => reject(new Error(`${code} could not be run: ${error.message}`)));
    child.once('exit', (status) => {
      if (status) reject(new Error(`${code} ended with ${status}.`));
      else resolve();
    });
  });
  return {
    closed,
    async stop() {
      child.kill();
      // The application itself has left our process tree; it notes its id in its data folder.
      const pid = Number(await readFile(path.join(dataDir, 'data/code.lock'), 'utf8').catch(() => ''));
      if (pid > 0) process.kill(pid, 'SIGTERM');
    },
  };
}
