/** The event that an agent waits for before each tool call. */
import { refusalOfEdit } from '../../../adapters/node/coordination/edit-hook.ts';
import type { HookAnswer, HookCall } from './call.ts';

/** Why a tool call is not to be, or not without the user. */
interface Objection {
  readonly permission: 'deny' | 'ask';
  /** What the agent is told. */
  readonly reason: string;
}

/** Each says nothing when it has no objection; the first that has one is heard. */
type Gate = (call: HookCall) => Promise<Objection | undefined>;

const gates: readonly Gate[] = [claimGate];

export async function beforeTool(call: HookCall): Promise<HookAnswer | undefined> {
  for (const gate of gates) {
    const objection = await gate(call);
    if (objection) return { hookSpecificOutput: { hookEventName: 'PreToolUse', permissionDecision: objection.permission, permissionDecisionReason: objection.reason } };
  }
  return undefined;
}

async function claimGate({ event, env, dataRoot }: HookCall): Promise<Objection | undefined> {
  const reason = await refusalOfEdit({ env, dataRoot }, event);
  return reason === undefined ? undefined : { permission: 'deny', reason };
}
