import { WheelhouseError } from '../base/errors.ts';

/** The name under which the server is registered when the user gives none. */
export const SERVER_NAME = 'wheelhouse';

/** The MCP server as it is to stand in an agent's settings. */
export interface McpEntry {
  /** What agents call it, and so a part of the names of its tools. */
  readonly name: string;
  /** The launcher. Absolute. */
  readonly command: string;
  /** Groups of tools; undefined: all of them, or what a present entry of ours has chosen. */
  readonly tools?: readonly string[];
}

/** What the settings say about a server: our entry, an entry of that name that is not ours, or none. */
export type FoundEntry = { readonly kind: 'ours'; readonly command: string; readonly args: readonly string[] } | { readonly kind: 'foreign' } | { readonly kind: 'none' };

/** How the settings of an agent hold MCP servers. Text in, text out; what is not ours stays as it is. */
export interface EntryFormat {
  /** @throws WheelhouseError `invalid-input` for what is no settings file. */
  read(text: string | undefined, file: string, name: string): FoundEntry;
  /** The names of all entries that are ours. */
  ours(text: string | undefined, file: string): readonly string[];
  /**
   * The settings with our entry in them. What the user added to it (a time limit, a choice of tools) stays.
   * @param text undefined when there is no file. @param file Its name, for errors.
   * @returns The same text when nothing has to change.
   * @throws WheelhouseError `invalid-input` for what is no settings file; `refused` for a foreign entry, unless `force`.
   */
  add(text: string | undefined, file: string, entry: McpEntry, force?: boolean): string;
  /**
   * The settings without the entry; undefined when the file held nothing else and was made by us.
   * @throws WheelhouseError as `add`.
   */
  remove(text: string | undefined, file: string, name: string, force?: boolean): string | undefined;
}

export function argsOf({ tools }: Pick<McpEntry, 'tools'>): readonly string[] {
  return tools === undefined ? ['mcp'] : ['mcp', '--tools', tools.join(',')];
}

/** Ours is what starts a launcher of ours, wherever that was when it was written. */
export function foundIn(argv: readonly unknown[] | undefined): FoundEntry {
  const [command, ...args] = argv ?? [];
  const isOurs = typeof command === 'string' && /[\\/]bin[\\/]wheelhouse(\.cmd)?$/.test(command) && args[0] === 'mcp' && args.every((arg) => typeof arg === 'string');
  return isOurs ? { kind: 'ours', command, args } : { kind: 'foreign' };
}

/** @throws WheelhouseError `refused` for an entry that is not ours. */
export function needOurs(found: FoundEntry, file: string, name: string, force: boolean): void {
  if (found.kind !== 'foreign' || force) return;
  throw new WheelhouseError('refused', `${file} has an MCP server named ${JSON.stringify(name)} that Wheelhouse did not write, so nothing was changed. Rename or remove it by hand, or use --force.`);
}

export function isBlank(text: string | undefined): text is undefined | '' {
  return text === undefined || text.trim() === '';
}

export function sameWords(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((word, index) => word === b[index]);
}
