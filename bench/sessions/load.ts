/** What watching a hundred sessions costs at rest, and how soon a change of the register is a change of the list. */
import { spawn, execFileSync, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { nodeProcesses } from '../../src/adapters/node/processes.ts';
import { appendEvent } from '../../src/adapters/node/sessions/event-file.ts';
import { openSessions } from '../../src/adapters/node/sessions/sessions.ts';
import { startOf } from '../../src/adapters/node/process-identity.ts';
import { figure, type Figure } from '../figure.ts';

const sessionCount = 100;
const restMs = 20_000;
const changeCount = 200;
/** An hour in which each session changes every ten seconds, told as fast as it is taken in. */
const churnRounds = 360;
const warmRounds = 36;

export async function loadFigures(): Promise<Figure[]> {
  const home = await mkdtemp(join(tmpdir(), 'wheelhouse-bench-'));
  const socket = join(home, 'tmux');
  const processes: ChildProcess[] = [];
  try {
    await mkdir(join(home, '.claude/sessions'), { recursive: true });
    for (let i = 0; i < sessionCount; i++) processes.push(spawn('sleep', ['3600'], { stdio: 'ignore' }));
    const rows = await Promise.all(processes.map(async ({ pid = 0 }) => rowOf(home, pid, (await startOf(pid)) ?? '')));
    await Promise.all(rows.map((row) => put(home, row)));
    const figures = [await atRest(home, false), ...(await changes(home, rows)), await churn(home, rows)];
    if (hasTmux()) {
      tmux(socket, 'new-session', '-d', '-x', '100', '-y', '30', 'exec sleep 3600');
      for (let i = 1; i < sessionCount; i++) tmux(socket, 'new-window', '-d', 'exec sleep 3600');
      figures.push(await atRest(home, { sockets: [{ path: socket }] }));
    }
    return figures;
  } finally {
    if (hasTmux()) quietly(() => tmux(socket, 'kill-server'));
    for (const child of processes) child.kill('SIGKILL');
    await rm(home, { recursive: true, force: true, maxRetries: 3 });
  }
}

type Row = Readonly<Record<string, unknown>> & { readonly pid: number };

function rowOf(home: string, pid: number, procStart: string): Row {
  const now = Date.now();
  return { pid, sessionId: `00000000-0000-4000-8000-${String(pid).padStart(12, '0')}`, cwd: home, startedAt: now, procStart, version: '2.1.197', kind: 'interactive', entrypoint: 'cli', name: `session-${pid}`, status: 'idle', updatedAt: now, statusUpdatedAt: now };
}

async function put(home: string, row: Row): Promise<void> {
  const file = join(home, '.claude/sessions', `${row.pid}.json`);
  await writeFile(`${file}.tmp`, JSON.stringify(row));
  await rename(`${file}.tmp`, file);
}

const open = (home: string, tmuxOptions: Parameters<typeof openSessions>[0]['tmux']) =>
  openSessions({ env: { HOME: home }, dataRoot: join(home, 'data'), processes: nodeProcesses(), ...(tmuxOptions !== undefined && { tmux: tmuxOptions }) }).monitor;

async function atRest(home: string, tmuxOptions: Parameters<typeof openSessions>[0]['tmux']): Promise<Figure> {
  const monitor = open(home, tmuxOptions);
  try {
    await monitor.start();
    if (monitor.list().length < sessionCount) throw new Error(`only ${monitor.list().length} sessions are seen`);
    await delay(2000);
    const before = await cpuMs();
    const started = performance.now();
    await delay(restMs);
    const share = (100 * ((await cpuMs()) - before)) / (performance.now() - started);
    return figure(`sessions: ${sessionCount} at rest${tmuxOptions === false ? '' : `, and ${sessionCount} tmux panes`}, share of one core`, share, '%', sessionCount);
  } finally {
    monitor.dispose();
  }
}

async function changes(home: string, rows: readonly Row[]): Promise<Figure[]> {
  const monitor = open(home, false);
  try {
    await monitor.start();
    const times: number[] = [];
    for (let i = 0; i < changeCount; i++) {
      const row = rows[(i * 37) % rows.length] as Row;
      const status = i % 2 === 0 ? 'waiting' : 'busy';
      const wanted = status === 'waiting' ? 'waiting' : 'working';
      const session = monitor.list().find(({ facts }) => facts.pid === row.pid);
      if (session?.verdict.state === wanted) continue;
      const seen = new Promise<number>((resolve) => {
        const listening = monitor.onDidChange((changed) => {
          if (!changed.some((change) => change.session.facts.pid === row.pid && change.session.verdict.state === wanted)) return;
          listening.dispose();
          resolve(performance.now());
        });
      });
      const now = Date.now();
      const began = performance.now();
      await put(home, { ...row, status, updatedAt: now, statusUpdatedAt: now });
      times.push((await seen) - began);
      await delay(20);
    }
    times.sort((a, b) => a - b);
    const at = (share: number) => times[Math.floor(share * times.length)] ?? NaN;
    return [figure('sessions: from the register to the event, p50', at(0.5), 'ms', times.length), figure('sessions: from the register to the event, p95', at(0.95), 'ms', times.length)];
  } finally {
    monitor.dispose();
  }
}

/** What memory grows by while sessions work, wait, rest, are cleared and told of by hooks. */
async function churn(home: string, rows: readonly Row[]): Promise<Figure> {
  const monitor = open(home, false);
  const data = join(home, 'data');
  try {
    await monitor.start();
    let warm = 0;
    for (let round = 0; round < churnRounds; round++) {
      const status = ['busy', 'waiting', 'busy', 'idle'][round % 4] ?? 'idle';
      for (const row of rows) {
        // A conversation is cleared now and then, so ids come and go.
        const sessionId = `00000000-0000-4000-8000-${String(row.pid * 1000 + Math.floor(round / 40)).padStart(12, '0')}`;
        const now = Date.now();
        if (round % 4 === 3) appendEvent(data, { session: sessionId, line: { event: 'Stop', at: now, state: 'idle', reason: { kind: 'finished' } }, fresh: false });
        await put(home, { ...row, sessionId, status, updatedAt: now, statusUpdatedAt: now });
      }
      await delay(20);
      if (round === warmRounds) warm = await liveHeapBytes();
    }
    await delay(1000);
    const grown = (await liveHeapBytes()) - warm;
    return figure(`sessions: growth of the live heap in an hour's churn of ${sessionCount}`, grown / 1024 / 1024, 'MB', rows.length * churnRounds);
  } finally {
    monitor.dispose();
  }
}

async function liveHeapBytes(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  // What finalisers hold goes with the second.
  collect();
  await delay(50);
  collect();
  return process.memoryUsage().heapUsed;
}

/** Of this process and of those that it started and that have ended. */
async function cpuMs(): Promise<number> {
  const { user, system } = process.cpuUsage();
  if (process.platform !== 'linux') return (user + system) / 1000;
  // proc_pid_stat(5): fields 16 and 17 are the time of ended children, in clock ticks of 10 ms.
  const stat = await readFile('/proc/self/stat', 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (user + system) / 1000 + 10 * (Number(fields[13]) + Number(fields[14]));
}

function tmux(socket: string, ...command: string[]): void {
  execFileSync('tmux', ['-f', '/dev/null', '-S', socket, ...command], { stdio: 'ignore', env: { ...process.env, SHELL: '/bin/sh' } });
}

function hasTmux(): boolean {
  return quietly(() => execFileSync('tmux', ['-V'])) !== undefined;
}

function quietly<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
