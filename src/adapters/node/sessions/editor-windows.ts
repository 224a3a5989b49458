/**
 * Which windows of editors show which terminals, so that one window can take the user to a session in
 * another. Each living window keeps one small file; a request to it is a file beside that.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Disposable } from '../../../core/base/disposable.ts';
import { systemRandom } from '../clock.ts';
import { isRunning } from './process-start.ts';
import { watchFolder } from './watch-folder.ts';

/** What a window shows to others. */
export interface ShownByWindow {
  /** The processes of its terminals. */
  readonly terminals: readonly number[];
  /** What it has open, as a URI; undefined for an empty window. */
  readonly folder: string | undefined;
}

export interface EditorWindow extends ShownByWindow {
  readonly id: string;
}

export interface EditorWindows extends Disposable {
  /** Tells the other windows what this one shows. Never throws. */
  publish(shown: ShownByWindow): void;
  /** The other windows that live, from memory. */
  others(): readonly EditorWindow[];
  /** Asks another window to show one of its terminals. @throws Error of the file system. */
  ask(window: EditorWindow, terminal: number): void;
}

/** A request is for a user who waits: an older one is not followed. */
const REQUEST_MS = 10_000;

/**
 * @param asked This window is asked to show a terminal.
 * @param changed Other windows came, went, or show something else.
 */
export function editorWindows(dataRoot: string, asked: (terminal: number) => void, changed: () => void): EditorWindows {
  const folder = join(dataRoot, 'windows');
  const id = `${process.pid}-${systemRandom.base32(6)}`;
  let others: readonly EditorWindow[] = [];
  let published: string | undefined;

  const look = () => {
    const found = windowsIn(folder).filter((window) => window.id !== id);
    if (JSON.stringify(found) === JSON.stringify(others)) return;
    others = found;
    changed();
  };
  const follow = (name: string) => {
    const request = readObject(join(folder, name));
    removeQuietly(join(folder, name));
    const { terminal, at } = request ?? {};
    if (typeof terminal === 'number' && typeof at === 'number' && Math.abs(Date.now() - at) < REQUEST_MS) asked(terminal);
  };
  const watching = watchFolder(folder, (name) => {
    if (name === undefined || name.endsWith('.json')) look();
    else if (name.startsWith(`${id}.`) && name.endsWith('.ask')) follow(name);
  });
  const write = (name: string, value: object) => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const temporary = join(folder, `.${systemRandom.base32(8)}`);
    writeFileSync(temporary, JSON.stringify(value), { mode: 0o600 });
    renameSync(temporary, join(folder, name));
  };

  return {
    publish(shown) {
      const text = JSON.stringify(shown);
      if (text === published) return;
      try {
        write(`${id}.json`, shown);
        published = text;
      } catch {
        // Without it this window cannot be found from others, and works as before.
      }
      watching.ensure();
    },
    others: () => others,
    ask: (window, terminal) => write(`${window.id}.${systemRandom.base32(6)}.ask`, { terminal, at: Date.now() }),
    dispose() {
      watching.dispose();
      removeQuietly(join(folder, `${id}.json`));
    },
  };
}

/** Those whose process lives; what is left of the others is taken away. */
function windowsIn(folder: string): EditorWindow[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names.sort().flatMap((name): EditorWindow[] => {
    const [, id, pid] = /^((\d+)-\w+)\..*(?:json|ask)$/.exec(name) ?? [];
    if (id === undefined) return [];
    if (!isRunning(Number(pid))) {
      removeQuietly(join(folder, name));
      return [];
    }
    const window = name === `${id}.json` ? readObject(join(folder, name)) : undefined;
    if (!window) return [];
    const { terminals, folder: open } = window;
    return [{ id, terminals: Array.isArray(terminals) ? terminals.filter((pid) => typeof pid === 'number') : [], folder: typeof open === 'string' ? open : undefined }];
  });
}

/** In a folder that cannot be written it stays, and is passed over. */
function removeQuietly(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // The next window that may write there takes it away.
  }
}

function readObject(file: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}
