import { holdingsOfSessions } from '../../../adapters/node/coordination/holdings.ts';
import { resolveDataRoot } from '../../../adapters/node/locations.ts';
import { nodeProcesses } from '../../../adapters/node/processes.ts';
import { markLooked } from '../../../adapters/node/sessions/event-file.ts';
import { openSessions } from '../../../adapters/node/sessions/sessions.ts';
import { tmuxServer } from '../../../adapters/node/sessions/tmux-server.ts';
import { selectPane } from '../../../adapters/node/sessions/tmux-select.ts';
import { WheelhouseError } from '../../../core/base/errors.ts';
import { plain } from '../../../core/base/plain.ts';
import { age, explain, findSessions, nameOf, nextWaiting, reasonText, toJson, type Place, type Session } from '../../../core/sessions/index.ts';
import { text, type Answer, type Input, type Noun } from '../verb.ts';
import { checkpoint, checkpoints } from './checkpoints.ts';

type TmuxPlace = Extract<Place, { kind: 'tmux' }>;

export const sessions: Noun = {
  summary: 'the coding sessions of this machine: which of them needs you, why and since when',
  verbs: {
    list: {
      usage: '',
      summary: 'All sessions, the neediest first: waiting, error, done, idle, working, ended.',
      args: [0, 0],
      run: async (input) => {
        const found = await look(input);
        const holdings = await holdingsOfSessions(resolveDataRoot(process.env, input.dataOverride).path, found);
        return { json: found.map((session) => toJson(session, holdings.get(session.key))), text: found.length === 0 ? 'No coding session was found on this machine.' : formatSessions(found, Date.now()) };
      },
    },
    explain: {
      usage: 'ID',
      summary: 'Why a session is shown as it is: what said so, and when. ID is its id or the start of it, its process id, or its name.',
      args: [1, 1],
      run: async (input) => {
        const session = theOne(await look(input), input.args[0] ?? '');
        const lines = explain(session, Date.now()).map(plain);
        const { evidence, because } = session.verdict;
        return { json: { ...toJson(session), explanation: lines, because, evidence }, text: lines.join('\n') };
      },
    },
    next: {
      usage: '[--pane ID] [--client NAME]',
      summary: 'Go to the next session that waits: its tmux pane is selected; of one elsewhere you are told where it is. In tmux: bind-key n run-shell "wheelhouse sessions next --pane \'#{pane_id}\' --client \'#{client_name}\'"',
      args: [0, 0],
      options: { pane: { type: 'string' }, client: { type: 'string' } },
      run: next,
    },
    watch: {
      usage: '',
      summary: 'One line of JSON for each session now, and then for each change, at once; until Ctrl+C.',
      args: [0, 0],
      run: watch,
    },
    checkpoint,
    checkpoints,
  },
};

function open(input: Input) {
  const dataRoot = resolveDataRoot(process.env, input.dataOverride).path;
  return { dataRoot, ...openSessions({ env: process.env, dataRoot, processes: nodeProcesses() }) };
}

async function look(input: Input): Promise<readonly Session[]> {
  const { monitor } = open(input);
  try {
    await monitor.start();
    return monitor.list();
  } finally {
    monitor.dispose();
  }
}

function theOne(all: readonly Session[], word: string): Session {
  const [session, another] = findSessions(all, word);
  if (session === undefined) throw new WheelhouseError('not-found', `there is no session ${JSON.stringify(word)}. "wheelhouse sessions list" has all of them.`);
  if (another !== undefined) throw new WheelhouseError('not-found', `${JSON.stringify(word)} names more than one session. Use an id of "wheelhouse sessions list".`);
  return session;
}

async function next(input: Input): Promise<Answer> {
  const { dataRoot, monitor } = open(input);
  await monitor.start();
  const all = monitor.list();
  monitor.dispose();
  const processes = nodeProcesses();
  const pane = text(input.options['pane']) ?? process.env['TMUX_PANE'] ?? (await currentPane(processes));
  const here = all.find(({ facts }) => facts.place?.kind === 'tmux' && facts.place.pane === pane);
  const session = nextWaiting(all, here?.key);
  if (session === undefined) throw new WheelhouseError('not-found', 'no session waits for you.');
  markLooked(dataRoot, session.id, Date.now());
  const { place } = session.facts;
  const [went, where] = place?.kind === 'tmux' ? await goTo(processes, place, text(input.options['client'])) : [false, whereabouts(session)];
  return { json: { ...toJson(session), selected: went }, text: plain(`${nameOf(session)}: ${reasonText(session.verdict.reason)}\n${where}`) };
}

async function currentPane(processes: ReturnType<typeof nodeProcesses>): Promise<string | undefined> {
  if (!process.env['TMUX']) return undefined;
  return (await tmuxServer(processes, {}).run(['display-message', '-p', '#{pane_id}']))?.trim();
}

async function goTo(processes: ReturnType<typeof nodeProcesses>, place: TmuxPlace, client: string | undefined): Promise<[went: boolean, text: string]> {
  const selected = await selectPane(processes, place, client === undefined ? {} : { here: client });
  switch (selected.state) {
    case 'shown':
      return [true, `Selected in tmux: ${place.session}, window ${place.window}.`];
    case 'detached':
      return [true, `It is in tmux, which no terminal shows. Attach with: ${selected.attach.join(' ')}`];
    case 'gone':
      return [false, `It was in tmux (${place.session}, window ${place.window}), but its pane is gone.`];
  }
}

function whereabouts({ facts, agent }: Session): string {
  if (agent === 'claude' && facts.jobId !== undefined) return `It runs in the background. Show it with: claude attach ${facts.jobId}`;
  const from = facts.entrypoint === undefined ? '' : `, started from ${facts.entrypoint}`;
  return `It is in no tmux pane: process ${facts.pid ?? 'unknown'} in ${facts.cwd ?? 'an unknown folder'}${from}.`;
}

async function watch(input: Input): Promise<undefined> {
  const { monitor } = open(input);
  const print = (value: object) => process.stdout.write(`${JSON.stringify(value)}\n`);
  monitor.onDidChange((changes) => {
    for (const { session, from, gone } of changes) print({ ...toJson(session), from: from ?? null, gone });
  });
  // Nothing else keeps the process alive between two events.
  const alive = setInterval(() => undefined, 3_600_000);
  try {
    await monitor.start();
    for (const session of monitor.list()) print({ ...toJson(session), from: null, gone: false });
    await new Promise<void>((resolve) => {
      if (input.signal.aborted) resolve();
      else input.signal.addEventListener('abort', () => resolve(), { once: true });
    });
  } finally {
    clearInterval(alive);
    monitor.dispose();
  }
  return undefined;
}

function formatSessions(all: readonly Session[], now: number): string {
  const rows = all.map((session) => {
    const { verdict, facts } = session;
    const background = verdict.background.length === 0 ? '' : ` (+${verdict.background.length} in the background)`;
    return [`${verdict.state}${verdict.unsure ? '?' : ''}`, age(verdict.since, now), session.id.slice(0, 8), nameOf(session), `${reasonText(verdict.reason)}${background}`, facts.lastPrompt === undefined ? '' : `« ${facts.lastPrompt.slice(0, 60)} »`];
  });
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return plain(rows.map((row) => row.map((cell, column) => (column < 4 ? cell.padEnd(widths[column] ?? 0) : cell)).join('  ').trimEnd()).join('\n'));
}
