// The real Codex in a real terminal, as the list of sessions sees it.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { codexHome } from '../../src/adapters/node/sessions/codex-home.ts';
import { openSessions, type Sessions } from '../../src/adapters/node/sessions/sessions.ts';
import { nodeProcesses } from '../../src/adapters/node/processes.ts';
import { reasonText } from '../../src/core/sessions/index.ts';
import { startInTerminal, type ClaudeTerminal } from '../harness/claude/terminal.ts';
import { codexEnvironment, codexPath, endCodex, startCodexModel, type CodexModel } from '../harness/codex/client.ts';
import { whyNoCodex } from '../harness/codex/install.ts';

const skip = process.platform === 'linux' ? await whyNoCodex() : 'Linux only';

describe('sessions of the real Codex', { skip }, () => {
  let home: string;
  let project: string;
  let model: CodexModel;
  let codex: ClaudeTerminal;
  let sessions: Sessions;
  const states: string[] = [];

  before(async () => {
    // Codex does without its helper programs when its home is in the system's folder for temporary files.
    home = await realpath(await mkdtemp(join(homedir(), '.wh-codex-')));
    project = join(home, 'shop');
    await mkdir(project);
    await promisify(execFile)('git', ['init', '-q'], { cwd: project });
    model = await startCodexModel(async ({ prompt, results }) => {
      if (prompt === 'be slow') await delay(60_000, undefined, { ref: false });
      return /^make/.test(prompt) && results === 0 ? { run: `touch ${join(home, 'made.txt')}` } : { say: `Done with "${prompt}".` };
    });
    const env = await codexEnvironment(home, model, [project]);
    codex = await startInTerminal({ cwd: project, env, program: await codexPath(), args: ['hello'] });
    sessions = openSessions({ env: { HOME: home }, dataRoot: join(home, 'data'), processes: nodeProcesses(), tmux: { sockets: [{ path: codex.tmux.at(-1) ?? '' }] } });
    sessions.monitor.onDidChange(() => void states.push(now()));
    await sessions.monitor.start();
  });
  after(async () => {
    sessions.monitor.dispose();
    await codex.stop();
    endCodex(home);
    await model.close();
    await rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });

  const all = () => sessions.monitor.list().filter(({ agent }) => agent === 'codex');
  const now = () => all().map(({ verdict: { state, reason } }) => `${state} ${reasonText(reason)}`.trim()).join(' | ');
  const until = async (wanted: RegExp) => {
    for (let waited = 0; waited < 30_000 && !wanted.test(now()); waited += 50) await delay(50);
    assert.match(now(), wanted, `${states.slice(-12).join('\n')}\n${await codex.screen()}`);
  };

  test('a turn ends: done, with what was said, in its pane', async () => {
    await until(/^done finished$/);
    const [session, another] = all();
    assert.equal(another, undefined);
    assert.equal(session?.facts.pid, codex.pid);
    assert.equal(session.facts.cwd, project);
    assert.equal(session.facts.lastPrompt, 'hello');
    assert.equal(session.facts.lastAnswer, 'Done with "hello".');
    assert.equal(session.facts.place?.kind, 'tmux');
    assert.match(codexHome({ HOME: home }), /\.codex$/);
  });

  test('it waits for leave to run a command, and says for which', async () => {
    await codex.type('make it');
    await delay(300);
    await codex.send('Enter');
    await until(/^waiting approve exec_command: touch /);
    await codex.waitForScreen(/Would you like to run/);
    await codex.type('y');
    await until(/^done finished$/);
  });

  test('Esc ends a turn that works', async () => {
    await codex.type('be slow');
    await delay(300);
    await codex.send('Enter');
    await until(/^working/);
    await delay(1000);
    await codex.send('Escape');
    await until(/^idle interrupted$/);
  });

  test('a killed one has ended', async () => {
    process.kill(codex.pid, 'SIGKILL');
    await until(/^ended/);
  });
});
