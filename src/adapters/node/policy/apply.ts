/** Writes the policy into the settings of Claude Code: its own rules, its sandbox, and the hook that asks before each call. */
import { chmod, stat } from 'node:fs/promises';
import nodePath, { join } from 'node:path';
import { isWheelhouseError, WheelhouseError } from '../../../core/base/errors.ts';
import { addOurs, agentRules, matches, removeOurs, unifiedDiff, WHILE_NOT_UNDERSTOOD, type AgentRules, type AgentSandbox, type Applied, type Policy } from '../../../core/policy/index.ts';
import { rewriteText, type FileChange } from '../../../core/install/index.ts';
import { addClaudeHooks, claudeHooksFile, launcherIn, readClaudeGate, readClaudeHooks, removeClaudeHooks, type ClaudeGate } from '../../../core/sessions/index.ts';
import { nodeFiles } from '../files.ts';
import { nodeHasher } from '../hash.ts';
import { launcherPath } from '../launcher.ts';
import { noPolicy } from './check.ts';
import { lookFor } from './look.ts';
import { obstaclesNow, sandboxGaps } from './obstacles.ts';
import { keyOf, policyData, type PolicyPlace } from './place.ts';
import { readPolicy } from './read.ts';

export interface ApplyOptions {
  /** `workspace`: the user's own settings of this project, which are not in version control. */
  readonly scope: 'workspace' | 'user';
  /** Take out what was put in. */
  readonly remove?: boolean;
  /** What the hook starts; default the launcher of the data folder. Absolute. */
  readonly launcher?: string;
}

export interface ApplyPlan {
  readonly file: string;
  /** undefined: there is no file. */
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** As `diff -u` prints it. */
  readonly diff: string;
  /** The agent's rules that the settings get; none when they are taken out. */
  readonly rules: { readonly deny: readonly string[]; readonly ask: readonly string[] };
  /** What the user should know: what is not covered, and what keeps it from working. */
  readonly notes: readonly string[];
}

export interface ApplyResult extends ApplyPlan {
  readonly change: FileChange;
}

/** What is kept of what was written. */
interface Kept {
  readonly file: string;
  readonly applied: Applied;
  /** Of the text that was written. */
  readonly hash: string;
  /** Whether the hooks are there for the policy only. */
  readonly ownHooks: boolean;
  /** Which tools the hooks asked about before. */
  readonly gate: ClaudeGate | undefined;
  /** The text as it was, where taking ours out again would not give it; null: there was no file. */
  readonly before?: string | null;
}

/** What would be written, and nothing is. @throws WheelhouseError `not-found` without a policy; `refused` for one that is not understood. */
export async function planApply(place: PolicyPlace, options: ApplyOptions): Promise<ApplyPlan> {
  const { plan, make } = await prepare(place, options);
  const before = await nodeFiles.readText(plan.file);
  const { text: after } = make(before);
  return { ...plan, before, after, diff: unifiedDiff(before ?? '', after ?? '', plan.file) };
}

/** Writes it. @throws WheelhouseError as `planApply`, and `unwritable`, also for a file that somebody has made read-only. */
export async function applyPolicy(place: PolicyPlace, options: ApplyOptions): Promise<ApplyResult> {
  const { plan, make } = await prepare(place, options);
  await needWritable(plan.file);
  let before = await nodeFiles.readText(plan.file);
  let { text: after, kept } = make(before);
  // Kept first: a rule that nobody knows to be ours would stay for ever.
  if (kept !== undefined) await keep(place, kept);
  let change: FileChange;
  try {
    change = await rewriteText(nodeFiles, plan.file, (text) => {
      before = text;
      ({ text: after, kept } = make(text));
      return after;
    });
  } catch (error) {
    if (isWheelhouseError(error) && error.code === 'unwritable') throw new WheelhouseError('unwritable', `${error.message} The settings are as they were; --scope ${options.scope === 'user' ? 'workspace' : 'user'} writes to the others.`, { cause: error });
    throw error;
  }
  if (kept === undefined) await nodeFiles.remove(keptFile(place, plan.file));
  else await keep(place, kept);
  // The user's own settings hold keys, too.
  if (options.scope === 'user' && change === 'created') await chmod(plan.file, 0o600);
  return { ...plan, before, after, diff: unifiedDiff(before ?? '', after ?? '', plan.file), change };
}

/** Whether the policy was written into any settings and not taken out since. Whether it still is there is for verifying to see. */
export async function wasApplied(place: PolicyPlace): Promise<boolean> {
  const scopes = ['workspace', 'user'] as const;
  const kept = await Promise.all(scopes.map((scope) => readKept(place, settingsFile(place, scope))));
  return kept.some((each) => each !== undefined);
}

/** A file is replaced by another, for which its own mode is no hindrance; but whoever took it meant something by it. */
async function needWritable(file: string): Promise<void> {
  const mode = await stat(file).then((found) => found.mode, () => undefined);
  if (mode === undefined || (mode & 0o222) !== 0) return;
  throw new WheelhouseError('unwritable', `${file} is read-only, so nothing was changed and the policy is not in it. Make it writable (chmod u+w), or apply to the other settings (--scope workspace or user).`);
}

interface Prepared {
  readonly plan: Pick<ApplyPlan, 'file' | 'rules' | 'notes'>;
  readonly make: (text: string | undefined) => { readonly text: string | undefined; readonly kept: Kept | undefined };
}

async function prepare(place: PolicyPlace, { scope, remove = false, launcher = launcherPath(place.dataRoot) }: ApplyOptions): Promise<Prepared> {
  const file = settingsFile(place, scope);
  const kept = await readKept(place, file);
  if (remove) {
    const plan = { file, rules: { deny: [], ask: [] }, notes: kept === undefined ? [`Nothing of the policy is known to be in ${file}.`] : [] };
    return { plan, make: (text: string | undefined) => ({ text: kept === undefined ? text : withoutOurs(text, file, kept), kept: undefined }) };
  }
  const policy = await readPolicy(place);
  if (policy === undefined) throw noPolicy();
  const [problem] = policy.problems;
  if (problem) throw new WheelhouseError('refused', `${problem.file}:${problem.line}: ${problem.message} Nothing was changed. ${WHILE_NOT_UNDERSTOOD} Correct it and apply again.`);
  const rules = agentRules(policy, existing(policy, place));
  const plan = { file, rules, notes: notesOn(policy, rules, place) };
  return { plan, make: (text: string | undefined) => withOurs(kept === undefined ? text : withoutOurs(text, file, kept), file, rules, launcher, policy) };
}

function withOurs(base: string | undefined, file: string, rules: AgentRules, launcher: string, policy: Policy): { text: string; kept: Kept } {
  const hooksBefore = readClaudeHooks(base, file);
  const gate = readClaudeGate(base, file)?.gate;
  const { text: ruled, applied } = addOurs(base, file, rules);
  const text = addClaudeHooks(ruled, file, { launcher, windows: process.platform === 'win32', gate: policy.failClosed ? 'closed' : 'all' });
  const kept: Kept = { file, applied, hash: nodeHasher.sha256(text), ownHooks: hooksBefore === 'none', gate };
  let back: string | undefined;
  try {
    back = takenOut(text, file, kept);
  } catch {
    // Then the text as it was is the only way back.
  }
  return { text, kept: back === base ? kept : { ...kept, before: base ?? null } };
}

function withoutOurs(text: string | undefined, file: string, kept: Kept): string | undefined {
  if (text === undefined) return undefined;
  if (kept.before !== undefined && nodeHasher.sha256(text) === kept.hash) return kept.before ?? undefined;
  return takenOut(text, file, kept);
}

function takenOut(text: string, file: string, { applied, ownHooks, gate }: Kept): string | undefined {
  const unhooked = ownHooks ? removeClaudeHooks(text, file) : withGate(text, file, gate ?? 'edits');
  const result = unhooked === undefined ? undefined : removeOurs(unhooked, file, applied);
  // Nothing else was in it, and it is as we make a file.
  return result === '{}\n' ? undefined : result;
}

/** The hooks stay for claims and states, and ask about as many tools as they did. */
function withGate(text: string, file: string, gate: ClaudeGate): string {
  const found = readClaudeGate(text, file);
  if (found === undefined || found.gate === gate) return text;
  const ours = launcherIn(found.command);
  return ours === undefined ? text : addClaudeHooks(text, file, { ...ours, gate });
}

function settingsFile(place: PolicyPlace, scope: ApplyOptions['scope']): string {
  return claudeHooksFile(nodePath, scope, { workspace: place.root, home: place.home, configFolder: place.env['CLAUDE_CONFIG_DIR'] });
}

function keptFile(place: PolicyPlace, file: string): string {
  return join(policyData(place.dataRoot), `applied-${keyOf(file)}.json`);
}

async function keep(place: PolicyPlace, kept: Kept): Promise<void> {
  await nodeFiles.writeBytes(keptFile(place, kept.file), Buffer.from(JSON.stringify(kept)), { isPrivate: true });
}

async function readKept(place: PolicyPlace, file: string): Promise<Kept | undefined> {
  try {
    const value = JSON.parse((await nodeFiles.readText(keptFile(place, file))) ?? '{}') as Partial<Kept>;
    return value.file === file && value.applied !== undefined ? (value as Kept) : undefined;
  } catch {
    return undefined;
  }
}

/** The files that may not be changed by their name, as they are now. */
function existing(policy: Policy, place: PolicyPlace): string[] {
  if (policy.sandbox === 'off') return [];
  const files = lookFor(policy, place.root, place.home).walk(place.root);
  return files.filter((path) => policy.rules.some((rule) => rule.kind === 'path' && rule.effect === 'deny' && rule.access === 'write' && rule.globs.some((glob) => matches(glob, path, policy.ignoreCase))));
}

function notesOn(policy: Policy, { missing, sandbox }: AgentRules, place: PolicyPlace): string[] {
  return [
    ...obstaclesNow(place, policy).map(({ message }) => message),
    ...missing.map((rule) => `"${rule.kind === 'only' ? `${rule.access}.only` : rule.pattern}" has no rule of the agent's own: the hook alone holds it, and not for what a script opens.`),
    ...(sandbox === undefined ? ['Commands run outside of a sandbox: what a script opens is not covered. "sandbox: on" in the policy changes that.'] : sandboxNotes(sandbox, policy, place.root)),
    ...(policy.failClosed && process.platform === 'win32' ? ['"failClosed" holds where the hook starts; a hook that cannot be started stops nobody on Windows.'] : []),
  ];
}

function sandboxNotes({ onlyNow }: AgentSandbox, policy: Policy, root: string): string[] {
  const names = `${onlyNow.slice(0, 5).join(', ')}${onlyNow.length > 5 ? ', …' : ''}`;
  return [
    'The agent asks before commands as it did: "sandbox.autoAllowBashIfSandboxed" is false unless you have set it.',
    ...sandboxGaps(policy, root),
    ...(onlyNow.length > 0 ? [`For writing, a sandbox takes paths, not names: of ${names} it covers the files that there are now. Apply again when there are more.`] : []),
  ];
}
