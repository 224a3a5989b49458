// Asks one tmux server, by argument vector and with a time limit. A server that is not there, dies or hangs is an empty
// answer, never an error: tmux is one source of many.

import { isWheelhouseError } from '../../../core/base/errors.ts';
import type { Processes } from '../../../core/ports/processes.ts';
import { systemRandom } from '../clock.ts';
import { paneFormat, parsePanes, type TmuxPane } from './tmux-panes.ts';

/** Which tmux server: by name as for `-L`, by path as for `-S`, or with neither the one that `tmux` takes by itself. */
export type TmuxSocket = { readonly name: string } | { readonly path: string } | Readonly<Record<string, never>>;

export interface TmuxServer {
  readonly socket: TmuxSocket;
  /** All panes; empty without a server. */
  panes(): Promise<readonly TmuxPane[]>;
  /** What is on the screens of these panes; those that are gone are left out. */
  capture(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Runs tmux commands. @returns What they printed; undefined when one failed. */
  run(...commands: readonly (readonly string[])[]): Promise<string | undefined>;
}

const timeoutMs = 3000;
/** A pane has rarely more than 60 rows of 300 characters; a hundred at once are within this. */
const keepBytes = 8 * 1024 * 1024;
/** How long a missing program is not asked for again. */
const missingForMs = 60_000;

/** @param options.program For tests; default `tmux`. */
export function tmuxServer(processes: Processes, socket: TmuxSocket, options: { readonly program?: string; readonly now?: () => number } = {}): TmuxServer {
  const { program = 'tmux', now = Date.now } = options;
  const separator = `|${systemRandom.base32(12)}|`;
  // -u: names come as they are in any locale.
  const argv: readonly [string, ...string[]] = [program, '-u', ...('name' in socket ? ['-L', socket.name] : 'path' in socket ? ['-S', socket.path] : [])];
  let missingUntil = -Infinity;

  const run: TmuxServer['run'] = async (...commands) => {
    if (now() < missingUntil) return undefined;
    const words = commands.flatMap((command, index) => [...(index === 0 ? [] : [';']), ...command.map(literal)]);
    try {
      const result = await processes.run([...argv, ...words], { cwd: '/', timeoutMs, keepBytes });
      return result.exitCode === 0 ? result.stdout : undefined;
    } catch (error) {
      if (!isWheelhouseError(error)) throw error;
      missingUntil = now() + missingForMs;
      return undefined;
    }
  };
  const captureAll = async (ids: readonly string[]): Promise<ReadonlyMap<string, string>> => {
    // One process for all of them.
    const output = await run(...ids.flatMap((id) => [['capture-pane', '-p', '-t', id], ['display-message', '-p', separator]]));
    const screens = output?.split(separator) ?? [];
    return new Map(screens.length <= ids.length ? [] : ids.map((id, index) => [id, (screens[index] ?? '').replace(/^\n/, '')]));
  };
  return {
    socket,
    run,
    panes: async () => parsePanes((await run(['list-panes', '-a', '-F', paneFormat(separator)])) ?? '', separator),
    capture: async (ids) => {
      const screens: (readonly [string, string])[] = [];
      for (const some of inBatches(ids)) {
        const found = await captureAll(some);
        screens.push(...found);
        // tmux gives up the whole list at a pane that is gone since: then each by itself.
        if (found.size === 0 && some.length > 1) for (const id of some) screens.push(...(await captureAll([id])));
      }
      return new Map(screens);
    },
  };
}

/** tmux takes about 16,000 characters of commands at once: these are always less, and one process each. */
export function inBatches<T>(items: readonly T[], size = 80): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
}

/** tmux takes a semicolon at the end of an argument as the end of its command. */
function literal(word: string): string {
  return word.replace(/;$/, '\\;');
}
