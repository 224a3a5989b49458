import { decidePath, isPath, slashed, type PathRule, type Policy } from '../../../core/policy/index.ts';
import { listIn, obstacles, type Obstacle } from './managed.ts';
import type { PolicyPlace } from './place.ts';
import { settingOf, settingsFiles } from './settings-files.ts';

/** What keeps the layers that this policy counts on from working here, whatever is applied. */
export function obstaclesNow(place: PolicyPlace, policy: Policy): Obstacle[] {
  const files = settingsFiles(place);
  const found = obstacles(files.managed, files.own);
  if (policy.sandbox === 'off') return found.filter(({ layer }) => layer !== 'sandbox');
  const add = (message: string) => void found.push({ layer: 'sandbox', message });
  for (const { file, settings } of files.managed) {
    const enabled = (settings?.['sandbox'] as { readonly enabled?: unknown } | undefined)?.enabled;
    if (enabled === false) add(`${file} is managed by your company and turns the sandbox off: the policy asks for it in vain. Ask whoever manages it.`);
  }
  for (const { file, settings } of [...files.managed, ...files.own]) {
    const opened = listIn(settings, ['sandbox', 'filesystem', 'allowRead']).filter((path) => isDenied(policy, path, place.home));
    if (opened.length > 0) add(`"sandbox.filesystem.allowRead" in ${file} opens what the policy denies: ${opened.slice(0, 5).join(', ')}. Remove it there.`);
  }
  return found;
}

/** The same, and what of the sandbox's settings is not as the policy requires. */
export function obstaclesHere(place: PolicyPlace, policy: Policy): Obstacle[] {
  const found = obstaclesNow(place, policy);
  const files = settingsFiles(place);
  if (policy.sandbox !== 'required' || settingOf(files, ['sandbox', 'enabled']) !== true) return found;
  const mend = '"wheelhouse policy apply" sets it; a file that says otherwise and comes first has to be changed by hand.';
  if (settingOf(files, ['sandbox', 'allowUnsandboxedCommands']) !== false) found.push({ layer: 'sandbox', message: `The policy requires the sandbox, and the settings let commands leave it ("sandbox.allowUnsandboxedCommands" is not false). ${mend}` });
  if (settingOf(files, ['sandbox', 'failIfUnavailable']) !== true) found.push({ layer: 'sandbox', message: `The policy requires the sandbox, and the settings let the agent start without one ("sandbox.failIfUnavailable" is not true). ${mend}` });
  return found;
}

/** What a sandbox that works does not hold, in sentences for the user. Seen with Claude Code 2.1.197. @param root The repository. */
export function sandboxGaps(policy: Policy, root: string): string[] {
  const paths = policy.rules.filter((rule): rule is PathRule => rule.kind === 'path' && rule.effect === 'deny');
  const isBelowFolder = (glob: string) => glob.startsWith(`${slashed(root)}/`) && glob.slice(root.length + 1).includes('/');
  return [
    ...(paths.some(({ globs }) => !globs.every(isPath)) ? ['Of a name such as ".env" the sandbox covers the files below the folder that a session starts in, also later ones. Elsewhere the hook alone holds it.'] : []),
    ...(paths.some(({ globs }) => globs.some(isBelowFolder)) ? ['A rule about a path in a folder of the repository covers that path: a script can rename the folder and reach the file by its new path. A rule by name has no such gap.'] : []),
    ...(policy.sandbox === 'on' ? ['A command can leave the sandbox with your yes. "sandbox: required" in the policy forbids that.'] : []),
  ];
}

function isDenied(policy: Policy, written: string, home: string): boolean {
  const path = written.replace(/^~(?=\/|$)/, () => home).replace(/^\/\//, '/');
  return decidePath(policy, path, { names: [path], kind: 'file' }, 'read')?.decision === 'deny';
}
