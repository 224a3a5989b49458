import { WheelhouseError } from '../base/errors.ts';
import type { Processes, RunOptions, RunResult } from '../ports/processes.ts';

/**
 * Variables that git sets for its hooks and that would point our own git calls at the wrong
 * repository or index.
 */
const leaked = { GIT_DIR: undefined, GIT_INDEX_FILE: undefined, GIT_WORK_TREE: undefined, GIT_PREFIX: undefined, GIT_OBJECT_DIRECTORY: undefined };

/** Never waits for a password or an editor, never takes the index lock for a mere look. */
const calm = { GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0', GIT_EDITOR: 'true', LC_ALL: 'C' };

export interface GitOptions extends Pick<RunOptions, 'signal' | 'keepBytes' | 'input'> {
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Keep `GIT_INDEX_FILE` and friends: inside a hook, the commit in progress is meant. */
  readonly insideHook?: boolean;
}

export type Git = ReturnType<typeof createGit>;

/** Runs git by argument vector. */
export function createGit(processes: Processes, program = 'git') {
  const run = (cwd: string, args: readonly string[], options: GitOptions = {}): Promise<RunResult> => {
    const { env, insideHook, ...rest } = options;
    return processes.run([program, ...args], {
      cwd,
      timeoutMs: 60_000,
      keepBytes: 64 * 1024 * 1024,
      ...rest,
      env: { ...(insideHook ? {} : leaked), ...calm, ...env },
    });
  };
  return {
    run,
    /** Standard output of a call that must succeed. */
    async output(cwd: string, args: readonly string[], options?: GitOptions): Promise<string> {
      const result = await run(cwd, args, options);
      if (result.exitCode === 0) return result.stdout;
      throw new WheelhouseError('refused', `git ${args[0] ?? ''} failed in ${cwd}: ${firstLine(result.stderr) || `exit code ${String(result.exitCode)}`}.`);
    },
    /** Standard output, or undefined when git says no (or is not there). */
    async tryOutput(cwd: string, args: readonly string[], options?: GitOptions): Promise<string | undefined> {
      try {
        const result = await run(cwd, args, options);
        return result.exitCode === 0 ? result.stdout : undefined;
      } catch (error) {
        if (error instanceof WheelhouseError && error.code === 'missing-program') return undefined;
        throw error;
      }
    },
  };
}

function firstLine(text: string): string {
  return text.trim().split('\n', 1)[0] ?? '';
}

/** The fields of git's NUL-separated output. */
export function splitNul(text: string): string[] {
  const fields = text.split('\0');
  if (fields.at(-1) === '') fields.pop();
  return fields;
}
