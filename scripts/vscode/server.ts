import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

import { installVSCode } from './install.ts';

const HOST = '127.0.0.1';
const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 3_000;

/**
 * Starts the server in the background and reads standard input, which never has anything in it: it ends when
 * the process that started us ends, however that happens, and then the whole group goes.
 */
const TIED_TO_PARENT = '( "$0" "$@"; kill -TERM 0 ) & cat >/dev/null; kill -TERM 0';

export interface ServerOptions {
  /** VS Code's own data: user settings, logs, storage of extensions. */
  readonly dataDir: string;
  readonly extensionsDir: string;
  /** The HOME that extensions and terminals see. */
  readonly home: string;
  /** The whole environment apart from HOME; default: this process's. */
  readonly env?: NodeJS.ProcessEnv;
  /** Default: a free one. */
  readonly port?: number;
  /** Extra arguments of `server-main.js`. */
  readonly args?: readonly string[];
}

export interface RunningServer {
  readonly port: number;
  /** The address to open in a browser, with the token that keeps other users and web pages out. */
  url(query: Readonly<Record<string, string>>): string;
  /** Process group of the server and all that it started, terminals' children apart. */
  readonly processGroup: number;
  /** Resolves when the server is gone, by `stop` or otherwise. */
  readonly closed: Promise<void>;
  /** Ends the server with its extension hosts; safe to call twice. */
  stop(): Promise<void>;
}

/**
 * Runs VS Code's server on the loopback interface and waits until it answers.
 * @throws Error with the end of the server's output when it does not come up.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { node, serverMain } = await installVSCode();
  const port = options.port ?? (await freePort());
  const token = randomBytes(16).toString('hex');
  const args = [
    serverMain,
    '--host', HOST, '--port', String(port), '--connection-token', token, '--accept-server-license-terms',
    '--server-data-dir', options.dataDir, '--extensions-dir', options.extensionsDir,
    '--telemetry-level', 'off', ...(options.args ?? []),
  ];
  const child = spawn('/bin/sh', ['-c', TIED_TO_PARENT, node, ...args], {
    detached: true,
    env: { ...(options.env ?? process.env), HOME: options.home },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const { pid } = child;
  if (pid === undefined) {
    const [error] = (await once(child, 'error')) as [Error];
    throw new Error(`VS Code's server could not be started: ${error.message}`);
  }
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      log = (log + chunk.toString()).slice(-4000);
    });
  }
  const origin = `http://${HOST}:${port}`;
  const url: RunningServer['url'] = (query) => `${origin}/?${new URLSearchParams({ ...query, tkn: token }).toString().replaceAll('%2F', '/')}`;
  const closed = once(child, 'exit').then(() => undefined);
  const stop = () => stopGroup(child, pid, closed);
  try {
    await answers(child, origin);
  } catch (error) {
    await stop();
    throw new Error(`VS Code's server did not start: ${(error as Error).message}\n${log}`, { cause: error });
  }
  return { port, url, processGroup: pid, closed, stop };
}

async function answers(child: ChildProcess, origin: string): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error('it ended at once');
    const response = await fetch(`${origin}/version`).catch(() => undefined);
    if (response?.ok) return;
    await sleep(50);
  }
  throw new Error(`no answer within ${START_TIMEOUT_MS / 1000} s`);
}

async function stopGroup(child: ChildProcess, group: number, closed: Promise<void>): Promise<void> {
  signalGroup(group, 'SIGTERM');
  const deadline = Date.now() + STOP_TIMEOUT_MS;
  while (signalGroup(group, 0) && Date.now() < deadline) await sleep(25);
  signalGroup(group, 'SIGKILL');
  if (child.exitCode === null && child.signalCode === null) await closed;
}

/** @returns false when the group has no process left. */
function signalGroup(group: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-group, signal);
    return true;
  } catch {
    return false;
  }
}

/** A port of the loopback interface that was free a moment ago: `preferred` if it is. */
export async function freePort(preferred = 0): Promise<number> {
  const probe = createServer().listen(preferred, HOST);
  try {
    await once(probe, 'listening');
  } catch (error) {
    if (preferred !== 0 && (error as NodeJS.ErrnoException).code === 'EADDRINUSE') return freePort();
    throw error;
  }
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
