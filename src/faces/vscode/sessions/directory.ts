import type { Disposable } from '../../../core/base/disposable.ts';
import type { Session } from '../../../core/sessions/index.ts';

/** The sessions that this window sees. */
export interface Seen {
  list(): readonly Session[];
  onDidChange(listener: () => void): Disposable;
}

const listeners = new Set<() => void>();
let seen: Seen | undefined;
let following: Disposable | undefined;
const tell = () => listeners.forEach((listener) => listener());

/** For features beside the list of sessions that want to know them by name. Empty while nobody watches sessions. */
export const directory: Seen & { open(watched: Seen | undefined): void } = {
  list: () => seen?.list() ?? [],
  onDidChange: (listener) => {
    listeners.add(listener);
    return { dispose: () => void listeners.delete(listener) };
  },
  open: (watched) => {
    following?.dispose();
    seen = watched;
    following = watched?.onDidChange(tell);
    tell();
  },
};
