import * as vscode from 'vscode';
import { startOf } from '../../../adapters/node/process-identity.ts';
import { WheelhouseError } from '../../../core/base/errors.ts';
import { nameOf } from '../../../core/sessions/index.ts';
import type { SessionArgument } from '../contributions.ts';
import type { Face } from './face.ts';
import { stateLooks } from './rows.ts';

/** Asks, and ends the agent as `kill` does. Its process is compared before and after the question, as ids come round again. */
export async function stopSession(face: Face, argument: SessionArgument | undefined): Promise<{ stopped: boolean } | undefined> {
  const session = await face.choose(argument, 'Stop Session', ({ verdict }) => verdict.state !== 'ended');
  if (!session) return undefined;
  const { pid } = session.facts;
  const start = pid === undefined ? undefined : await startOf(pid);
  if (pid === undefined || start === undefined || session.verdict.state === 'ended') throw new WheelhouseError('not-found', `${nameOf(session)} has ended already.`);
  const detail = `It is ${stateLooks[session.verdict.state].name.toLowerCase()} (process ${pid}). Its conversation is kept, and can be resumed.`;
  if ((await vscode.window.showWarningMessage(`Stop ${nameOf(session)}?`, { modal: true, detail }, 'Stop')) !== 'Stop') return { stopped: false };
  if ((await startOf(pid)) !== start) throw new WheelhouseError('not-found', `${nameOf(session)} has ended in the meantime.`);
  try {
    process.kill(pid, 'SIGTERM');
  } catch (error) {
    throw new WheelhouseError('refused', `${nameOf(session)} (process ${pid}) belongs to somebody else and could not be stopped.`, { cause: error });
  }
  return { stopped: true };
}
