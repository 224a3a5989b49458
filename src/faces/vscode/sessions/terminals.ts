import * as vscode from 'vscode';
import { editorWindows, type EditorWindow, type EditorWindows } from '../../../adapters/node/sessions/editor-windows.ts';
import { ancestorAmong, readProcessTable } from '../../../adapters/node/sessions/tmux-processes.ts';
import type { Processes } from '../../../core/ports/processes.ts';
import type { AgentSource, Sighting, SourceHost } from '../../../core/sessions/index.ts';

export interface Terminals extends AgentSource {
  /** The terminal that a process runs in, asked of the system now. */
  find(pid: number): Promise<vscode.Terminal | undefined>;
  /** The terminal whose device has this path, such as `/dev/pts/3`. */
  onDevice(device: string): Promise<vscode.Terminal | undefined>;
  byPid(pid: number): vscode.Terminal | undefined;
  /** Has another window show one of its terminals. @returns That window; undefined when none has that terminal. */
  showElsewhere(terminalPid: number): EditorWindow | undefined;
}

const timeoutMs = 3_000;

/**
 * The terminals of this window, and those of others, as places where sessions live. A terminal knows its first process, and
 * a session's process descends from it; that needs no shell integration. The processes are read only
 * when there is another terminal or session than at the last time.
 */
export function terminalsSource(processes: Processes, dataRoot: string, onError: (error: unknown) => void): Terminals {
  const terminals = new Map<number, vscode.Terminal>();
  const subscriptions: { dispose(): unknown }[] = [];
  let host: SourceHost | undefined;
  let sightings: readonly Sighting[] = [];
  let readFor = '';
  let windows: EditorWindows | undefined;
  const elsewhere = () => new Map((windows?.others() ?? []).flatMap((window) => window.terminals.map((pid) => [pid, window] as const)));
  const publish = () => windows?.publish({ terminals: [...terminals.keys()], folder: (vscode.workspace.workspaceFile ?? vscode.workspace.workspaceFolders?.[0]?.uri)?.toString() });

  const add = async (terminal: vscode.Terminal): Promise<void> => {
    // A terminal that has not been shown yet may get its process much later, or never.
    const pid = await terminal.processId;
    if (pid !== undefined && terminal.exitStatus === undefined) terminals.set(pid, terminal);
    await update();
  };
  const remove = (terminal: vscode.Terminal): void => {
    for (const [pid, known] of terminals) if (known === terminal) terminals.delete(pid);
    tick();
  };
  const update = async (): Promise<void> => {
    publish();
    const known = host?.known() ?? [];
    const roots = new Set([...terminals.keys(), ...elsewhere().keys()]);
    const isFor = JSON.stringify([[...terminals.keys()], [...roots], known.map(({ pid }) => pid)]);
    if (isFor === readFor) return;
    readFor = isFor;
    const table = roots.size === 0 ? new Map() : await readProcessTable(processes);
    const found = known.flatMap(({ key, pid }): Sighting[] => {
      const terminalPid = pid === undefined ? undefined : ancestorAmong(table, pid, roots);
      return terminalPid === undefined ? [] : [{ key, facts: { place: { kind: 'vscode', terminalPid, here: terminals.has(terminalPid) } }, evidence: [] }];
    });
    if (JSON.stringify(found) === JSON.stringify(sightings)) return;
    sightings = found;
    host?.changed();
  };
  const tick = (): void => void update().catch(onError);

  return {
    name: 'terminals',
    async start(its) {
      host = its;
      windows = editorWindows(dataRoot, (pid) => terminals.get(pid)?.show(), tick);
      subscriptions.push(
        windows,
        vscode.workspace.onDidChangeWorkspaceFolders(publish),
        vscode.window.onDidOpenTerminal((terminal) => void add(terminal).catch(onError)),
        vscode.window.onDidCloseTerminal(remove),
      );
      for (const terminal of vscode.window.terminals) void add(terminal).catch(onError);
      await update();
    },
    tick,
    sightings: () => sightings,
    byPid: (pid) => terminals.get(pid),
    showElsewhere(pid) {
      const window = elsewhere().get(pid);
      if (window) windows?.ask(window, pid);
      return window;
    },
    async find(pid) {
      const at = ancestorAmong(await readProcessTable(processes), pid, new Set(terminals.keys()));
      return at === undefined ? undefined : terminals.get(at);
    },
    async onDevice(device) {
      if (terminals.size === 0) return undefined;
      const { stdout } = await processes.run(['ps', '-o', 'pid=,tty=', '-p', [...terminals.keys()].join(',')], { cwd: '/', timeoutMs });
      const row = stdout.split('\n').map((line) => line.trim().split(/\s+/)).find(([, tty]) => tty !== undefined && `/dev/${tty}` === device);
      return row === undefined ? undefined : terminals.get(Number(row[0]));
    },
    dispose() {
      host = undefined;
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}
