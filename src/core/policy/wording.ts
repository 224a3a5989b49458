import { plainLine } from '../base/plain.ts';
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
  return plainLine(`${what} ${verb(rule)} by the policy: ${ruleText(rule)} (${sourceText(rule.source)}).${advice(rule)}`);
}

/** So many files that stand in the way are named, so that a search need not be tried again for each. */
const MOST_NAMED = 5;

/** Why a folder is not to be touched as a whole. @param paths What in it is denied; the rule is about the first. */
export function treeReason(rule: Rule, asked: string, access: Access, paths: readonly string[]): string {
  const named = `${paths.slice(0, MOST_NAMED).join(', ')}${paths.length > MOST_NAMED ? ` and ${paths.length - MOST_NAMED} more` : ''}`;
  const them = paths.length > 1 ? 'them' : 'it';
  const next = access === 'read' ? `Name the folders that you need, or leave ${them} out (such as --exclude)` : 'Name only what else is in there';
  return plainLine(`${access === 'read' ? 'Reading' : 'Changing'} all of ${asked} is denied by the policy, because of ${named}: ${ruleText(rule)} (${sourceText(rule.source)}). ${next}; do not try to get at ${them} another way.`);
}

export function commandReason(rule: Rule, command: string): string {
  return plainLine(`Running "${shortened(command)}" ${verb(rule)} by the policy: ${ruleText(rule)} (${sourceText(rule.source)}).${advice(rule)}`);
}

function verb(rule: Rule): string {
  return rule.effect === 'deny' ? 'is denied' : 'needs the user\'s yes';
}

function advice(rule: Rule): string {
  return rule.effect === 'deny' ? ' Do not try another way; tell the user if you need it.' : '';
}

export function shortened(text: string, most = 200): string {
  const line = plainLine(text.slice(0, most * 8).replace(/\s+/g, ' ')).trim();
  return line.length > most ? `${line.slice(0, most).toWellFormed()}…` : line;
}
