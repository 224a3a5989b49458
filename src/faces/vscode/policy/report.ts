/** What was verified, as the page shows it: one row for each rule. */
import type { LayerState, SandboxState, Verification, VerifyRow } from '../../../adapters/node/policy/policy.ts';
import { sandboxGaps } from '../../../adapters/node/policy/obstacles.ts';
import { ruleText, type Policy } from '../../../core/policy/index.ts';
import { policyLayers, type LayerResult, type PolicyLayer, type PolicyRow } from '../../../protocol/policy.ts';

/** From the weakest. */
const results: readonly LayerResult[] = ['open', 'absent', 'unsure', 'set', 'stopped', 'apart'];

/** Rows of one rule become one, with the weakest that was seen in each layer. */
export function rowsOf(rows: readonly VerifyRow[]): readonly PolicyRow[] {
  const byRule = new Map<string, PolicyRow>();
  for (const row of rows) {
    const { rule, tool, canary, holds, message } = row;
    const text = ruleText(rule);
    const key = `${text}\0${rule.source.file}\0${rule.source.line}`;
    const known = byRule.get(key);
    const layers = Object.fromEntries(policyLayers.map((layer) => [layer, weaker(known?.layers[layer], resultOf(row, layer))])) as Record<PolicyLayer, LayerResult>;
    const tried = { what: `${tool === 'Bash' ? 'Run' : tool} ${canary}`, holds, ...(message !== undefined && { message }) };
    byRule.set(key, { rule: text, effect: rule.effect, file: rule.source.file, line: rule.source.line, tries: [...(known?.tries ?? []), tried], layers, holds: holds && known?.holds !== false });
  }
  return [...byRule.values()];
}

/** What a user has to know beside the table. @param root The repository. */
export function notesOf({ sandbox }: Pick<Verification, 'sandbox'>, policy: Policy | undefined, root: string): readonly string[] {
  return [...sandboxNotes(sandbox, policy, root), 'Rules about commands go by what a command says. The same can be done by a script or under another name.'];
}

function sandboxNotes(sandbox: SandboxState, policy: Policy | undefined, root: string): readonly string[] {
  const uncovered = 'What a script or another program opens by itself is not stopped by the hook and the rules.';
  if (policy === undefined || policy.sandbox === 'off') return [`${uncovered} Only a sandbox does that, and the policy asks for none (sandbox: off).`];
  if (sandbox.state === 'works' || sandbox.state === 'unknown') return [`What a script opens is stopped by the agent's sandbox alone. ${sandbox.message} The table says where the agent's settings have it; the agent itself was not tried.`, ...sandboxGaps(policy, root)];
  return [`${uncovered} ${sandbox.message} ${policy.sandbox === 'required' ? 'The policy requires one, so Claude Code does not start.' : 'Until then commands run without one.'}`];
}

function resultOf({ rule, layers }: VerifyRow, layer: PolicyLayer): LayerResult {
  const result = plain[layers[layer]];
  return rule.kind === 'command' && (result === 'stopped' || result === 'set') ? 'unsure' : result;
}

const plain: Readonly<Record<LayerState, LayerResult>> = { denied: 'stopped', asked: 'stopped', passed: 'open', written: 'set', absent: 'absent', none: 'apart' };

function weaker(one: LayerResult | undefined, other: LayerResult): LayerResult {
  return one === undefined || results.indexOf(other) < results.indexOf(one) ? other : one;
}
