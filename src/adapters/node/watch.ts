import { promises, realpathSync, statSync, watch, type BigIntStats, type FSWatcher } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Disposable } from '../../core/base/disposable.ts';

/** A burst of changes calls the listener at once and then at most every so many milliseconds. */
const COALESCE_MS = 20;
/** The safety net below file events, which network drives and full inotify tables do not deliver. */
const POLL_MS = 1000;

/**
 * Calls back after the file was changed, created, replaced or removed. Neither the file nor its folder
 * need exist yet. The watch keeps the process alive until it is disposed.
 *
 * The folder is watched, not the file: a watch on a file stays with the old inode after a rename.
 */
export function watchFile(path: string, listener: () => void): Disposable {
  const notify = coalesce(listener);
  const watchers = new Map<string, FSWatcher>();
  let disposed = false;

  const open = () => {
    for (const place of placesOf(path)) {
      const folder = dirname(place);
      if (watchers.has(folder)) continue;
      const drop = () => {
        watchers.get(folder)?.close();
        watchers.delete(folder);
      };
      try {
        const watcher = watch(folder, (kind, name) => {
          if (name === null || name === basename(place)) notify.call();
          // The folder itself went away: this watch is dead, the poll opens the next one.
          else if (kind === 'rename' && name === basename(folder)) drop();
        });
        watcher.on('error', drop);
        watchers.set(folder, watcher);
      } catch {
        // No folder, or no file events here: the poll goes on alone.
      }
    }
  };

  const poll = async () => {
    const now = signatureOf(await promises.stat(path, { bigint: true }).catch(() => undefined));
    if (disposed) return;
    open();
    if (now !== seen) notify.call();
    seen = now;
  };

  open();
  let seen = signatureOf(quietStat(path));
  const timer = setInterval(() => void poll(), POLL_MS);
  if (watchers.size > 0) timer.unref();

  return {
    dispose: () => {
      disposed = true;
      clearInterval(timer);
      notify.dispose();
      for (const watcher of watchers.values()) watcher.close();
      watchers.clear();
    },
  };
}

/** The path, and where its links lead: a write through a link is an event only in the real folder. */
function placesOf(path: string): string[] {
  try {
    const real = realpathSync(path);
    return real === path ? [path] : [path, real];
  } catch {
    return [path];
  }
}

function quietStat(path: string): BigIntStats | undefined {
  try {
    return statSync(path, { bigint: true });
  } catch {
    return undefined;
  }
}

function signatureOf(found: BigIntStats | undefined): string {
  return found === undefined ? '' : `${found.dev}:${found.ino}:${found.size}:${found.mtimeNs}`;
}

function coalesce(listener: () => void): { call(): void } & Disposable {
  let timer: NodeJS.Timeout | undefined;
  let again = false;
  const call = () => {
    if (timer !== undefined) {
      again = true;
      return;
    }
    timer = setTimeout(() => {
      timer = undefined;
      if (again) {
        again = false;
        call();
      }
    }, COALESCE_MS);
    timer.unref();
    listener();
  };
  return { call, dispose: () => clearTimeout(timer) };
}
