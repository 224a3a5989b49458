// What `tmux list-panes` prints, and what is read of it.

/** One pane of a tmux server. */
export interface TmuxPane {
  /** The path of the server's socket, as `tmux -S` takes it. */
  readonly socket: string;
  /** `%3`, unique in its server. */
  readonly id: string;
  /** The first process of the pane: the shell, or the program itself. */
  readonly pid: number;
  /** `$1` */
  readonly sessionId: string;
  readonly session: string;
  /** How many terminals show that session. */
  readonly attached: number;
  /** `@2` */
  readonly windowId: string;
  readonly windowIndex: number;
  readonly window: string;
  /** Whether it is the current window of its session, and the current pane of its window. */
  readonly current: boolean;
  /** When something was last written in its window, in whole seconds since the epoch. */
  readonly activity: number;
  /** Its process has ended and tmux keeps what it showed. */
  readonly dead: boolean;
  /** The name of the program in the foreground. */
  readonly command: string;
  readonly title: string;
  readonly path: string;
}

const variables = [
  'socket_path', 'pane_id', 'pane_pid', 'session_id', 'session_name', 'session_attached', 'window_id', 'window_index', 'window_name',
  'window_active', 'pane_active', 'window_activity', 'pane_dead', 'pane_current_command', 'pane_title', 'pane_current_path',
] as const;

/**
 * The format for `list-panes -F`.
 * @param separator A word that was drawn by lot for this process. Titles, names and paths are other people's and may
 *   hold anything, line breaks included; newer tmux escapes control characters, so these cannot separate either.
 */
export function paneFormat(separator: string): string {
  return `${variables.map((name) => `#{${name}}`).join(separator)}${separator}`;
}

/** Reads what came of `paneFormat`; a pane that is cut off is left out, and one in several sessions comes once, as seen in an attached one. */
export function parsePanes(output: string, separator: string): readonly TmuxPane[] {
  const values = output.split(separator);
  const panes = new Map<string, TmuxPane>();
  for (let start = 0; start + variables.length < values.length; start += variables.length) {
    const text = (name: (typeof variables)[number]) => values[start + variables.indexOf(name)] ?? '';
    const number = (name: (typeof variables)[number]) => Number(text(name));
    const pane: TmuxPane = {
      socket: text('socket_path').trim(),
      id: text('pane_id'),
      pid: number('pane_pid'),
      sessionId: text('session_id'),
      session: text('session_name'),
      attached: number('session_attached'),
      windowId: text('window_id'),
      windowIndex: number('window_index'),
      window: text('window_name'),
      current: text('window_active') === '1' && text('pane_active') === '1',
      activity: number('window_activity'),
      dead: text('pane_dead') === '1',
      command: text('pane_current_command'),
      title: text('pane_title'),
      path: text('pane_current_path'),
    };
    if (!/^%\d+$/.test(pane.id) || !Number.isInteger(pane.pid)) continue;
    const known = panes.get(pane.id);
    if (known === undefined || (known.attached === 0 && pane.attached > 0)) panes.set(pane.id, pane);
  }
  return [...panes.values()];
}
