/** What one hook event of an agent comes to. It never fails: the agent must not suffer from it. */
import { resolveDataRoot } from '../../../adapters/node/locations.ts';
import type { HookAnswer, HookCall, HookHandler } from './call.ts';
import { standardInput } from './standardInput.ts';

/** What is done at an event beside taking it down. Each loads its parts itself, as most events need none of them. */
const handlers: Readonly<Partial<Record<string, () => Promise<HookHandler>>>> = {};

/**
 * Reads the event from standard input, and keeps what it says of its session.
 * @returns What the agent is to be told: the refusal of an edit, or nothing.
 */
export async function answerToHook(dataOverride?: string): Promise<HookAnswer | undefined> {
  try {
    const event: unknown = JSON.parse(await standardInput());
    if (typeof event !== 'object' || event === null) return undefined;
    const call: HookCall = { event: event as HookCall['event'], dataRoot: resolveDataRoot(process.env, dataOverride).path, env: process.env, at: Math.round(performance.timeOrigin) };
    // The agent waits for this one, so it loads no more than it needs: what the transcript says of the call as soon is not taken down.
    if (call.event['hook_event_name'] === 'PreToolUse') return await (await import('./beforeTool.ts')).beforeTool(call);
    await (await import('./takeDown.ts')).takeDown(call);
    const handler = handlers[String(call.event['hook_event_name'])];
    return await (await handler?.())?.(call);
  } catch {
    // A full disk, no permission, no JSON: the register and the transcript have to do.
    return undefined;
  }
}
