/** Proves that the policy holds: each rule is tried on every layer, with a canary and not with what it protects. */
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { AbortSignalLike } from '../../../core/ports/processes.ts';
import { canariesOf, decideCall, isPath, rulesFor, type Canary, type Look, type Policy, type Rule } from '../../../core/policy/index.ts';
import { WheelhouseError } from '../../../core/base/errors.ts';
import { systemClock } from '../clock.ts';
import { nodeFiles } from '../files.ts';
import { makeCanaryFolder, sweepCanaryFolders } from './canary-folder.ts';
import { noPolicy } from './check.ts';
import { askHook, installedHooks, type HookReply } from './hook-probe.ts';
import { lookFor } from './look.ts';
import { listIn, type Obstacle } from './managed.ts';
import { obstaclesHere } from './obstacles.ts';
import { keyOf, policyData, type PolicyPlace } from './place.ts';
import { readPolicy } from './read.ts';
import { examineSandbox, type SandboxState } from './sandbox.ts';
import { settingOf, settingsFiles } from './settings-files.ts';

/**
 * What one layer did with one canary. `denied` and `asked`: it stops it, itself or by the user. `passed`: it does not.
 * `written`: the agent's settings say that it stops it; the agent was not started to see it. `absent`: the layer is not
 * there. `none`: this layer has nothing for such a rule.
 */
export type LayerState = 'denied' | 'asked' | 'passed' | 'written' | 'absent' | 'none';

export interface VerifyRow {
  readonly rule: Rule;
  /** What was tried: a path, or a command; and with which tool. */
  readonly canary: string;
  readonly tool: 'Read' | 'Edit' | 'Bash';
  readonly layers: {
    /** The policy itself. */
    readonly engine: LayerState;
    /** The installed hook, run as the agent runs it. */
    readonly hook: LayerState;
    /** The agent's own rules, as its settings files have them. */
    readonly rules: LayerState;
    /** What holds for commands of any kind, as far as the settings say and it can start here. */
    readonly sandbox: LayerState;
  };
  /** Whether it is stopped by the engine and the living hook, and what else the policy counts on is in the agent's settings. */
  readonly holds: boolean;
  /** What went wrong, for the user. */
  readonly message?: string;
}

export interface Verification {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly rows: readonly VerifyRow[];
  /** Each rule holds, and nothing is in the way. */
  readonly protected: boolean;
  readonly sandbox: SandboxState;
  /** What keeps a layer from working. */
  readonly notes: readonly string[];
  /** Of all that it depends on. */
  readonly key: string;
}

export interface VerifyOptions {
  readonly signal?: AbortSignalLike;
  /** Called with each row as it is known. */
  readonly onRow?: (row: VerifyRow, done: number, all: number) => void;
}

/** Whether the policy is known to hold: `stale` when something has changed since it was verified. */
export interface Protection {
  readonly state: 'no-policy' | 'unverified' | 'stale' | 'failed' | 'protected';
  readonly verification?: Verification;
}

/** @throws WheelhouseError `not-found` without a policy, `refused` for one that is not understood, `cancelled`. */
export async function verifyPolicy(place: PolicyPlace, { signal, onRow }: VerifyOptions = {}): Promise<Verification> {
  const policy = await readPolicy(place);
  if (policy === undefined) throw noPolicy();
  const [problem] = policy.problems;
  if (problem) throw new WheelhouseError('refused', `${problem.file}:${problem.line}: ${problem.message} Correct it, apply and verify again.`);
  const key = keyOfAll(place, policy);
  const sandbox = await examineSandbox();
  const found = obstaclesHere(place, policy);
  const notes = found.map(({ message }) => message);
  sweepCanaryFolders(place.root);
  const look = lookFor(policy, place.root, place.home);
  const folder = makeCanaryFolder(place.root, (path) => ['Read', 'Edit'].every((tool) => decideCall(policy, { tool, input: { file_path: path }, cwd: place.root, home: place.home }, look).decision === 'allow'));
  const rows: VerifyRow[] = [];
  try {
    const plain = canariesOf(policy, folder.replaceAll('\\', '/'));
    const canaries: Trial[] = [...plain, ...linked(plain, folder)];
    const tester = new Tester(place, policy, look, sandbox, found);
    // A few at once: each hook is a process of its own.
    const left = [...canaries];
    const work = async () => {
      for (let canary = left.shift(); canary !== undefined; canary = left.shift()) {
        if (signal?.aborted === true) throw new WheelhouseError('cancelled', 'Verifying was cancelled; what was known before still counts.');
        const row = await tester.row(canary);
        rows.push(row);
        onRow?.(row, rows.length, canaries.length);
      }
    };
    const results = await Promise.allSettled([work(), work()]);
    for (const result of results) if (result.status === 'rejected') throw result.reason;
    rows.sort((one, other) => canaries.findIndex((each) => isOf(one, each)) - canaries.findIndex((each) => isOf(other, each)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const verification: Verification = { at: systemClock.now(), rows, protected: notes.length === 0 && rows.length > 0 && rows.every(({ holds }) => holds), sandbox, notes, key };
  await nodeFiles.writeBytes(resultFile(place), Buffer.from(JSON.stringify(verification)), { isPrivate: true });
  return verification;
}

/** What the last verification came to, and whether it still counts. */
export async function protectionOf(place: PolicyPlace): Promise<Protection> {
  const policy = await readPolicy(place);
  if (policy === undefined) return { state: 'no-policy' };
  const verification = await lastVerification(place);
  if (verification === undefined) return { state: 'unverified' };
  if (verification.key !== keyOfAll(place, policy)) return { state: 'stale', verification };
  return { state: verification.protected ? 'protected' : 'failed', verification };
}

/** A canary, or a link to one. */
interface Trial extends Canary {
  readonly linkTo?: string;
}

/** A link with a harmless name to a canary: the name that counts is the one it leads to. */
function linked(canaries: readonly Canary[], folder: string): Trial[] {
  if (process.platform === 'win32') return [];
  const target = canaries.find(({ isMakeable, tool }) => isMakeable && tool === 'Read');
  return target === undefined ? [] : [{ ...target, subject: join(folder, 'link-to-canary'), linkTo: target.subject }];
}

const RULES_MISSING = 'The agent\'s own rules are not in its settings, or do not count, so a search over a folder shows what is in the file. "wheelhouse policy apply" writes them.';
const SANDBOX_MISSING = 'The policy asks for the sandbox, and the agent\'s settings do not have this rule for it. "wheelhouse policy apply" writes it.';

const isOf = (row: VerifyRow, canary: Canary) => row.rule === canary.rule && row.tool === canary.tool && row.canary === canary.subject;

class Tester {
  readonly #place: PolicyPlace;
  readonly #policy: Policy;
  readonly #look: Look;
  readonly #sandbox: SandboxState;
  readonly #hooks: ReturnType<typeof installedHooks>;
  readonly #obstacles: readonly Obstacle[];
  readonly #rules: { readonly deny: ReadonlySet<string>; readonly ask: ReadonlySet<string> };
  readonly #sandboxed: { readonly isOn: boolean; readonly denyRead: readonly string[]; readonly denyWrite: readonly string[] };

  constructor(place: PolicyPlace, policy: Policy, look: Look, sandbox: SandboxState, found: readonly Obstacle[]) {
    [this.#place, this.#policy, this.#look, this.#sandbox, this.#obstacles] = [place, policy, look, sandbox, found];
    const files = settingsFiles(place);
    this.#hooks = installedHooks(files.own);
    const of = (from: readonly { readonly settings: Readonly<Record<string, unknown>> | undefined }[], path: readonly string[]) => from.flatMap(({ settings }) => listIn(settings, path));
    const all = [...files.managed, ...files.own];
    const counting = this.#stopped('rules') ? files.managed : all;
    this.#rules = { deny: new Set(of(counting, ['permissions', 'deny'])), ask: new Set(of(counting, ['permissions', 'ask'])) };
    this.#sandboxed = { isOn: settingOf(files, ['sandbox', 'enabled']) === true, denyRead: of(all, ['sandbox', 'filesystem', 'denyRead']), denyWrite: of(all, ['sandbox', 'filesystem', 'denyWrite']) };
  }

  async row(canary: Trial): Promise<VerifyRow> {
    make(canary);
    const input = inputFor(canary);
    const call = { tool: canary.tool, input, cwd: this.#place.root, home: this.#place.home };
    const engine = stateOf(decideCall(this.#policy, call, this.#look).decision);
    const { state: hook, message } = await this.#askHooks(canary, input);
    const wanted = canary.rule.effect === 'deny' ? 'denied' : 'asked';
    const stops = (state: LayerState) => state === 'denied' || state === wanted;
    const rules = this.#ruleState(canary.rule);
    // A search over a whole folder is no matter of the hook: there the agent leaves out what its own rules deny.
    const isLeftOut = canary.tool !== 'Read' || canary.rule.effect === 'ask' || rules !== 'absent';
    const sandbox = this.#sandboxState(canary);
    // Where the machine has none, that is said apart: "on" asks for one where there is one, and with "required" no agent starts.
    const isBoxed = sandbox !== 'absent' || !this.#canSandbox;
    const missing = !isLeftOut ? RULES_MISSING : !isBoxed ? SANDBOX_MISSING : undefined;
    const why = message ?? missing;
    return { rule: canary.rule, canary: canary.subject, tool: canary.tool, layers: { engine, hook, rules, sandbox }, holds: stops(engine) && stops(hook) && isLeftOut && isBoxed, ...(why !== undefined && { message: why }) };
  }

  /** All hooks are run, as the agent runs all; one that denies is enough. */
  async #askHooks(canary: Canary, input: Readonly<Record<string, unknown>>): Promise<{ state: LayerState; message?: string }> {
    const obstacle = this.#stopped('hook');
    if (obstacle) return { state: 'absent', message: obstacle.message };
    const hooks = this.#hooks.filter(({ sees }) => sees(canary.tool));
    if (hooks.length === 0) return { state: 'absent', message: 'No hook of Wheelhouse sees this tool. "wheelhouse policy apply" installs it.' };
    const replies: HookReply[] = [];
    for (const { command } of hooks) replies.push(await askHook(command, { tool: canary.tool, input, cwd: this.#place.root, env: this.#place.env }));
    const best = replies.find(({ state }) => state === 'denied') ?? replies.find(({ state }) => state === 'asked') ?? replies[0];
    return best ?? { state: 'absent' };
  }

  #ruleState(rule: Rule): LayerState {
    const wanted = rulesFor(rule);
    if (wanted.length === 0) return 'none';
    const there = rule.effect === 'deny' ? this.#rules.deny : this.#rules.ask;
    return wanted.every((each) => there.has(each) || this.#rules.deny.has(each)) ? 'written' : 'absent';
  }

  /** The sandbox takes paths; names whose reading is denied get into it with the agent's own rules (see `agentRules`). */
  #sandboxState({ rule, access }: Canary): LayerState {
    if (rule.kind !== 'path' || rule.effect === 'ask') return 'none';
    const { sandbox: wish } = this.#policy;
    const { isOn, denyRead, denyWrite } = this.#sandboxed;
    if (wish === 'off' && !isOn) return 'none';
    if (!isOn || !this.#canSandbox || this.#stopped('sandbox')) return 'absent';
    const listed = access === 'read' ? denyRead : denyWrite;
    if (rule.globs.every(isPath)) return rule.globs.every((glob) => listed.includes(glob)) ? 'written' : 'absent';
    if (rule.access === 'write') return 'none';
    return this.#ruleState(rule) === 'written' ? 'written' : 'absent';
  }

  get #canSandbox(): boolean {
    return this.#sandbox.state === 'works' || this.#sandbox.state === 'unknown';
  }

  #stopped(layer: Obstacle['layer']): Obstacle | undefined {
    return this.#obstacles.find((each) => each.layer === layer);
  }
}

function make({ subject, isMakeable, linkTo }: Trial): void {
  if (!isMakeable) return;
  try {
    mkdirSync(dirname(subject), { recursive: true, mode: 0o700 });
    if (linkTo !== undefined) symlinkSync(linkTo, subject);
    else writeFileSync(subject, 'canary\n', { flag: 'wx', mode: 0o600 });
  } catch {
    // There already (two rules may have one canary), or not to be made: the name is what is asked about.
  }
}

function inputFor({ tool, subject }: Canary): Readonly<Record<string, string>> {
  if (tool === 'Bash') return { command: subject };
  return { file_path: subject, ...(tool === 'Edit' && { old_string: 'canary', new_string: 'canaries' }) };
}

function stateOf(decision: 'allow' | 'ask' | 'deny'): LayerState {
  return decision === 'allow' ? 'passed' : decision === 'ask' ? 'asked' : 'denied';
}

function resultFile(place: PolicyPlace): string {
  return join(policyData(place.dataRoot), `verified-${keyOf(...place.roots)}.json`);
}

async function lastVerification(place: PolicyPlace): Promise<Verification | undefined> {
  try {
    const value = JSON.parse((await nodeFiles.readText(resultFile(place))) ?? 'null') as Partial<Verification> | null;
    return typeof value?.key === 'string' && Array.isArray(value.rows) ? (value as Verification) : undefined;
  } catch {
    return undefined;
  }
}

/** Of the policy, of the settings that the agent reads, and of what its hooks start. */
function keyOfAll(place: PolicyPlace, policy: Policy): string {
  const { managed, own } = settingsFiles(place);
  const launchers = installedHooks(own).map(({ launcher }) => quietly(launcher));
  return keyOf(JSON.stringify(policy), ...[...managed, ...own].flatMap(({ file }) => [file, quietly(file)]), ...launchers);
}

function quietly(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
