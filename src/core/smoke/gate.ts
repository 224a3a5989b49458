import { WheelhouseError } from '../base/errors.ts';
import type { AbortSignalLike, Processes, RunResult } from '../ports/processes.ts';
import type { SourceTrees, TreeState } from '../ports/source-tree.ts';
import type { SmokeCommand } from './command.ts';

/** What is kept of a run: enough to say later which tree passed which test. */
export interface SmokeEvidence {
  /** `TreeState.id` of the exact tree that the test ran on. */
  readonly tree: string;
  /** HEAD at that time; the tree may hold changes on top of it. */
  readonly commit: string | undefined;
  readonly command: string;
  readonly durationMs: number;
  /** When the run ended, milliseconds since the epoch. */
  readonly at: number;
}

export type SmokeOutcome =
  | { readonly passed: true; readonly evidence: SmokeEvidence; /** false when an earlier run on the same tree was used. */ readonly ran: boolean }
  | { readonly passed: false; readonly command: string; readonly reason: string; /** The end of the output. */ readonly tail: string; readonly durationMs: number };

export interface SmokeRunOptions {
  readonly root: string;
  readonly command: SmokeCommand;
  /** Files that are not part of the tree, such as the review log. Absolute. */
  readonly exclude: readonly string[];
  readonly timeoutMs: number;
  readonly signal?: AbortSignalLike;
  readonly onOutput?: (text: string) => void;
}

/** Earlier runs that passed, by tree and command. */
export interface SmokeHistory {
  find(tree: string, command: string): SmokeEvidence | undefined;
  record(evidence: SmokeEvidence): Promise<void>;
}

export interface SmokeGate {
  /**
   * Whether the smoke test passes on the tree as it is now. A result holds for the exact tree that
   * it ran on, so asking again without a change needs no second run. Requests for the same tree
   * that come while it is tested share that run.
   * @throws WheelhouseError `cancelled`, or `missing-program` when the test cannot be started.
   */
  check(options: SmokeRunOptions): Promise<SmokeOutcome>;
}

const tailLines = 60;
const tailChars = 6_000;

export function createSmokeGate(deps: { processes: Processes; trees: SourceTrees; history: SmokeHistory; now: () => number }): SmokeGate {
  const underWay = new Map<string, SharedRun>();
  return {
    async check(options) {
      const before = await deps.trees.read(options.root, options.exclude);
      const known = deps.history.find(before.id, options.command.label);
      if (known) return { passed: true, evidence: known, ran: false };
      const key = `${options.root}\0${before.id}\0${options.command.label}`;
      let run = underWay.get(key);
      if (!run) {
        const started = new SharedRun();
        run = started;
        underWay.set(key, started);
        started.outcome = runOnce({ ...options, signal: started, onOutput: (text) => started.onOutput(text) }, before).finally(() => underWay.delete(key));
      }
      return run.join(options, () => underWay.delete(key));
    },
  };

  async function runOnce(options: SmokeRunOptions, before: TreeState): Promise<SmokeOutcome> {
    const result = await deps.processes.run(options.command.argv, {
      cwd: options.root,
      timeoutMs: options.timeoutMs,
      keepBytes: 256 * 1024,
      // Agents and editors set these for themselves; a test must not behave differently because of them.
      env: { CLAUDECODE: undefined, CLAUDE_CODE_SESSION_ID: undefined, ELECTRON_RUN_AS_NODE: undefined, GIT_DIR: undefined, GIT_INDEX_FILE: undefined, GIT_WORK_TREE: undefined },
      ...(options.signal && { signal: options.signal }),
      ...(options.onOutput && { onOutput: options.onOutput }),
    });
    if (result.ended === 'cancelled') throw cancelled(options);
    const failure = failureOf(result, options);
    const refuse = (reason: string): SmokeOutcome => ({ passed: false, command: options.command.label, reason, tail: outputTail(result), durationMs: result.durationMs });
    if (failure) return refuse(failure);
    const after = await deps.trees.read(options.root, options.exclude);
    const touched = changedMeanwhile(before, after);
    if (touched.length > 0) {
      return refuse(`the tests passed, but ${listed(touched)} changed while they ran, so it is unknown what they tested. If the tests write such files, let git ignore them; else run them again`);
    }
    const evidence: SmokeEvidence = { tree: before.id, commit: before.commit, command: options.command.label, durationMs: result.durationMs, at: deps.now() };
    await deps.history.record(evidence);
    return { passed: true, evidence, ran: true };
  }
}

/**
 * Files that somebody changed during the run. Files that were not there before are what tests leave
 * behind; they change the tree for the next run, but not what this one tested.
 */
export function changedMeanwhile(before: TreeState, after: TreeState): string[] {
  if (before.id === after.id) return [];
  if (before.commit !== after.commit) return ['the checked-out commit'];
  const touched: string[] = [];
  for (const [path, hash] of before.changed) if (after.changed.get(path) !== hash) touched.push(path);
  for (const path of after.changed.keys()) if (!before.changed.has(path) && !after.added.has(path)) touched.push(path);
  return touched.sort();
}

function failureOf(result: RunResult, options: SmokeRunOptions): string | undefined {
  if (result.ended === 'timeout') return `it did not end within ${Math.round(options.timeoutMs / 1000)} s and was stopped`;
  if (result.signal !== null) return `it was ended by ${result.signal}`;
  return result.exitCode === 0 ? undefined : `exit code ${String(result.exitCode)}`;
}

/** The last lines of a run, without terminal escapes. Standard error last, as it says why. */
export function outputTail(result: Pick<RunResult, 'stdout' | 'stderr'>): string {
  const output = `${result.stdout.trimEnd()}\n${result.stderr.trimEnd()}`
     
    .replace(/\u001b\[[0-9;?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)/g, '')
    .trim();
  const lines = output.split('\n').slice(-tailLines).join('\n');
  return lines.length > tailChars ? `…${lines.slice(-tailChars)}` : lines;
}

function listed(paths: readonly string[]): string {
  const shown = paths.slice(0, 3).join(', ');
  return paths.length > 3 ? `${shown} and ${paths.length - 3} more` : shown;
}

/** One run of the test that several callers wait for. It is cancelled when the last of them has given up. */
class SharedRun implements AbortSignalLike {
  outcome: Promise<SmokeOutcome> | undefined;
  aborted = false;
  readonly #listeners = new Set<() => void>();
  readonly #readers = new Set<(text: string) => void>();
  #waiting = 0;

  addEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners.add(listener);
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners.delete(listener);
  }

  onOutput(text: string): void {
    for (const read of this.#readers) read(text);
  }

  async join(options: SmokeRunOptions, onAbandoned: () => void): Promise<SmokeOutcome> {
    this.#waiting++;
    if (options.onOutput) this.#readers.add(options.onOutput);
    let leave: (() => void) | undefined;
    const left = new Promise<never>((_resolve, reject) => {
      leave = () => {
        reject(cancelled(options));
        if (--this.#waiting > 0) return;
        this.aborted = true;
        onAbandoned();
        for (const listener of [...this.#listeners]) listener();
      };
    });
    if (options.signal?.aborted) leave?.();
    else if (leave) options.signal?.addEventListener('abort', leave, { once: true });
    try {
      // When everybody has left, nobody is there to hear how the run ended.
      this.outcome?.catch(() => undefined);
      return await Promise.race([this.outcome ?? left, left]);
    } finally {
      if (leave) options.signal?.removeEventListener('abort', leave);
      if (options.onOutput) this.#readers.delete(options.onOutput);
    }
  }
}

function cancelled(options: SmokeRunOptions): WheelhouseError {
  return new WheelhouseError('cancelled', `${options.command.label} was cancelled; nothing was marked as done.`);
}
