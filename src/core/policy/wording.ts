import type { Access, Rule, RuleSource } from './model.ts';

/** Where a rule stands, as an editor or a terminal can open it. */
export function sourceText({ scope, file, line }: RuleSource): string {
  return scope === 'built-in' ? 'built into Wheelhouse' : `${file}:${line}`;
}

/** The rule as its file says it. */
export function ruleText(rule: Rule): string {
  if (rule.kind === 'command') return `commands.${rule.effect} ${rule.pattern}`;
  return `${rule.access}.${rule.kind === 'only' ? 'only' : rule.effect} ${rule.pattern}`;
}

/** What a policy file that is not understood comes to (see `decideCall`), for the user. */
export const WHILE_NOT_UNDERSTOOD = 'Until it is corrected, the policy is closed: what the default policy denies is denied, and everything else needs your yes.';

/** Why a path is not to be touched. @param known What it was found under, when that is not what was asked for. */
export function pathReason(rule: Rule, asked: string, access: Access, known: string | undefined): string {
  const what = `${access === 'read' ? 'Reading' : 'Writing'} ${asked}${known === undefined ? '' : ` (which is ${known})`}`;
  return `${what} ${verb(rule)} by the policy: ${ruleText(rule)} (${sourceText(rule.source)}).${advice(rule)}`;
}

export function commandReason(rule: Rule, command: string): string {
  return `Running "${shortened(command)}" ${verb(rule)} by the policy: ${ruleText(rule)} (${sourceText(rule.source)}).${advice(rule)}`;
}

function verb(rule: Rule): string {
  return rule.effect === 'deny' ? 'is denied' : 'needs the user\'s yes';
}

function advice(rule: Rule): string {
  return rule.effect === 'deny' ? ' Do not try another way; tell the user if you need it.' : '';
}

export function shortened(text: string, most = 200): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > most ? `${line.slice(0, most)}…` : line;
}
