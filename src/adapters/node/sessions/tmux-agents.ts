// Which session is in which pane.

import { processKey, programOf } from '../../../core/sessions/index.ts';
import type { ScreenRules, SourceHost } from '../../../core/sessions/index.ts';
import type { TmuxPane } from './tmux-panes.ts';
import { ancestorAmong, type ProcessTable } from './tmux-processes.ts';

export interface PaneSession {
  /** As in `Sighting`. */
  readonly key: string;
  readonly pid: number;
  /** undefined when only another source knows. */
  readonly agent: string | undefined;
}

type Known = ReturnType<SourceHost['known']>;

/**
 * Finds the session of each pane: one that is known and whose process descends from the pane's, else
 * the program in the foreground when its name is that of an agent. The processes are read only when
 * there is another pane, program or session than at the last time.
 */
export function paneSessions(rules: ScreenRules, readProcesses: () => Promise<ProcessTable>): (panes: readonly TmuxPane[], known: Known) => Promise<ReadonlyMap<TmuxPane, PaneSession>> {
  let table: ProcessTable = new Map();
  let tableIsFor = '';
  return async (panes, known) => {
    const living = panes.filter(({ dead }) => !dead);
    const isFor = JSON.stringify([living.map(({ pid, command }) => [pid, command]), known.map(({ pid }) => pid)]);
    if (isFor !== tableIsFor) {
      table = await readProcesses();
      tableIsFor = isFor;
    }
    const byRoot = outermost(table, living, known);
    return new Map(living.flatMap((pane): [TmuxPane, PaneSession][] => {
      const agent = programOf(rules, pane.command).agent;
      const session = byRoot.get(pane.pid);
      if (session !== undefined) return [[pane, { ...session, agent }]];
      if (agent === undefined) return [];
      const group = table.get(pane.pid)?.foreground ?? -1;
      const pid = group > 0 ? group : pane.pid;
      return [[pane, { key: processKey(pid), pid, agent }]];
    }));
  };
}

/** By the first process of a pane: the known session nearest to it. Agents that this one has started show nothing of their own. */
function outermost(table: ProcessTable, panes: readonly TmuxPane[], known: Known): ReadonlyMap<number, { readonly key: string; readonly pid: number }> {
  const roots = new Set(panes.map(({ pid }) => pid));
  const sessions = new Map<number, { key: string; pid: number }>();
  for (const { key, pid } of known) {
    const root = pid === undefined ? undefined : ancestorAmong(table, pid, roots);
    if (pid === undefined || root === undefined) continue;
    const other = sessions.get(root);
    if (other === undefined || ancestorAmong(table, other.pid, new Set([pid])) === pid) sessions.set(root, { key, pid });
  }
  return sessions;
}
