/** Whether the agent's sandbox can work here: on Linux it is tried. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeProcesses } from '../processes.ts';

export interface SandboxState {
  /** `works`: it was tried here. `unknown`: there is one, and it was not tried. */
  readonly state: 'works' | 'fails' | 'missing' | 'none' | 'unknown';
  /** For the user. */
  readonly message: string;
}

const TIMEOUT_MS = 10_000;

export async function examineSandbox(platform = process.platform): Promise<SandboxState> {
  if (platform === 'darwin') return { state: 'unknown', message: 'macOS brings the sandbox of the agent (Seatbelt); it was not tried.' };
  if (platform !== 'linux') return { state: 'none', message: `There is no sandbox of the agent on ${platform}.` };
  const missing = [];
  for (const program of ['bwrap', 'socat'] as const) if (!(await runs([program, program === 'socat' ? '-V' : '--version']))) missing.push(program);
  if (missing.length > 0) return { state: 'missing', message: `The sandbox of the agent needs ${missing.join(' and ')}, which ${missing.length > 1 ? 'are' : 'is'} not on PATH. Install ${missing.map((name) => (name === 'bwrap' ? 'bubblewrap' : name)).join(' and ')}.` };
  const folder = mkdtempSync(join(tmpdir(), 'wheelhouse-canary-'));
  try {
    const canary = join(folder, 'canary');
    writeFileSync(canary, 'canary');
    const bare = ['bwrap', '--ro-bind', '/', '/', '--dev', '/dev'] as const;
    if (!(await runs([...bare, 'cat', canary]))) return { state: 'fails', message: 'bubblewrap is there and cannot start here (in a container, or where users may make no namespaces), so commands would run without a sandbox.' };
    const hidden = await nodeProcesses().run([...bare, '--ro-bind', '/dev/null', canary, 'cat', canary], { cwd: folder, timeoutMs: TIMEOUT_MS });
    return hidden.stdout.includes('canary') ? { state: 'fails', message: 'bubblewrap does not hide a file here.' } : { state: 'works', message: 'bubblewrap runs here and hides a file.' };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runs(argv: readonly [string, ...string[]]): Promise<boolean> {
  try {
    return (await nodeProcesses().run(argv, { cwd: tmpdir(), timeoutMs: TIMEOUT_MS })).exitCode === 0;
  } catch {
    return false;
  }
}
