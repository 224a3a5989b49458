import type { PathRule, Policy, PolicyPart, Decision, Rule, SandboxWish } from './model.ts';
import { defaultRules } from './defaults.ts';
import type { PatternPlace } from './glob.ts';

export interface MergeOptions extends PatternPlace {
  readonly ignoreCase: boolean;
  /** Files that agents may not change, or only when the user says yes: the policy and what it stands on. Absolute patterns. */
  readonly guarded: { readonly deny: readonly string[]; readonly ask: readonly string[] };
}

const decisions: readonly Decision[] = ['allow', 'ask', 'deny'];
const sandboxes: readonly SandboxWish[] = ['off', 'on', 'required'];

/**
 * One policy from all files: every rule of each counts, and of two choices the stricter. While a file is not
 * understood, what the default policy denies is denied, and all else is asked for (see `decideCall`).
 */
export function mergePolicy(parts: readonly PolicyPart[], options: MergeOptions): Policy {
  const problems = parts.flatMap((part) => part.problems);
  const guards = (['deny', 'ask'] as const).flatMap((effect) => options.guarded[effect].map((glob): PathRule => ({ kind: 'path', pattern: glob, access: 'write', effect, globs: [glob], source: { scope: 'built-in', file: '', line: 0 } })));
  const rules: Rule[] = [...parts.flatMap((part) => part.rules), ...(problems.length > 0 ? defaultRules(options) : []), ...guards];
  return {
    files: parts.map(({ scope, file }) => ({ scope, file })),
    rules: [...rules.filter(({ effect }) => effect === 'deny'), ...rules.filter(({ effect }) => effect === 'ask')],
    problems,
    unclear: strictest(decisions, parts.map(({ unclear }) => unclear)),
    failClosed: parts.some(({ failClosed }) => failClosed),
    sandbox: strictest(sandboxes, parts.map(({ sandbox }) => sandbox)),
    ignoreCase: options.ignoreCase,
  };
}

function strictest<T>(order: readonly T[], values: readonly T[]): T {
  return order[Math.max(0, ...values.map((value) => order.indexOf(value)))] as T;
}
