/** What one hook event of an agent comes to. It never fails: the agent must not suffer from it. */
import { resolveDataRoot } from '../../../adapters/node/locations.ts';
import type { HookAnswer, HookCall, HookHandler } from './call.ts';
import { standardInput } from './standardInput.ts';

/** What is done at an event beside taking it down. Each loads its parts itself, as most events need none of them. */
const handlers: Readonly<Partial<Record<string, () => Promise<HookHandler>>>> = {
  SessionStart: async () => (await import('./sessionStart.ts')).sessionStart,
  PreCompact: async () => (await import('./checkpoint.ts')).checkpoint,
  SessionEnd: async () => (await import('./checkpoint.ts')).checkpoint,
};

/**
 * Reads the event from standard input, and keeps what it says of its session.
 * @returns What the agent is to be told: the refusal of an edit, or nothing.
 */
export async function answerToHook(dataOverride?: string): Promise<HookAnswer | undefined> {
  let call: HookCall | undefined;
  try {
    const event: unknown = JSON.parse(await standardInput());
    if (typeof event !== 'object' || event === null) return unread();
    call = { event: event as HookCall['event'], dataRoot: resolveDataRoot(process.env, dataOverride).path, env: process.env, at: Math.round(Date.now() - process.uptime() * 1000) };
    // The agent waits for this one, so it loads no more than it needs. The session's state is not taken down: its transcript shows the call as soon.
    if (call.event['hook_event_name'] === 'PreToolUse') return await (await import('./beforeTool.ts')).beforeTool(call);
    await (await import('./takeDown.ts')).takeDown(call);
    (await import('./afterTool.ts')).afterTool(call);
    const handler = handlers[String(call.event['hook_event_name'])];
    return await (await handler?.())?.(call);
  } catch (error) {
    // A full disk, no permission, no JSON: the register and the transcript have to do. The editor tells its user.
    if (call !== undefined) (await import('../../../adapters/node/coordination/hook-error.ts')).noteHookError(call.dataRoot, call.event['hook_event_name'], error, Date.now());
    return unread();
  }
}

/** Where the policy says so, by the command that it had installed, a call that could not be looked at is not to be. */
function unread(): HookAnswer | undefined {
  if (process.env['WHEELHOUSE_FAIL_CLOSED'] !== '1') return undefined;
  return { hookSpecificOutput: { hookEventName: 'PreToolUse', permissionDecision: 'deny', permissionDecisionReason: 'Wheelhouse could not read this call, and the policy says that nothing runs then (failClosed).' } };
}
