import { watch, type FSWatcher } from 'node:fs';
import { basename } from 'node:path';
import type { Disposable } from '../../../core/base/disposable.ts';

export interface FolderWatch extends Disposable {
  /** Opens the watch if it is not open: the folder may have come, or come back. */
  ensure(): void;
}

/**
 * Calls back with the name of each file of the folder that was changed, created or removed;
 * undefined: the watch was just opened, or the system does not say which. Never throws; where there
 * is no folder or are no file events, nothing is called, and the caller's own look has to do.
 */
export function watchFolder(folder: string, listener: (name: string | undefined) => void): FolderWatch {
  let watcher: FSWatcher | undefined;
  let disposed = false;
  const drop = () => {
    watcher?.close();
    watcher = undefined;
  };
  const ensure = () => {
    if (watcher !== undefined || disposed) return;
    try {
      watcher = watch(folder, { persistent: false }, (kind, name) => {
        // The folder itself was moved or removed: its watch is dead.
        if (kind === 'rename' && name === basename(folder)) drop();
        listener(name ?? undefined);
      });
      watcher.on('error', drop);
      listener(undefined);
    } catch {
      drop();
    }
  };
  ensure();
  return {
    ensure,
    dispose: () => {
      disposed = true;
      drop();
    },
  };
}
