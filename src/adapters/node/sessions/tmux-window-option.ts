// The emoji of each window as a tmux user option, for the user's own status line.

import { inBatches, type TmuxServer } from './tmux-server.ts';

export const windowOption = '@wheelhouse';

/** The lines that make a tmux status line show the option before the window's name; to be pasted into `.tmux.conf`. */
export function statusLines(): readonly [string, string] {
  const format = `'#I:#{?${windowOption},#{${windowOption}} ,}#W#F'`;
  return [`set -g window-status-format ${format}`, `set -g window-status-current-format ${format}`];
}

export interface PaneMark {
  /** `@2` */
  readonly window: string;
  readonly current: boolean;
  /** Empty for a pane that has none. */
  readonly emoji: string;
}

/** Keeps the option of a server's windows, and writes it only where it changes. */
export function windowMarks() {
  let written: ReadonlyMap<string, string> = new Map();
  return {
    /** @param panes All panes of the server. */
    set: async (server: TmuxServer, panes: readonly PaneMark[]): Promise<void> => {
      const wanted = markOfWindows(panes);
      const changed = [...wanted].filter(([window, emoji]) => (written.get(window) ?? '') !== emoji);
      written = wanted;
      await setAll(server, changed);
    },
    /** Takes the option out of all windows that have it by us. */
    clear: async (server: TmuxServer): Promise<void> => {
      const marked = [...written].filter(([, emoji]) => emoji !== '');
      written = new Map();
      await setAll(server, marked.map(([window]) => [window, '']));
    },
  };
}

/** Of several panes the one that waits stands for the window, then one where an agent works, then the current one. */
function markOfWindows(panes: readonly PaneMark[]): ReadonlyMap<string, string> {
  const rank = ({ emoji, current }: PaneMark) => (emoji === '💬' ? 0 : emoji === '🤖' ? 1 : current ? 2 : 3);
  const sorted = [...panes].sort((a, b) => rank(b) - rank(a));
  return new Map(sorted.map(({ window, emoji }) => [window, emoji]));
}

async function setAll(server: TmuxServer, marks: readonly (readonly [window: string, emoji: string])[]): Promise<void> {
  const commands = marks.map(([window, emoji]) => (emoji === '' ? ['set-option', '-wu', '-t', window, windowOption] : ['set-option', '-w', '-t', window, windowOption, emoji]));
  for (const some of inBatches(commands)) {
    if ((await server.run(...some)) !== undefined || some.length === 1) continue;
    // tmux gives up the whole list at a window that is gone since: then each by itself.
    for (const command of some) await server.run(command);
  }
}
