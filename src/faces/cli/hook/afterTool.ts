import { recordEvent } from '../../../adapters/node/audit/record.ts';
import { settleByTranscript } from '../../../adapters/node/audit/settle.ts';
import { AUDIT_FAILED, noteHookError } from '../../../adapters/node/coordination/hook-error.ts';
import type { HookCall } from './call.ts';

/** The events with which a turn ends, and what was not told before will be told by nobody. */
const ends = new Set(['Stop', 'StopFailure', 'SessionEnd', 'UserPromptSubmit']);

/** Takes down what came of a tool call, and at the end of a turn what only the transcript knows. */
export function afterTool({ event, dataRoot, at }: HookCall): void {
  try {
    if (ends.has(String(event['hook_event_name']))) settleByTranscript(dataRoot, event, at);
    recordEvent(dataRoot, event, at);
  } catch (error) {
    noteHookError(dataRoot, AUDIT_FAILED, error, Date.now());
  }
}
