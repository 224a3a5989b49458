import { recordEvent } from '../../../adapters/node/audit/record.ts';
import { AUDIT_FAILED, noteHookError } from '../../../adapters/node/coordination/hook-error.ts';
import type { AuditDecision } from '../../../core/audit/light.ts';
import type { Objection } from './beforeTool.ts';
import type { HookCall } from './call.ts';

/** Takes the attempt down, with what the agent is about to be told. Where that cannot be, the agent goes on, and the user is told in the editor. */
export function auditBefore({ event, dataRoot, env, at }: HookCall, objection: Objection | undefined): void {
  // What the policy's self-test asks, nobody tries. (An agent cannot choose the id of a call.)
  if (env['WHEELHOUSE_CANARY'] === '1' && event['tool_use_id'] === 'wheelhouse-canary') return;
  try {
    recordEvent(dataRoot, event, at, decisionOf(objection));
  } catch (error) {
    noteHookError(dataRoot, AUDIT_FAILED, error, Date.now());
  }
}

function decisionOf(objection: Objection | undefined): AuditDecision {
  if (objection === undefined) return { verdict: 'allowed', layer: 'none' };
  const { layer, permission, reason, rule } = objection;
  return { verdict: permission === 'deny' ? 'denied' : 'asked', layer, reason, ...(rule && { rule: rule.pattern, ruleAt: `${rule.file}:${rule.line}` }) };
}
