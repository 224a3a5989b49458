// Looks at a running client in every way that a reader could, and notes each change with its time.

import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { isAlive } from '../claude/processes.ts';
import type { ClaudeTerminal } from '../claude/terminal.ts';

const run = promisify(execFile);
const everyMs = 25;

/** One thing seen, as it is; it is reduced when the recording is over. */
export type Seen = { readonly at: number; readonly pid: number } & (
  | { readonly what: 'process'; readonly alive: boolean }
  | { readonly what: 'registry'; readonly file: Record<string, unknown> | undefined }
  | { readonly what: 'hook'; readonly event: Record<string, unknown> }
  | { readonly what: 'transcript'; readonly session: string; readonly line: Record<string, unknown> }
  | { readonly what: 'title'; readonly title: string }
  | { readonly what: 'screen'; readonly text: string }
);

export interface Watcher {
  /** The screen as it was last seen. */
  readonly screen: string;
  /** Ends watching, after one last look. */
  stop(): Promise<void>;
}

const hookEvents = [
  'PreToolUse', 'PostToolUse', 'PostToolUseFailure', 'PostToolBatch', 'Notification', 'UserPromptSubmit', 'SessionStart', 'SessionEnd', 'Stop', 'StopFailure',
  'SubagentStart', 'SubagentStop', 'PreCompact', 'PostCompact', 'PermissionRequest', 'PermissionDenied', 'TaskCreated', 'TaskCompleted',
];

/** Settings that make the client put each hook's input into a file of its own, named by its time, in `folder`. */
export async function hookSettings(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  // Written beside and renamed, so that a file is seen whole or not at all.
  const command = `f=${folder}/$(date +%s%3N).$$; cat > "$f.part"; mv "$f.part" "$f.json"`;
  return JSON.stringify({ hooks: Object.fromEntries(hookEvents.map((event) => [event, [{ hooks: [{ type: 'command', command }] }]])) });
}

export interface Watched {
  readonly terminal: ClaudeTerminal;
  readonly home: string;
  readonly hooksFolder: string;
  readonly note: (seen: Seen) => void;
  /** Files of hooks and lines of transcripts that were noted already, shared by all watchers of a recording. */
  readonly noted: { readonly hooks: Set<string>; readonly lines: Map<string, number> };
}

export function watchClient({ terminal, home, hooksFolder, note, noted }: Watched): Watcher {
  const { pid } = terminal;
  let registry: string | undefined;
  let title = '';
  let screen = '';
  let alive = true;
  const watching = { stopped: false };
  note({ at: Date.now(), pid, what: 'process', alive: true });

  const lookAtRegistry = async () => {
    const text = await readFile(join(home, '.claude/sessions', `${pid}.json`), 'utf8').catch(() => undefined);
    if (text === registry || text === '') return;
    registry = text;
    note({ at: Date.now(), pid, what: 'registry', file: text === undefined ? undefined : (JSON.parse(text) as Record<string, unknown>) });
  };
  const lookAtHooks = async () => {
    for (const name of (await readdir(hooksFolder)).sort()) {
      if (!name.endsWith('.json') || noted.hooks.has(name)) continue;
      noted.hooks.add(name);
      const event = JSON.parse(await readFile(join(hooksFolder, name), 'utf8')) as Record<string, unknown>;
      note({ at: Number(name.split('.')[0]), pid, what: 'hook', event });
    }
  };
  const lookAtTranscripts = async () => {
    const projects = join(home, '.claude/projects');
    for (const project of await readdir(projects).catch(() => [])) {
      for (const name of await readdir(join(projects, project))) {
        if (!name.endsWith('.jsonl')) continue;
        const text = await readFile(join(projects, project, name), 'utf8');
        const lines = text.slice(0, text.lastIndexOf('\n') + 1).split('\n').slice(0, -1);
        const known = noted.lines.get(name) ?? 0;
        noted.lines.set(name, lines.length);
        for (const line of lines.slice(known)) note({ at: Date.now(), pid, what: 'transcript', session: name.replace('.jsonl', ''), line: JSON.parse(line) as Record<string, unknown> });
      }
    }
  };
  const lookAtTerminal = async () => {
    const shown = await run('tmux', [...terminal.tmux, 'display-message', '-p', '#{pane_title}', ';', 'capture-pane', '-p']).then(({ stdout }) => stdout, () => undefined);
    if (shown === undefined || !isAlive(pid)) return;
    const [first = '', ...rest] = shown.split('\n');
    if (first !== title) note({ at: Date.now(), pid, what: 'title', title: (title = first) });
    const text = rest.join('\n');
    if (text !== screen) note({ at: Date.now(), pid, what: 'screen', text: (screen = text) });
  };
  const lookAtProcess = () => {
    if (alive && !isAlive(pid)) {
      alive = false;
      note({ at: Date.now(), pid, what: 'process', alive: false });
    }
  };
  const look = async () => {
    lookAtProcess();
    await Promise.all([lookAtRegistry(), lookAtHooks(), lookAtTranscripts(), lookAtTerminal()]);
  };
  const looking = (async () => {
    while (!watching.stopped) {
      await look();
      await delay(everyMs);
    }
    await look();
  })();
  return {
    get screen() { return screen; },
    stop: async () => {
      watching.stopped = true;
      await looking;
    },
  };
}
