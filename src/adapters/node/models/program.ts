/** A program whose standard output is read as it comes, in a folder of its own, gone without a trace when it is stopped. */
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import { WheelhouseError } from '../../../core/base/errors.ts';
import { excerpt } from '../../../core/models/index.ts';
import type { Environment } from '../locations.ts';
import { endTree, ending } from '../processes.ts';

/** Characters of standard error kept, the last ones. */
const keptComplaint = 4_000;

export interface ProgramOptions {
  readonly cwd: string;
  /** The whole environment of the program. */
  readonly env: Environment;
  readonly input: string;
  readonly signal: AbortSignal;
  readonly onStdout: (text: string) => void;
  /** Called with every piece of standard error. */
  readonly onComplaint?: () => void;
}

export interface ProgramEnd {
  /** null when a signal ended it. */
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** The end of standard error. */
  readonly stderr: string;
}

/**
 * Runs a program by argument vector. When the signal comes, its whole process tree is ended, and
 * the promise settles after that.
 * @throws WheelhouseError `missing-program` when there is no such program, `refused` when it cannot be started.
 */
export async function runProgram(argv: readonly [string, ...string[]], options: ProgramOptions): Promise<ProgramEnd> {
  const [program, ...args] = argv;
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: { ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
    // A group of its own, so that what it starts ends with it.
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  const decoder = new StringDecoder('utf8');
  child.stdout.on('data', (chunk: Buffer) => options.onStdout(decoder.write(chunk)));
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-keptComplaint);
    options.onComplaint?.();
  });
  // A program that does not read its input closes the pipe; that is its right.
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input);

  let killing: Promise<void> | undefined;
  const stop = (): void => void (killing ??= endTree(child));
  options.signal.addEventListener('abort', stop, { once: true });
  if (options.signal.aborted) stop();
  try {
    const { code, signal } = await ending(child, (cause) =>
      cause.code === 'ENOENT' ? new WheelhouseError('missing-program', `The program ${program} was not found.`, { cause }) : new WheelhouseError('refused', `${program} cannot be started: ${cause.message}.`, { cause }),
    );
    return { exitCode: code, signal, stderr };
  } finally {
    options.signal.removeEventListener('abort', stop);
    await killing;
  }
}

/** Runs `work` with a new empty folder to stand in and one private file of text beside it; takes both away afterwards. */
export async function inOwnFolder<T>(text: string, work: (place: { readonly cwd: string; readonly textFile: string }) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'wheelhouse-model-'));
  try {
    const cwd = join(folder, 'empty');
    const textFile = join(folder, 'instructions.md');
    await mkdir(cwd);
    await writeFile(textFile, text, { mode: 0o600 });
    return await work({ cwd, textFile });
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
  }
}

/** The end of what a program complained of, in one line. */
export function lastWords(stderr: string): string {
  return excerpt(stderr.trimEnd().split('\n').slice(-3).join(' '), 240);
}
