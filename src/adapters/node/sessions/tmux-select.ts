// Takes the user to a pane.

import type { Processes } from '../../../core/ports/processes.ts';
import { systemRandom } from '../clock.ts';
import { tmuxServer } from './tmux-server.ts';

export interface PaneTarget {
  /** As `tmux -S` takes it; undefined for the server that `tmux` takes by itself. */
  readonly socket?: string | undefined;
  /** `%3` */
  readonly pane: string;
}

export type Selected =
  /** It is on the screen of a terminal: of this one, by the path of its device. */
  | { readonly state: 'shown'; readonly terminal: string }
  /** It is the current pane of its session, which no terminal shows; this command does, in any terminal. */
  | { readonly state: 'detached'; readonly attach: readonly [string, ...string[]] }
  | { readonly state: 'gone' };

/**
 * Makes a pane the current one of its window and session, and shows it where tmux is on a screen: in a terminal that
 * shows its session already, else in the one that was used last.
 * @param options.here The terminal (`#{client_name}`) that is to show it in any case, as that of a key binding.
 */
export async function selectPane(processes: Processes, { socket, pane }: PaneTarget, options: { readonly here?: string } = {}): Promise<Selected> {
  const server = tmuxServer(processes, socket === undefined ? {} : { path: socket });
  const separator = `|${systemRandom.base32(12)}|`;
  const selected = await server.run(
    ['select-window', '-t', pane],
    ['select-pane', '-t', pane],
    ['list-clients', '-F', ['#{client_name}', '#{client_session}', '#{client_activity}', ''].join(separator)],
    ['display-message', '-p', '-t', pane, ['', '#{session_name}', '#{session_id}', ''].join(separator)],
  );
  if (selected === undefined) return { state: 'gone' };
  const values = selected.split(separator).map((value) => value.replace(/^\n/, ''));
  const [session = '', sessionId = ''] = values.slice(-3);
  const clients = Array.from({ length: Math.floor((values.length - 3) / 3) }, (_, index) => ({ name: values[index * 3] ?? '', session: values[index * 3 + 1], usedAt: Number(values[index * 3 + 2]) }));
  const showing = (client: (typeof clients)[number]) => (client.name === options.here ? 2 : client.session === session ? 1 : 0);
  const [client] = clients.sort((a, b) => showing(b) - showing(a) || b.usedAt - a.usedAt);
  if (client === undefined) return { state: 'detached', attach: ['tmux', ...(socket === undefined ? [] : ['-S', socket]), 'attach-session', '-t', sessionId] };
  if (client.session !== session) await server.run(['switch-client', '-c', client.name, '-t', pane]);
  return { state: 'shown', terminal: client.name };
}
