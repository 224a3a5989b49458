import { isAbout } from './commandRules.ts';
import { decidePath, decideTree } from './decidePath.ts';
import { matches } from './glob.ts';
import type { Look, Policy, Verdict } from './model.ts';
import { UNKNOWN } from './shell/expand.ts';
import { readScript, type Touch } from './shell/touches.ts';
import { commandReason, shortened } from './wording.ts';

const MOST_LENGTH = 200_000;
const MOST_MATCHES = 1000;

/**
 * What the policy says about a command of a shell. Its text is followed as far as a text can be; that nothing is
 * found is no proof, so a command that may run is never guaranteed outside of a sandbox.
 */
export function decideCommand(policy: Policy, script: string, cwd: string, home: string, look: Look): Verdict {
  const subject = shortened(script);
  const guaranteed = policy.sandbox === 'required';
  const isTooLong = script.length > MOST_LENGTH;
  const read = readScript(script.slice(0, MOST_LENGTH), cwd, home);
  const found: Verdict[] = [];
  for (const rule of policy.rules) {
    if (rule.kind !== 'command') continue;
    const command = read.programs.find((words) => isAbout(rule, words));
    if (command) found.push({ decision: rule.effect, reason: commandReason(rule, command.join(' ').replaceAll(UNKNOWN, '…')), rule, subject, guaranteed: true });
  }
  for (const touch of read.touches) {
    const verdict = decideTouch(policy, touch, look);
    if (verdict) found.push({ ...verdict, subject });
    if (verdict?.decision === 'deny') break;
  }
  const strictest = found.find(({ decision }) => decision === 'deny') ?? found[0];
  if (strictest?.decision === 'deny' || !(read.isUnclear || isTooLong) || policy.unclear === 'allow') return strictest ?? { decision: 'allow', reason: guaranteed ? 'No rule of the policy objects.' : 'No rule of the policy objects, as far as the text of the command tells.', subject, guaranteed };
  if (strictest && policy.unclear === 'ask') return strictest;
  if (isTooLong) return { decision: policy.unclear, reason: `This command has ${script.length} characters, and more than ${MOST_LENGTH} are not looked at; the policy says for such commands: ${policy.unclear} (commands.unclear).`, subject, guaranteed: policy.unclear === 'deny' };
  return { decision: policy.unclear, reason: `Which files "${subject}" touches cannot be told from its text, and the policy says for such commands: ${policy.unclear} (commands.unclear).`, subject, guaranteed: policy.unclear === 'deny' };
}

function decideTouch(policy: Policy, touch: Touch, look: Look): Verdict | undefined {
  const { path, access, cwd } = touch;
  if (touch.isPattern) {
    for (const each of matching(path, cwd, look)) {
      const verdict = decideOne(policy, each, touch, look);
      if (verdict?.decision === 'deny') return verdict;
    }
    return undefined;
  }
  if (path.includes(UNKNOWN)) {
    // Of "$DIR/.env" the name is known, and a rule about names counts.
    const name = path.slice(path.lastIndexOf('/') + 1);
    return name === '' || name.includes(UNKNOWN) ? undefined : decidePath({ ...policy, rules: policy.rules.filter(({ kind }) => kind === 'path') }, path.replaceAll(UNKNOWN, '…'), { names: [`/${name}`], kind: 'none' }, access);
  }
  return decideOne(policy, path, touch, look);
}

function decideOne(given: Policy, path: string, { access, isTree, ifThere, isGuess, only, cwd }: Touch, look: Look): Verdict | undefined {
  const policy = isGuess === true ? { ...given, rules: given.rules.filter(({ kind }) => kind === 'path') } : given;
  const found = look.names(path, cwd);
  if (ifThere && found.kind === 'none') return undefined;
  if (!isTree) return decidePath(policy, path, found, access);
  const folder = found.names.at(-1) ?? '';
  return decideTree(policy, path, found, access, look, (file) => only !== undefined && !only(file.slice(folder.length)));
}

/** The paths that a pattern of the shell stands for now; relative ones stay relative. */
function matching(pattern: string, cwd: string | undefined, look: Look): string[] {
  let found = [pattern.startsWith('/') ? '/' : ''];
  for (const part of pattern.split('/').filter((each) => each !== '')) {
    if (!/[*?[]/.test(part)) found = found.map((folder) => folder + (folder === '' || folder.endsWith('/') ? '' : '/') + part);
    else {
      found = found.flatMap((folder) => {
        const absolute = folder === '' ? (cwd ?? '.') : look.names(folder, cwd).names[0] ?? folder;
        const names = look.list(absolute).filter((name) => (!name.startsWith('.') || part.startsWith('.') || part.startsWith('[')) && matches(part === '**' ? '*' : part, name, false));
        return names.map((name) => folder + (folder === '' || folder.endsWith('/') ? '' : '/') + name);
      }).slice(0, MOST_MATCHES);
    }
  }
  return found.filter((path) => path !== '');
}
