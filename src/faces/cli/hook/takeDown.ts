import { appendEvent, pruneEvents } from '../../../adapters/node/sessions/event-file.ts';
import { recordOf } from '../../../core/sessions/index.ts';
import type { HookCall } from './call.ts';

/** Keeps what an event says about the state of its session. */
export async function takeDown({ event, dataRoot, env, at }: HookCall): Promise<void> {
  const record = recordOf(event, at);
  if (record === undefined) return;
  appendEvent(dataRoot, record);
  if (record.line.event === 'SessionStart') pruneEvents(dataRoot, at);
  if (record.line.state !== 'working' && record.line.state !== 'idle') return;
  const { renewByHook } = await import('../../../adapters/node/coordination/edit-hook.ts');
  await renewByHook({ env, dataRoot }, event);
}
