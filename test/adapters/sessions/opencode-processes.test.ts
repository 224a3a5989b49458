/** Processes that are called opencode, and what they have open. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { opencodeProcesses, type OpencodeProcess } from '../../../src/adapters/node/sessions/opencode-processes.ts';

// Elsewhere processes cannot be had without starting a program.
const skip = process.platform === 'linux' ? false : 'Linux only';
const line = (run: string, more = 'message=init') => `timestamp=2026-01-01T00:00:00.000Z level=INFO run=${run} ${more}`;

test('its files, and its name in a log that others write too', { skip }, async (t) => {
  const s = stage(t);
  const one = s.client('run', [line('one'), line('one', 'message="two lines"')]);
  const [first] = await s.until((all) => all.filter(({ run }) => run === 'one'));
  const two = s.client('serve', [line('two')]);
  const all = await s.until((each) => (each.some(({ run }) => run === 'two') ? each : []));
  assert.deepEqual(all.map(({ pid, run, isServer }) => [pid, run, isServer]), [[one, 'one', false], [two, 'two', true]]);
  assert.deepEqual([first?.cwd, first?.database, first?.log, first?.session], [s.folder, join(s.folder, 'opencode/opencode.db'), join(s.folder, 'opencode/log/opencode.log'), undefined]);
  assert(Math.abs((first?.startedAt ?? 0) - Date.now()) < 10_000);
});

test('one that has written nothing yet, or a line that is too long', { skip }, async (t) => {
  const s = stage(t);
  const silent = s.client('run', [], '-s', 'ses_abc');
  const long = s.client('run', [line('long', `error="${'x'.repeat(40_000)}"`)]);
  const all = await s.until((each) => (each.length === 2 && each.every(({ log }) => log !== undefined) ? each : []));
  assert.deepEqual(all.map(({ pid, run, session }) => [pid, run, session]).sort(), [[silent, undefined, 'ses_abc'], [long, undefined, undefined]].sort());
});

function stage(t: TestContext) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'wh-opencode-')));
  mkdirSync(join(folder, 'opencode/log'), { recursive: true });
  writeFileSync(join(folder, 'opencode/opencode.db'), '');
  // A shell by that name, and scripts by the names of verbs: they have the files open that the client would, and wait.
  symlinkSync('/bin/sh', join(folder, 'opencode/opencode'));
  for (const verb of ['run', 'serve']) writeFileSync(join(folder, verb), 'exec 3>>opencode/log/opencode.log 4<opencode/opencode.db\ncat "$1" >&3\nread wait\n');
  const children: ReturnType<typeof spawn>[] = [];
  t.after(() => {
    for (const child of children) child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    folder,
    client: (verb: 'run' | 'serve', lines: readonly string[], ...args: readonly string[]): number => {
      const written = `lines${children.length}`;
      writeFileSync(join(folder, written), lines.map((each) => `${each}\n`).join(''));
      const child = spawn(join(folder, 'opencode/opencode'), [verb, written, ...args], { cwd: folder, env: { ...process.env, HOME: folder }, stdio: ['pipe', 'ignore', 'ignore'] });
      children.push(child);
      return child.pid ?? 0;
    },
    until: async (wanted: (all: readonly OpencodeProcess[]) => readonly OpencodeProcess[]): Promise<readonly OpencodeProcess[]> => {
      const own = () => wanted(opencodeProcesses(folder));
      for (let waited = 0; waited < 3000 && own().length === 0; waited += 20) await delay(20);
      return own();
    },
  };
}
