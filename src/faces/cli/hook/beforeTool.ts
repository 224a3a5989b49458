/** The event that an agent waits for before each tool call. */
import { isEdit } from '../../../adapters/node/coordination/edit-tools.ts';
import { verdictOnEvent } from '../../../adapters/node/policy/gate.ts';
import { auditBefore } from './auditBefore.ts';
import type { HookAnswer, HookCall } from './call.ts';

/** Why a tool call is not to be, or not without the user. */
export interface Objection {
  /** Who objects. */
  readonly layer: 'policy' | 'claim';
  readonly permission: 'deny' | 'ask';
  /** What the agent is told. */
  readonly reason: string;
  /** The rule of the policy, with where it stands. */
  readonly rule?: { readonly pattern: string; readonly file: string; readonly line: number };
}

/** Each says nothing when it has no objection. */
type Gate = (call: HookCall) => Promise<Objection | undefined>;

const gates: readonly Gate[] = [policyGate, claimGate];

export async function beforeTool(call: HookCall): Promise<HookAnswer | undefined> {
  const objection = await objectionTo(call);
  auditBefore(call, objection);
  return objection && { hookSpecificOutput: { hookEventName: 'PreToolUse', permissionDecision: objection.permission, permissionDecisionReason: objection.reason } };
}

/** The first that denies is heard, else the first that wants the user asked. */
async function objectionTo(call: HookCall): Promise<Objection | undefined> {
  let asks: Objection | undefined;
  for (const gate of gates) {
    const objection = await gate(call).catch((error: unknown) => failed(gate, call, error));
    if (objection?.permission === 'deny') return objection;
    asks ??= objection;
  }
  return asks;
}

async function policyGate({ event, env, dataRoot }: HookCall): Promise<Objection | undefined> {
  const verdict = await verdictOnEvent({ env, dataRoot }, event);
  if (verdict === undefined || verdict.decision === 'allow') return undefined;
  const { rule } = verdict;
  return { layer: 'policy', permission: verdict.decision, reason: verdict.reason, ...(rule && { rule: { pattern: rule.pattern, file: rule.source.file, line: rule.source.line } }) };
}

async function claimGate({ event, env, dataRoot }: HookCall): Promise<Objection | undefined> {
  if (!isEdit(event)) return undefined;
  const { refusalOfEdit } = await import('../../../adapters/node/coordination/edit-hook.ts');
  const reason = await refusalOfEdit({ env, dataRoot }, event);
  return reason === undefined ? undefined : { layer: 'claim', permission: 'deny', reason };
}

/** What is broken in Wheelhouse stops nobody, unless the policy says that it has to: then the installed hook says so. */
async function failed(gate: Gate, { env, event, dataRoot }: HookCall, error: unknown): Promise<Objection | undefined> {
  (await import('../../../adapters/node/coordination/hook-error.ts')).noteHookError(dataRoot, event['hook_event_name'], error, Date.now(), event['tool_name']);
  if (gate !== policyGate || env['WHEELHOUSE_FAIL_CLOSED'] !== '1') return undefined;
  return { layer: 'policy', permission: 'deny', reason: `Wheelhouse could not look at the policy (${error instanceof Error ? error.message : String(error)}), and the policy says that nothing runs then (failClosed). Tell the user: "wheelhouse doctor" says what is wrong.` };
}
