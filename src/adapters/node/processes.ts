import { spawn, type ChildProcess } from 'node:child_process';
import { StringDecoder } from 'node:string_decoder';
import { WheelhouseError } from '../../core/base/errors.ts';
import type { Processes, RunOptions, RunResult } from '../../core/ports/processes.ts';

/** How long a process tree has to end after SIGTERM before it gets SIGKILL. */
const graceMs = 2_000;
const lookMs = 50;
const defaultKeepBytes = 1024 * 1024;

export function nodeProcesses(): Processes {
  return { run };
}

async function run(argv: readonly [string, ...string[]], options: RunOptions): Promise<RunResult> {
  const [program, ...args] = argv;
  const started = performance.now();
  if (options.signal?.aborted) throw new WheelhouseError('cancelled', `${program} was cancelled before it started.`);

  const child = spawn(program, args, {
    cwd: options.cwd,
    env: environment(options.env),
    stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    // A group of its own, so that what it starts ends with it.
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  const stdout = new KeptOutput(options);
  const stderr = new KeptOutput(options);
  child.stdout?.on('data', (chunk: Buffer) => stdout.add(chunk));
  child.stderr?.on('data', (chunk: Buffer) => stderr.add(chunk));
  if (options.input !== undefined) {
    // A program that does not read its input closes the pipe; that is its right.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(options.input);
  }

  let ended: RunResult['ended'] = 'exit';
  const stop = (why: 'timeout' | 'cancelled') => {
    if (ended !== 'exit') return;
    ended = why;
    void endTree(child);
  };
  const timer = options.timeoutMs === undefined ? undefined : setTimeout(stop, options.timeoutMs, 'timeout');
  const onAbort = () => stop('cancelled');
  options.signal?.addEventListener('abort', onAbort, { once: true });

  try {
    const { code, signal } = await ending(child, (cause) => {
      const message = cause.code === 'ENOENT' ? `${program} cannot be started: the program, or the folder ${options.cwd}, does not exist.` : `${program} cannot be started: ${cause.message}.`;
      return new WheelhouseError('missing-program', message, { cause });
    });
    return {
      exitCode: code,
      signal,
      ended,
      stdout: stdout.text(),
      stderr: stderr.text(),
      truncated: stdout.truncated || stderr.truncated,
      durationMs: Math.round(performance.now() - started),
    };
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', onAbort);
  }
}

/**
 * Resolves when the process has ended and its pipes are closed. Pipes that a surviving grandchild
 * holds open are not waited for longer than the grace time.
 * @param explain What is thrown when it could not be started.
 */
export function ending(child: ChildProcess, explain: (cause: NodeJS.ErrnoException) => WheelhouseError): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
  return new Promise((resolve, reject) => {
    child.on('error', (cause: NodeJS.ErrnoException) => {
      if (child.pid === undefined) reject(explain(cause)); // Else it ran; the end is reported by `exit`.
    });
    child.on('close', (code, signal) => resolve({ code, signal }));
    child.on('exit', (code, signal) => {
      setTimeout(() => {
        child.stdout?.destroy();
        child.stderr?.destroy();
        resolve({ code, signal });
      }, graceMs).unref();
    });
  });
}

/** Trees that were told to end and have not all gone yet. */
const endings = new Set<Promise<void>>();

/**
 * Waits until every tree that was told to end is gone, or was killed after the grace time. A program
 * asks for this before it exits, because afterwards nobody is there to kill what did not listen.
 */
export async function treesEnded(): Promise<void> {
  await Promise.all(endings);
}

/** Ends a process that leads a group of its own, with all that it has started; resolves when nothing of it is left. */
export function endTree({ pid }: ChildProcess): Promise<void> {
  if (pid === undefined) return Promise.resolve();
  if (process.platform === 'win32') {
    return new Promise((resolve) => {
      spawn('taskkill', ['/pid', String(pid), '/T', '/F'], { windowsHide: true }).on('close', () => resolve()).on('error', () => resolve());
    });
  }
  signalGroup(pid, 'SIGTERM');
  const started = performance.now();
  const ended = new Promise<void>((resolve) => {
    const look = setInterval(() => {
      const late = performance.now() - started >= graceMs;
      if (late) signalGroup(pid, 'SIGKILL');
      if (!late && signalGroup(pid, 0)) return;
      clearInterval(look);
      endings.delete(ended);
      resolve();
    }, lookMs);
  });
  endings.add(ended);
  return ended;
}

/** @returns Whether there is anybody left in the group. */
function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-pid, signal);
  } catch {
    return false;
  }
}

function environment(changes: RunOptions['env']): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...process.env };
  for (const [name, value] of Object.entries(changes ?? {})) {
    if (value === undefined) Reflect.deleteProperty(env, name);
    else env[name] = value;
  }
  return env;
}

/** Keeps the first quarter and the last three quarters of what a stream says: the end matters most. */
class KeptOutput {
  readonly #onOutput: ((text: string) => void) | undefined;
  readonly #decoder = new StringDecoder('utf8');
  readonly #headLimit: number;
  readonly #tailLimit: number;
  #head = '';
  #tail: string[] = [];
  #tailLength = 0;
  truncated = false;

  constructor(options: RunOptions) {
    const keep = options.keepBytes ?? defaultKeepBytes;
    this.#headLimit = Math.floor(keep / 4);
    this.#tailLimit = keep - this.#headLimit;
    this.#onOutput = options.onOutput;
  }

  add(chunk: Buffer): void {
    const text = this.#decoder.write(chunk);
    this.#onOutput?.(text);
    const room = this.#headLimit - this.#head.length;
    this.#head += text.slice(0, Math.max(0, room));
    const rest = text.slice(Math.max(0, room));
    if (rest === '') return;
    this.#tail.push(rest);
    this.#tailLength += rest.length;
    while (this.#tailLength - (this.#tail[0]?.length ?? 0) >= this.#tailLimit) {
      this.#tailLength -= this.#tail.shift()?.length ?? 0;
      this.truncated = true;
    }
  }

  text(): string {
    const rest = this.#decoder.end();
    const middle = this.truncated ? '\n[… output left out …]\n' : '';
    return this.#head + middle + this.#tail.join('') + rest;
  }
}
