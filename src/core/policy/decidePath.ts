import { comparable, isLiteral, matches, normalised } from './glob.ts';
import type { Access, Look, PathNames, Policy, Rule, Verdict } from './model.ts';
import { pathReason, treeReason } from './wording.ts';

/**
 * Whether a file may be read or written. It may not when it may not under one of its names.
 * @param asked As the agent wrote it, for the reason. @returns undefined when no rule objects.
 */
export function decidePath(policy: Policy, asked: string, found: PathNames, access: Access): Verdict | undefined {
  const say = (rule: Rule, name: string | undefined): Verdict => ({
    decision: rule.effect, reason: pathReason(rule, asked, access, name !== undefined && !samePath(name, found.names[0] ?? '') ? name : undefined), rule, subject: asked, access, guaranteed: true,
  });
  if (found.odd !== undefined) return { decision: 'deny', reason: `${access === 'read' ? 'Reading' : 'Writing'} ${JSON.stringify(asked)} is denied by the policy: ${found.odd}.`, subject: asked, access, guaranteed: true };
  for (const rule of policy.rules) {
    if (rule.kind === 'command' || !covers(rule.access, access)) continue;
    if (rule.kind === 'path') {
      const name = found.names.find((each) => rule.globs.some((glob) => matches(glob, each, policy.ignoreCase)));
      if (name !== undefined) return say(rule, name);
    } else {
      const outside = found.names.find((each) => !rule.globs.some((glob) => matches(glob, each, policy.ignoreCase)));
      if (outside !== undefined) return say(rule, outside);
    }
  }
  return undefined;
}

/**
 * The same for a folder and all that is in it, as a recursive search or a removal takes it: as far as
 * the disk shows within bounds.
 */
export function decideTree(policy: Policy, asked: string, found: PathNames, access: Access, look: Look, skips: (path: string) => boolean = () => false): Verdict | undefined {
  const own = decidePath(policy, asked, found, access);
  if (own?.decision === 'deny' || found.kind !== 'directory') return own;
  const folder = found.names.at(-1) ?? '';
  const literals = policy.rules.flatMap((rule) => (rule.kind === 'path' && covers(rule.access, access) ? rule.globs : [])).filter((glob) => isLiteral(glob) && (glob === folder || glob.startsWith(`${folder}/`)));
  const inside = [...literals.filter((glob) => look.names(glob, undefined).kind !== 'none'), ...look.walk(folder)];
  let mildest = own;
  let denied: Verdict | undefined;
  const paths: string[] = [];
  for (const path of inside) {
    if (skips(path)) continue;
    const verdict = decidePath(policy, path, { names: [path], kind: 'file' }, access);
    if (verdict?.decision === 'deny') {
      denied ??= verdict;
      paths.push(path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : path);
    } else mildest ??= verdict;
  }
  return denied?.rule ? { ...denied, subject: asked, reason: treeReason(denied.rule, asked, access, [...new Set(paths)]) } : (denied ?? mildest);
}

/** What may not be read may not be written either. */
export function covers(rule: Access, access: Access): boolean {
  return rule === 'read' || access === 'write';
}

function samePath(one: string, other: string): boolean {
  return comparable(normalised(one), false) === comparable(normalised(other), false);
}
