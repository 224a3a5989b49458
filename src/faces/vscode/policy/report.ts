/** What was verified, as the page shows it: one row for each rule. */
import type { LayerState, SandboxState, Verification, VerifyRow } from '../../../adapters/node/policy/policy.ts';
import { ruleText, type Policy } from '../../../core/policy/index.ts';
import { policyLayers, type LayerResult, type PolicyLayer, type PolicyRow } from '../../../protocol/policy.ts';

/** From the weakest. */
const results: readonly LayerResult[] = ['open', 'absent', 'unsure', 'stopped', 'apart'];

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

/** What a user has to know beside the table. */
export function notesOf({ notes, sandbox }: Pick<Verification, 'notes' | 'sandbox'>, policy: Policy | undefined): readonly string[] {
  return [...notes, sandboxNote(sandbox, policy), 'Rules about commands go by what a command says. The same can be done by a script or under another name.'];
}

function sandboxNote(sandbox: SandboxState, policy: Policy | undefined): string {
  const uncovered = 'What a script or another program opens by itself is not stopped by the hook and the rules.';
  if (policy?.sandbox === undefined || policy.sandbox === 'off') return `${uncovered} Only a sandbox does that, and the policy asks for none (sandbox: off).`;
  if (sandbox.state === 'works' || sandbox.state === 'unknown') return `Commands run in the agent's sandbox. ${sandbox.message}`;
  return `${uncovered} ${sandbox.message}`;
}

function resultOf({ rule, layers }: VerifyRow, layer: PolicyLayer): LayerResult {
  const result = plain[layers[layer]];
  return rule.kind === 'command' && result === 'stopped' ? 'unsure' : result;
}

const plain: Readonly<Record<LayerState, LayerResult>> = { denied: 'stopped', asked: 'stopped', passed: 'open', absent: 'absent', none: 'apart' };

function weaker(one: LayerResult | undefined, other: LayerResult): LayerResult {
  return one === undefined || results.indexOf(other) < results.indexOf(one) ? other : one;
}
