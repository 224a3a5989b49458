export interface RunOptions {
  readonly cwd: string;
  /** Added to this process's environment; undefined takes a variable out. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Milliseconds after which the whole process tree is ended. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignalLike;
  /** Text written to standard input; without it, standard input is closed. */
  readonly input?: string;
  /** Called with output as it comes, standard output and error mixed in order of arrival. */
  readonly onOutput?: (text: string) => void;
  /** Bytes of stdout and of stderr kept each; of more, the first and the last part. Default 1 MiB. */
  readonly keepBytes?: number;
}

/** The part of `AbortSignal` that the core needs. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

export interface RunResult {
  /** null when a signal ended it. */
  readonly exitCode: number | null;
  /** The signal that ended it, such as `SIGKILL`. */
  readonly signal: string | null;
  readonly ended: 'exit' | 'timeout' | 'cancelled';
  readonly stdout: string;
  readonly stderr: string;
  /** Whether the middle of the output was dropped to keep within `keepBytes`. */
  readonly truncated: boolean;
  readonly durationMs: number;
}

/** Starts programs by argument vector. There is no shell unless `argv[0]` is one. */
export interface Processes {
  /** @throws WheelhouseError `missing-program` when the program cannot be started. */
  run(argv: readonly [string, ...string[]], options: RunOptions): Promise<RunResult>;
}
