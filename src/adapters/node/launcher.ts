import { constants } from 'node:fs';
import { access, chmod, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { quote, type Executables } from '../../core/install/index.ts';
import { errorCodeOf, unwritable } from './file-errors.ts';
import { nodeFiles } from './files.ts';

/**
 * The program that agents, git hooks and terminals call. Where the editor and the extension are
 * changes with every update; the launcher's own path does not.
 */
export interface LauncherTargets {
  /** A program that runs JavaScript: the editor's own (`process.execPath`), or Node. Absolute. */
  readonly runtime: string;
  /** The command line's built file. Absolute. */
  readonly cli: string;
}

export function launcherPath(dataRoot: string, platform = process.platform): string {
  return join(dataRoot, 'bin', platform === 'win32' ? 'wheelhouse.cmd' : 'wheelhouse');
}

/**
 * Writes the launcher where it is not yet what it should be.
 * @returns Its path. @throws WheelhouseError `unwritable`.
 */
export async function writeLauncher(dataRoot: string, targets: LauncherTargets): Promise<string> {
  // git on Windows brings a shell of its own, which runs the hooks, so that one is always there.
  const posix = launcherPath(dataRoot, 'linux');
  const cache = compileCache(dataRoot);
  // What Node has kept there was of the file that the launcher started until now.
  if (await writeExecutable(posix, posixLauncher(targets, cache))) await rm(cache, { recursive: true, force: true }).catch(() => undefined);
  if (process.platform !== 'win32') return posix;
  const windows = launcherPath(dataRoot, 'win32');
  await writeExecutable(windows, windowsLauncher(targets));
  return windows;
}

/** Where Node keeps the hook's program compiled. It looks at the text of that each time, so nothing old is ever run. */
function compileCache(dataRoot: string): string {
  return join(dataRoot, 'cache', 'compiled');
}

/** The launcher as git's shell names it. */
export function launcherForHooks(dataRoot: string): string {
  return launcherPath(dataRoot, 'linux').replaceAll('\\', '/');
}

/** @returns Whether the text is another than before. */
async function writeExecutable(path: string, text: string): Promise<boolean> {
  const changed = (await nodeFiles.readText(path).catch(() => undefined)) !== text;
  if (changed) await nodeFiles.writeText(path, text);
  if ((await executables.isExecutable(path)) !== true) await executables.makeExecutable(path);
  return changed;
}

export const executables: Executables = {
  async isExecutable(path) {
    try {
      await access(path, constants.X_OK);
      return true;
    } catch (error) {
      return errorCodeOf(error) === 'ENOENT' || errorCodeOf(error) === 'ENOTDIR' ? undefined : false;
    }
  },
  async makeExecutable(path) {
    try {
      // Who may read it may run it, as for any program.
      const { mode } = await stat(path);
      await chmod(path, (mode & 0o777) | 0o100 | ((mode & 0o044) >> 2));
    } catch (error) {
      throw unwritable(path, error);
    }
  },
};

/** Uses nothing but what is built into every POSIX shell: an agent or a window may have no PATH. */
function posixLauncher({ runtime, cli }: LauncherTargets, cache: string): string {
  return `#!/bin/sh
# Starts the command line of Wheelhouse. Written by Wheelhouse, and written anew when that moves.
cli=${quote(cli)}
runtime=${quote(runtime)}
if [ ! -f "$cli" ]; then
  echo "wheelhouse: $cli is gone. Start the editor with the Wheelhouse extension once, which repairs this." >&2
  exit 127
fi
# Hooks are waited for, and have a smaller program of their own.
hook="\${cli%/*}/hook.cjs"
if [ "$#" = 1 ] && [ "$1" = hook ] && [ -f "$hook" ]; then
  # Node 22 and later keep it compiled, which saves a part of its start: all of it, and not only what
  # it begins with, when nothing is compiled lazily. Others know nothing of this.
  NODE_COMPILE_CACHE=\${NODE_COMPILE_CACHE:-${quote(cache)}}
  export NODE_COMPILE_CACHE
  set -- --no-lazy "$hook"
else
  set -- "$cli" "$@"
fi
if [ -f "$runtime" ] && [ -x "$runtime" ]; then
  ELECTRON_RUN_AS_NODE=1
  export ELECTRON_RUN_AS_NODE
  exec "$runtime" "$@"
fi
if command -v node >/dev/null 2>&1; then
  exec node "$@"
fi
echo "wheelhouse: neither $runtime nor node on PATH is there to run it. Start the editor with the Wheelhouse extension once, or install Node.js 20 or later." >&2
exit 127
`;
}

export function windowsLauncher({ runtime, cli }: LauncherTargets): string {
  // In a batch file a percent sign is doubled; quotation marks cannot be part of a path there.
  const [program, file] = [runtime, cli].map((path) => path.replaceAll('%', '%%'));
  return [
    '@echo off',
    'rem Starts the command line of Wheelhouse. Written by Wheelhouse, and written anew when that moves.',
    'setlocal DisableDelayedExpansion',
    'chcp 65001 >nul',
    `if not exist "${file}" goto gone`,
    `if not exist "${program}" goto node`,
    'set "ELECTRON_RUN_AS_NODE=1"',
    `"${program}" "${file}" %*`,
    'exit /b %errorlevel%',
    ':node',
    'where /q node || goto nothing',
    `node "${file}" %*`,
    'exit /b %errorlevel%',
    ':gone',
    `echo wheelhouse: "${file}" is gone. Start the editor with the Wheelhouse extension once, which repairs this. 1>&2`,
    'exit /b 127',
    ':nothing',
    'echo wheelhouse: there is neither the editor nor node on PATH to run it. Start the editor with the Wheelhouse extension once, or install Node.js 20 or later. 1>&2',
    'exit /b 127',
    '',
  ].join('\r\n');
}
