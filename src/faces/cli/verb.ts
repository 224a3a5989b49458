import { realpathSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ParseArgsOptionDescriptor } from 'node:util';
import { WheelhouseError } from '../../core/base/errors.ts';
import type { UserData } from '../../adapters/node/user-data.ts';
import type { Workspace } from '../../adapters/node/workspace.ts';

/** What a verb answers: one document for `--json`, and lines for people. */
export interface Answer {
  readonly json: unknown;
  readonly text: string;
  /** Default 0. */
  readonly exitCode?: number;
}

export type OptionValue = string | boolean | string[] | undefined;

export interface OpenOptions {
  readonly logFile?: string;
  /** Instead of `Input.folder`. Absolute, links resolved. */
  readonly folder?: string;
  /** Default the session that runs the command, else `cli`. */
  readonly actor?: string;
}

export interface Input {
  readonly args: readonly string[];
  readonly options: Readonly<Record<string, OptionValue>>;
  /** Opened when a verb asks for it: `--help` and hooks do not need one. */
  readonly workspace: (options?: OpenOptions) => Promise<Workspace>;
  /** What follows the user across repositories: prompts and cards. */
  readonly user: () => Promise<UserData>;
  /** The folder given by `--workspace`, else the current one. Absolute. */
  readonly folder: string;
  readonly dataOverride: string | undefined;
  /** The file that this command line runs from, for a launcher to start. Absolute. */
  readonly program: string;
  /** Progress for people, on standard error. */
  readonly progress: (text: string) => void;
  /** Aborted by Ctrl+C. */
  readonly signal: AbortSignal;
}

export interface Verb {
  /** What follows the noun and the verb, such as `ID TEXT`. */
  readonly usage: string;
  readonly summary: string;
  readonly options?: Readonly<Record<string, ParseArgsOptionDescriptor>>;
  /** How many arguments it takes at least and at most. */
  readonly args: readonly [least: number, most: number];
  readonly run: (input: Input) => Promise<Answer | undefined>;
}

export type Noun = { readonly summary: string; readonly verbs: Readonly<Record<string, Verb>> };

export function text(value: OptionValue): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function texts(value: OptionValue): string[] {
  return Array.isArray(value) ? value : typeof value === 'string' ? [value] : [];
}

/** One of a closed set of words. @throws WheelhouseError `usage`. */
export function oneOf<T extends string>(name: string, value: OptionValue, choices: readonly T[]): T | undefined {
  if (value === undefined) return undefined;
  const choice = choices.find((word) => word === value);
  if (choice === undefined) throw new WheelhouseError('usage', `--${name} is one of ${choices.join(', ')}, not ${JSON.stringify(value)}.`);
  return choice;
}

/**
 * A folder, absolute and with its links resolved.
 * @param name What it was given by, such as `--workspace`. @throws WheelhouseError `usage`.
 */
export function existingFolder(name: string, path: string): string {
  const folder = resolve(path);
  try {
    if (statSync(folder).isDirectory()) return realpathSync(folder);
  } catch {
    // Said below.
  }
  throw new WheelhouseError('usage', `${name} ${folder} is not a folder.`);
}
