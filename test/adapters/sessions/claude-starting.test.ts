import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { ClaudeStarting } from '../../../src/adapters/node/sessions/claude-starting.ts';
import { processesNamed, type NamedProcess } from '../../../src/adapters/node/sessions/named-processes.ts';

const now = 1_760_000_000_000;

test('a client that asks whether its folder is trusted', () => {
  const home = mkdtempSync(join(tmpdir(), 'wh-st-'));
  try {
    const configFolder = join(home, '.claude');
    mkdirSync(configFolder);
    writeFileSync(join(home, '.claude.json'), JSON.stringify({ projects: { '/trusted': { hasTrustDialogAccepted: true }, '/asked': { hasTrustDialogAccepted: false }, '/odd': null } }));
    const client: NamedProcess = { pid: 7, cwd: '/new', args: ['do it'], startedAt: now - 10_000, env: { HOME: home }, hasTerminal: true };
    const cases: [what: string, process: Partial<NamedProcess>, isSeen: boolean][] = [
      ['in a folder that nobody has said anything of', {}, true],
      ['in a folder that was not trusted', { cwd: '/asked' }, true],
      ['in a trusted folder', { cwd: '/trusted' }, false],
      ['below a trusted folder', { cwd: '/trusted/part/of' }, false],
      ['beside a trusted folder', { cwd: '/trusted2' }, true],
      ['that has only just started', { startedAt: now - 500 }, false],
      ['that is in the register', { pid: 8 }, false],
      ['without a terminal', { hasTerminal: false }, false],
      ['that prints', { args: ['-p', 'x'] }, false],
      ['that is no session', { args: ['agents', '--json'] }, false],
      ['that serves background sessions', { args: ['--bg-pty-host', 'x'] }, false],
    ];
    for (const [what, more, isSeen] of cases) {
      const seen = new ClaudeStarting({ configFolder, processes: () => [{ ...client, ...more }] }).look(new Set([8]), now);
      assert.deepEqual(seen.map(({ evidence }) => evidence[0]?.reason?.kind), isSeen ? ['trust'] : [], what);
    }
    // The user agrees while it is looked at; and a damaged file is no consent.
    const starting = new ClaudeStarting({ configFolder, processes: () => [client] });
    assert.equal(starting.look(new Set(), now).length, 1);
    writeFileSync(join(home, '.claude.json'), JSON.stringify({ projects: { '/new': { hasTrustDialogAccepted: true } } }));
    assert.equal(starting.look(new Set(), now).length, 0);
    writeFileSync(join(home, '.claude.json'), '{"projects":{"/new":');
    assert.equal(starting.look(new Set(), now).length, 1);
  } finally {
    rmSync(home, { recursive: true });
  }
});

test('processes are found by their name', { skip: process.platform === 'linux' ? false : 'Linux only' }, () => {
  const own = processesNamed('node').find(({ pid }) => pid === process.pid) ?? processesNamed('MainThread').find(({ pid }) => pid === process.pid);
  assert(own);
  assert.equal(own.cwd, process.cwd());
  assert.equal(own.env['PATH'], process.env['PATH']);
  assert(Math.abs(own.startedAt - performance.timeOrigin) < 2000);
  assert.deepEqual(processesNamed('no-such-program'), []);
});
