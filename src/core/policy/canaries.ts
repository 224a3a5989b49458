/** For each rule, something that it must stop: what "verify" asks every layer about. */
import { isLiteral, literalStart } from './glob.ts';
import type { Access, Policy, Rule } from './model.ts';

export interface Canary {
  readonly rule: Rule;
  /** What is called, and with what. */
  readonly tool: 'Read' | 'Edit' | 'Bash';
  /** The path, or the command. */
  readonly subject: string;
  readonly access: Access | undefined;
  /** Whether a file of this name can be made for the test: it lies in the folder for canaries, and harms nobody. */
  readonly isMakeable: boolean;
}

/** @param folder An empty folder in the repository that canaries may be made in. Absolute, `/` between the parts. */
export function canariesOf(policy: Policy, folder: string): Canary[] {
  return policy.rules.flatMap((rule): Canary[] => {
    if (rule.kind === 'command') return [{ rule, tool: 'Bash', subject: rule.words.map((word) => word.replaceAll('*', 'canary')).join(' '), access: undefined, isMakeable: false }];
    const outside = `${folder.slice(0, folder.indexOf('/'))}/wheelhouse-canary/outside`;
    const path = rule.kind === 'only' ? outside : sampleOf(rule.globs[0] ?? '', folder);
    const isMakeable = rule.kind === 'path' && path.startsWith(`${folder}/`);
    const canary = (tool: 'Read' | 'Edit', access: Access): Canary => ({ rule, tool, subject: path, access, isMakeable });
    return rule.access === 'read' ? [canary('Read', 'read'), canary('Edit', 'write')] : [canary('Edit', 'write')];
  });
}

/** A path that the pattern stands for. */
function sampleOf(glob: string, folder: string): string {
  const start = literalStart(glob);
  const base = glob.startsWith('**/') ? folder : start;
  const rest = glob.startsWith('**/') ? glob.slice(3) : glob.slice(start.length + 1);
  const filled = rest.split('/').filter((part) => part !== '').map(nameLike).join('/');
  // A rule about a folder or a file that is there is asked about by a name that is not.
  return filled !== '' ? `${base}/${filled}` : isLiteral(glob) ? glob : `${base}/canary`;
}

/** A name that one part of a pattern stands for: `[abc]` the first of its letters, `[!abc]` another one. */
function nameLike(part: string): string {
  if (part === '**') return 'canary';
  return part.replace(/\[([^\]!^])[^\]]*\]/g, '$1').replace(/\[[!^][^\]]*\]/g, 'x').replaceAll('*', 'canary').replaceAll('?', 'x');
}
