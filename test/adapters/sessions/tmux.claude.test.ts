// The real client in a real tmux, seen by its screen alone and together with its register.

import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { nodeProcesses } from '../../../src/adapters/node/processes.ts';
import { selectPane } from '../../../src/adapters/node/sessions/tmux-select.ts';
import { openSessions } from '../../../src/adapters/node/sessions/sessions.ts';
import { tmuxSource } from '../../../src/adapters/node/sessions/tmux.ts';
import { processKey, shippedRules, type Evidence } from '../../../src/core/sessions/index.ts';
import { claudeEnvironment } from '../../harness/claude/client.ts';
import { startModel } from '../../harness/claude/model.ts';
import { startInTerminal, whyNoTerminal } from '../../harness/claude/terminal.ts';

const skip = await whyNoTerminal();

test('from the trust dialog to a permission: what the screen says, and where the session is', { skip }, async (t) => {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'wheelhouse-tmux-claude-')));
  const [cwd, home] = [join(root, 'project'), join(root, 'home')];
  await mkdir(cwd);
  const model = await startModel(async (turn) => {
    await delay(1500);
    return turn.lastToolResult === undefined ? { use: { name: 'Bash', input: { command: 'touch made.txt', description: 'Makes a file' } } } : { say: 'All done.' };
  });
  const terminal = await startInTerminal({ cwd, env: await claudeEnvironment({ home, model, trusted: [] }) });
  t.after(async () => {
    await terminal.stop();
    await model.close();
    await rm(root, { recursive: true, force: true, maxRetries: 3 });
  });
  const socket = terminal.tmux.at(-1) ?? '';
  const screen = tmuxSource({ processes: nodeProcesses(), rules: shippedRules, sockets: [{ path: socket }], isKnownBetter: () => false });
  const { monitor } = openSessions({ env: { HOME: home }, dataRoot: join(root, 'data'), processes: nodeProcesses(), tmux: { sockets: [{ path: socket }] } });
  t.after(() => monitor.dispose());

  let last: Evidence | undefined;
  const sees = async (state: string, kind?: string) => {
    for (let tries = 0; tries < 100; tries += 1) {
      await screen.refresh();
      last = screen.sightings()[0]?.evidence.at(-1);
      if (last?.state === state && (kind === undefined || last.reason?.kind === kind)) return last;
      await delay(100);
    }
    assert.fail(`not ${state} ${kind ?? ''} but ${JSON.stringify(last)}`);
  };
  const concludes = async (state: string, kind?: string) => {
    for (let tries = 0; tries < 100; tries += 1) {
      const verdict = monitor.list()[0]?.verdict;
      if (verdict?.state === state && (kind === undefined || verdict.reason?.kind === kind)) return verdict;
      await delay(100);
    }
    assert.fail(`not ${state} ${kind ?? ''} but ${JSON.stringify(monitor.list()[0]?.verdict)}`);
  };

  await sees('waiting', 'trust');
  await monitor.start();
  await concludes('waiting', 'trust');
  await terminal.send('Enter');
  await sees('idle');
  await concludes('idle');
  assert.equal(screen.sightings()[0]?.key, processKey(terminal.pid));

  await delay(1000);
  await terminal.type('go');
  await terminal.send('Enter');
  await sees('working');
  assert.equal((await sees('waiting', 'approve')).reason?.detail, 'Bash: touch made.txt');
  await concludes('waiting', 'approve');
  const [session] = monitor.list();
  assert.equal(monitor.list().length, 1);
  assert.equal(session?.facts.cwd, cwd);
  const place = session.facts.place;
  assert(place?.kind === 'tmux');
  assert.deepEqual(await selectPane(nodeProcesses(), place), { state: 'detached', attach: ['tmux', '-S', socket, 'attach-session', '-t', '$0'] });

  await terminal.send('Enter');
  await sees('idle');
  await concludes('done', 'finished');
});
