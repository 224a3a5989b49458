import { spawn } from 'node:child_process';
import { basename, dirname, join } from 'node:path';
import { noteWriter } from '../../../adapters/node/checkpoints/writer.ts';
import { scopeAround } from '../../../adapters/node/coordination/repository.ts';
import type { HookCall } from './call.ts';

export interface CheckpointToWrite {
  readonly session: string;
  /** Where it works. */
  readonly folder: string;
  readonly transcript: string | undefined;
  readonly trigger: 'end' | 'compact';
}

/**
 * Lets the command line write a checkpoint in a process of its own, which lives on when the agent is
 * gone, and waits for it for a moment.
 */
export async function writeCheckpointApart({ env, dataRoot }: Pick<HookCall, 'env' | 'dataRoot'>, { session, folder, transcript, trigger }: CheckpointToWrite, waitMs: number): Promise<void> {
  const args = [commandLine(), 'sessions', 'checkpoint', session, '--workspace', folder, '--data', dataRoot, '--trigger', trigger, ...(transcript === undefined ? [] : ['--transcript', transcript])];
  const writer = spawn(process.execPath, args, { cwd: folder, env: { ...env }, detached: true, stdio: 'ignore', windowsHide: true });
  if (writer.pid !== undefined) noteWriter(scopeAround(dataRoot, folder), writer.pid);
  await new Promise<void>((done) => {
    const timer = setTimeout(done, waitMs);
    const over = () => {
      clearTimeout(timer);
      done();
    };
    writer.on('exit', over).on('error', over);
  });
  writer.unref();
}

/** This program, or what lies beside it: the hook is a smaller program, without the parts that this needs. */
function commandLine(): string {
  const own = process.argv[1] ?? '';
  return basename(own) === 'hook.cjs' ? join(dirname(own), 'cli.js') : own;
}
