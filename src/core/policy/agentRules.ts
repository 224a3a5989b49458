/** The policy in the words of Claude Code: permission rules, and the folders of its sandbox. */
import { isLiteral } from './glob.ts';
import type { PathRule, Policy, Rule } from './model.ts';

export interface AgentRules {
  readonly deny: readonly string[];
  readonly ask: readonly string[];
  /** undefined: the policy asks for no sandbox. */
  readonly sandbox: AgentSandbox | undefined;
  /** What the agent has no rule for; the hook alone holds it. */
  readonly missing: readonly Rule[];
}

export interface AgentSandbox {
  readonly enabled: true;
  /** Whether commands are refused where the system has no sandbox, and may not leave it. */
  readonly required: boolean;
  readonly denyRead: readonly string[];
  readonly denyWrite: readonly string[];
  /** Patterns by name that have no path for the sandbox: only the files that there are now are in the lists. */
  readonly byName: readonly string[];
}

/** @param existing Files that the policy denies by their name and that exist, for the sandbox, which takes paths. Absolute. */
export function agentRules(policy: Policy, existing: { readonly read: readonly string[]; readonly write: readonly string[] } = { read: [], write: [] }): AgentRules {
  const of = (effect: 'deny' | 'ask') => [...new Set(policy.rules.filter((rule) => rule.effect === effect).flatMap(rulesFor))];
  return { deny: of('deny'), ask: of('ask'), sandbox: sandboxFor(policy, existing), missing: policy.rules.filter((rule) => rulesFor(rule).length === 0) };
}

/** The rules that stand for one of ours. What denies reading denies editing, too, also in versions that do not infer that. */
export function rulesFor(rule: Rule): string[] {
  if (rule.kind === 'only') return [];
  if (rule.kind === 'command') return [`Bash(${rule.words.join(' ')}:*)`];
  const tools = rule.access === 'read' ? ['Read', 'Edit'] : ['Edit'];
  return rule.globs.flatMap((glob) => tools.flatMap((tool) => patternsFor(glob).map((pattern) => `${tool}(${pattern})`)));
}

/**
 * `//` is the root of the disk. A folder is named by itself and with all that is in it. A name at any depth is written
 * twice: from the root, for files anywhere; and from the project, because the agent's search over a folder leaves
 * out only what is written like that (seen with 2.1.197).
 */
function patternsFor(glob: string): string[] {
  if (glob.startsWith('**/')) return [...fromRoot(glob), glob, ...(glob.endsWith('/**') ? [] : [`${glob}/**`])];
  return fromRoot(glob);
}

function fromRoot(glob: string): string[] {
  const drive = /^([A-Za-z]):(\/.*)$/.exec(glob);
  const path = drive ? `//${(drive[1] ?? '').toLowerCase()}${drive[2] ?? ''}` : `/${glob.startsWith('/') ? '' : '/'}${glob}`;
  return path.endsWith('/**') ? [path] : [path, `${path}/**`];
}

function sandboxFor(policy: Policy, existing: { readonly read: readonly string[]; readonly write: readonly string[] }): AgentSandbox | undefined {
  if (policy.sandbox === 'off') return undefined;
  const denied = policy.rules.filter((rule): rule is PathRule => rule.kind === 'path' && rule.effect === 'deny');
  const paths = (access: 'read' | 'write') => denied.filter((rule) => rule.access === access).flatMap(({ globs }) => globs).filter((glob) => !glob.startsWith('**/') && isLiteral(glob));
  const byName = denied.filter(({ globs }) => globs.some((glob) => glob.startsWith('**/') || !isLiteral(glob))).map(({ pattern }) => pattern);
  const unique = (list: readonly string[]) => [...new Set(list)].sort();
  return {
    enabled: true, required: policy.sandbox === 'required', byName,
    denyRead: unique([...paths('read'), ...existing.read]),
    denyWrite: unique([...paths('read'), ...paths('write'), ...existing.read, ...existing.write]),
  };
}
