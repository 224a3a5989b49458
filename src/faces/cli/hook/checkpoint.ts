/**
 * The events after which a conversation is not what it was: its compaction, and its end. The checkpoint
 * is written by the command line in a process of its own, which lives on when the agent is gone; the
 * hook waits for it a moment, so that a conversation that begins at once finds it.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isSessionId } from '../../../core/sessions/index.ts';
import type { HookAnswer, HookCall } from './call.ts';

/** At its end, an agent gives its hooks 1.5 seconds together. */
const WAIT_AT_END_MS = 1000;
const WAIT_BEFORE_COMPACTION_MS = 5000;

export async function checkpoint({ event, env, dataRoot }: HookCall): Promise<HookAnswer | undefined> {
  const { cwd, session_id: session, transcript_path: transcript, hook_event_name: name } = event;
  if (typeof cwd !== 'string' || !existsSync(cwd) || typeof session !== 'string' || !isSessionId(session)) return undefined;
  const atEnd = name === 'SessionEnd';
  const args = [commandLine(), 'sessions', 'checkpoint', session, '--workspace', cwd, '--data', dataRoot, '--trigger', atEnd ? 'end' : 'compact'];
  if (typeof transcript === 'string' && transcript !== '') args.push('--transcript', transcript);
  const writer = spawn(process.execPath, args, { cwd, env: { ...env }, detached: true, stdio: 'ignore', windowsHide: true });
  await new Promise<void>((done) => {
    const timer = setTimeout(done, atEnd ? WAIT_AT_END_MS : WAIT_BEFORE_COMPACTION_MS);
    const over = () => {
      clearTimeout(timer);
      done();
    };
    writer.on('exit', over).on('error', over);
  });
  writer.unref();
  return undefined;
}

/** This program, or what lies beside it: the hook is a smaller program, without the parts that this needs. */
function commandLine(): string {
  const own = process.argv[1] ?? '';
  return basename(own) === 'hook.cjs' ? join(dirname(own), 'cli.js') : own;
}
