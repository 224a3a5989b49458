/** The policy in the words of Claude Code: permission rules, and the folders of its sandbox. */
import { isLiteral } from './glob.ts';
import type { Access, PathRule, Policy, Rule } from './model.ts';

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
  /** Whether the agent refuses to start where the system has no sandbox, and commands may not leave it. */
  readonly required: boolean;
  readonly denyRead: readonly string[];
  readonly denyWrite: readonly string[];
  /**
   * Patterns of what may not be read that are no path. The agent takes them into its sandbox from its own `Read` rules,
   * and looks for the files below the folder of the session before each command, so later ones are covered (seen with
   * 2.1.197). Written here once more they would only double that time.
   */
  readonly byName: readonly string[];
  /** Patterns of what may be read and not changed that are no path: of them the files that there are now are in the list. */
  readonly onlyNow: readonly string[];
}

/** @param existing Files that may not be changed by their name and that exist: for writing, the sandbox takes paths only. Absolute. */
export function agentRules(policy: Policy, existing: readonly string[] = []): AgentRules {
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

function sandboxFor(policy: Policy, existing: readonly string[]): AgentSandbox | undefined {
  if (policy.sandbox === 'off') return undefined;
  const denied = (access: Access) => policy.rules.filter((rule): rule is PathRule => rule.kind === 'path' && rule.effect === 'deny' && rule.access === access);
  const paths = (access: Access) => denied(access).flatMap(({ globs }) => globs).filter(isPath);
  const names = (access: Access) => denied(access).filter(({ globs }) => !globs.every(isPath)).map(({ pattern }) => pattern);
  const unique = (list: readonly string[]) => [...new Set(list)].sort();
  return {
    enabled: true, required: policy.sandbox === 'required', byName: names('read'), onlyNow: names('write'),
    denyRead: unique(paths('read')),
    denyWrite: unique([...paths('read'), ...paths('write'), ...existing]),
  };
}

/** Whether it is one path, and no name or pattern. */
export function isPath(glob: string): boolean {
  return !glob.startsWith('**/') && isLiteral(glob);
}
