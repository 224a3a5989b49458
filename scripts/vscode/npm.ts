import { spawn } from 'node:child_process';
import path from 'node:path';

import { nodeBinary } from './paths.ts';

/**
 * Runs npm in `folder` with the project's Node 24 first in PATH.
 * @throws Error with npm's own error code, or else its last line, when it does not exit with 0.
 */
export function npm(folder: string, args: readonly string[]): Promise<void> {
  const command = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const env = {
    ...process.env,
    PATH: path.dirname(nodeBinary) + path.delimiter + (process.env['PATH'] ?? ''),
  };
  const child = spawn(command, [...args, '--no-audit', '--no-fund'], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  let output = '';
  const keep = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-20_000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(new Error(`npm could not be run: ${error.message}`)));
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`npm ${args.join(' ')} said ${reason(output)}`));
    });
  });
}

const reason = (output: string) => /^npm error code (\S+)/m.exec(output)?.[1] ?? output.trimEnd().split('\n').at(-1) ?? 'nothing';
