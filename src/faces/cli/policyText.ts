/** A policy, and what a verification of it came to, as lines for people. */
import type { LayerState, Protection, Verification } from '../../adapters/node/policy/policy.ts';
import { ruleText, sourceText, type Policy } from '../../core/policy/index.ts';

const states: Readonly<Record<Protection['state'], string>> = {
  'no-policy': 'There is no policy.',
  unverified: 'Nothing is known about whether it holds: wheelhouse policy verify',
  stale: 'Something has changed since it was verified: wheelhouse policy verify',
  failed: 'It does not hold everywhere: wheelhouse policy verify says where.',
  protected: 'It holds, as far as each rule was tried.',
};

export function policyText({ files, rules, problems, unclear, failClosed, sandbox }: Policy, state: Protection['state'], at: number | undefined): string {
  return [
    ...files.map(({ scope, file }) => `${scope.padEnd(10)}  ${file}`),
    ...problems.map(({ file, line, message }) => `NOT UNDERSTOOD  ${file}:${line}: ${message}`),
    ...(problems.length > 0 ? ['Until that is corrected, what the default policy denies is denied, and everything else is asked for.'] : []),
    '',
    ...rules.map((rule) => `${rule.effect.padEnd(4)}  ${ruleText(rule)}  (${sourceText(rule.source)})`),
    '',
    `commands.unclear: ${unclear}, failClosed: ${failClosed}, sandbox: ${sandbox}`,
    `${states[state]}${at === undefined ? '' : ` (${new Date(at).toISOString()})`}`,
  ].join('\n');
}

const words: Readonly<Record<LayerState, string>> = { denied: 'denied', asked: 'asked', passed: 'PASSED', written: 'set', absent: 'absent', none: '-' };

export function verificationText({ rows, protected: isProtected, sandbox, notes }: Verification): string {
  const width = Math.max(...rows.map(({ rule }) => ruleText(rule).length), 4);
  const line = (holds: string, rule: string, tool: string, cells: readonly string[]) => `${holds.padEnd(5)}  ${rule.padEnd(width)}  ${tool.padEnd(4)}  ${cells.map((cell) => cell.padEnd(7)).join('  ')}`.trimEnd();
  const missing = rows.filter(({ holds }) => !holds);
  return [
    line('', 'rule', 'tool', ['policy', 'hook', 'rules', 'sandbox']),
    ...rows.map(({ rule, tool, holds, layers }) => line(holds ? 'ok' : 'OPEN', ruleText(rule), tool, [layers.engine, layers.hook, layers.rules, layers.sandbox].map((state) => words[state]))),
    ...(rows.some(({ layers }) => layers.rules === 'written' || layers.sandbox === 'written') ? ['', 'set: the agent\'s settings say so; the agent itself was not started to see it.'] : []),
    '',
    ...new Set(missing.flatMap(({ message }) => (message === undefined ? [] : [message]))),
    ...notes,
    `Sandbox: ${sandbox.message}${rows.some(({ layers }) => layers.sandbox === 'written') ? '' : ' Without it a script that an agent runs can open what the rules deny.'}`,
    isProtected ? `Protected: each of ${rows.length} canaries was stopped.` : `Not protected: ${missing.length} of ${rows.length} canaries were not stopped${notes.length > 0 ? ', or something keeps the hooks from running' : ''}.`,
  ].join('\n');
}
