/** The last time that a hook could not do its work: an agent is not told, so the user must find it elsewhere. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface HookError {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly event: string;
  /** The tool, where it failed before a call. */
  readonly tool?: string;
  readonly message: string;
}

/** The `event` of an error that came up when an event was taken down in the audit. */
export const AUDIT_FAILED = 'audit';

const fileIn = (dataRoot: string) => join(dataRoot, 'hook-error.json');
const MOST_CHARACTERS = 500;

/** @param tool The tool, before a call. Never throws: what failed may be the disk. */
export function noteHookError(dataRoot: string, event: unknown, error: unknown, at: number, tool?: unknown): void {
  try {
    const message = (error instanceof Error ? error.message : String(error)).slice(0, MOST_CHARACTERS);
    mkdirSync(dataRoot, { recursive: true, mode: 0o700 });
    writeFileSync(fileIn(dataRoot), JSON.stringify({ at, event: typeof event === 'string' ? event : '', ...(typeof tool === 'string' && { tool }), message } satisfies HookError), { mode: 0o600 });
  } catch {
    // Then nobody can be told.
  }
}

export function lastHookError(dataRoot: string): HookError | undefined {
  try {
    const { at, event, tool, message } = JSON.parse(readFileSync(fileIn(dataRoot), 'utf8')) as Partial<Record<keyof HookError, unknown>>;
    return typeof at === 'number' && typeof event === 'string' && typeof message === 'string' ? { at, event, ...(typeof tool === 'string' && { tool }), message } : undefined;
  } catch {
    return undefined;
  }
}

export function forgetHookError(dataRoot: string): void {
  rmSync(fileIn(dataRoot), { force: true });
}
