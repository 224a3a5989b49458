/**
 * What an agent waits for when it starts, with ten thousand notes: the answer of the session-start hook, and
 * that of the MCP server. Beside them: Node that does nothing, and `grep` for the public notes. Needs `npm run build`.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { writeLauncher } from '../../src/adapters/node/launcher.ts';
import type { Figure } from '../figure.ts';
import { generateNotes } from './generate.ts';
import { spread, timed } from './measure.ts';

const HOOKS = 40;
const SERVERS = 15;
const GLOBAL = ':PROPERTIES:\n:ID:       claude-global-context\n:END:\n#+title: Rules\n#+filetags: :PUBLIC:\n\nUse make.\n';
/** Longer than a file counts as changed just now. */
const SETTLED_MS = 60;

interface Stage {
  readonly repo: string;
  readonly notes: string;
  readonly env: NodeJS.ProcessEnv;
  readonly cli: string;
  readonly launcher: string;
}

export async function startFigures(): Promise<readonly Figure[]> {
  const cli = join(import.meta.dirname, '..', '..', 'dist', 'cli.js');
  if (!existsSync(cli)) return [];
  const root = mkdtempSync(join(tmpdir(), 'wheelhouse-bench-starts-'));
  try {
    const [repo, notes, data] = [join(root, 'repo'), join(root, 'notes'), join(root, 'data')];
    mkdirSync(join(repo, '.git'), { recursive: true });
    writeFileSync(join(repo, '.git', 'HEAD'), 'ref: refs/heads/main\n');
    generateNotes(notes);
    writeFileSync(join(notes, 'claude-global-context.org'), GLOBAL);
    const stage = { repo, notes, cli, env: { HOME: root, WHEELHOUSE_DATA: data, PATH: process.env['PATH'] }, launcher: await writeLauncher(data, { runtime: process.execPath, cli }) };
    await delay(SETTLED_MS);
    return [...(await hookFigures(stage)), ...(await serverFigures(stage))];
  } finally {
    rmSync(root, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function hookFigures(stage: Stage): Promise<Figure[]> {
  const [first, same, changed, bare, grep]: [number[], number[], number[], number[], number[]] = [[], [], [], [], []];
  const look = () => {
    startSession(stage);
  };
  first.push(await timed(look));
  startSession(stage);
  const note = join(stage.notes, 'area-3', 'note-3.md');
  for (let n = 0; n < HOOKS; n++) {
    same.push(await timed(look));
    bare.push(await timed(() => bareNode(stage)));
    if (n % 4 !== 0) continue;
    grep.push(await timed(() => spawnSync('grep', ['-rlE', '^(#\\+filetags|tags):.*\\bPUBLIC\\b', stage.notes])));
    writeFileSync(note, readFileSync(note));
    await delay(SETTLED_MS);
    changed.push(await timed(look));
  }
  return [
    ...spread('notes.session_start_hook.nothing_changed_to_bare_node', same, bare),
    ...spread('notes.session_start_hook.a_note_changed_to_bare_node', changed, bare),
    ...spread('notes.session_start_hook.nothing_changed_to_grep', same, grep),
    ...spread('notes.session_start_hook.first_look', first, grep),
  ];
}

function startSession({ repo, env, launcher }: Stage): void {
  const event = { hook_event_name: 'SessionStart', session_id: '11111111-1111-4111-8111-111111111111', cwd: repo, source: 'startup', transcript_path: join(repo, 'none.jsonl') };
  const { stdout } = spawnSync(launcher, ['hook'], { input: JSON.stringify(event), cwd: repo, env });
  if (!stdout.includes('Use make.')) throw new Error(`The hook told nothing of the note: ${stdout.toString()}`);
}

function bareNode({ env }: Stage): unknown {
  return spawnSync(process.execPath, ['-e', '0'], { env });
}

async function serverFigures(stage: Stage): Promise<Figure[]> {
  const [answers, notes, bare]: [number[], number[], number[]] = [[], [], []];
  // The first fills the index.
  for (let n = -1; n < SERVERS; n++) {
    const { answer, note } = await startServer(stage);
    const plain = await timed(() => bareNode(stage));
    if (n < 0) continue;
    answers.push(answer);
    notes.push(note);
    bare.push(plain);
  }
  return [...spread('notes.mcp_server.start_to_first_answer', answers, bare), ...spread('notes.mcp_server.start_to_first_note', notes, bare)];
}

/** @returns milliseconds from the start of the process to its answer to `initialize`, and to the first `note_get`. */
async function startServer({ repo, env, cli }: Stage): Promise<{ answer: number; note: number }> {
  const started = performance.now();
  const server = spawn(process.execPath, [cli, 'mcp', '--tools', 'notes'], { cwd: repo, env, stdio: ['pipe', 'pipe', 'ignore'] });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  const lines = createInterface({ input: server.stdout })[Symbol.asyncIterator]();
  const say = (message: object) => server.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  const heard = async (what: string) => {
    const line: IteratorResult<string, unknown> = await lines.next();
    if (line.done === true || !line.value.includes(what)) throw new Error(`The server did not answer with ${what}: ${String(line.value)}`);
    return performance.now() - started;
  };
  say({ id: 1, method: 'initialize', params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'bench', version: '1' } } });
  const answer = await heard('"serverInfo"');
  say({ method: 'notifications/initialized' });
  say({ id: 2, method: 'tools/call', params: { name: 'note_get', arguments: { note_id: 'claude-global-context' } } });
  const note = await heard('Use make.');
  server.stdin.end();
  await ended;
  return { answer, note };
}

if (import.meta.main) for (const each of await startFigures()) console.log(JSON.stringify(each));
