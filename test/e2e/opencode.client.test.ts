// The real opencode in a real terminal, as the list of sessions sees it.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { access, mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { nodeProcesses } from '../../src/adapters/node/processes.ts';
import { openSessions, type Sessions } from '../../src/adapters/node/sessions/sessions.ts';
import { reasonText } from '../../src/core/sessions/index.ts';
import { startInTerminal, type ClaudeTerminal } from '../harness/claude/terminal.ts';
import { opencodeEnvironment, opencodePath, startOpencodeModel, type OpencodeModel } from '../harness/opencode/client.ts';
import { whyNoOpencode } from '../harness/opencode/install.ts';

const skip = process.platform === 'linux' ? await whyNoOpencode() : 'Linux only';

describe('sessions of the real opencode', { skip }, () => {
  let home: string;
  let project: string;
  let model: OpencodeModel;
  let opencode: ClaudeTerminal;
  let sessions: Sessions;
  const states: string[] = [];

  before(async () => {
    home = await realpath(await mkdtemp(join(tmpdir(), 'wheelhouse-opencode-')));
    project = join(home, 'shop');
    await mkdir(project);
    await promisify(execFile)('git', ['init', '-q'], { cwd: project });
    model = await startOpencodeModel(async ({ prompt, results }) => {
      if (prompt === 'be slow') await delay(60_000, undefined, { ref: false });
      if (prompt === 'fail') return { fail: 400 };
      if (results > 0) return { say: `Done with "${prompt}".` };
      if (prompt === 'make') return { call: 'bash', input: { command: `touch ${join(project, 'made.txt')}`, description: 'Makes a file' } };
      if (prompt === 'write') return { call: 'write', input: { filePath: join(project, 'written.txt'), content: 'x' } };
      if (prompt === 'wait') return { call: 'bash', input: { command: 'sleep 60', description: 'Waits' } };
      if (prompt === 'ask') return { call: 'question', input: { questions: [{ question: 'Which one?', header: 'Which', options: [{ label: 'A', description: 'the first' }, { label: 'B', description: 'the second' }] }] } };
      if (prompt === 'delegate') return { call: 'task', input: { description: 'Make it', prompt: 'make', subagent_type: 'general' } };
      return { say: `Done with "${prompt}".` };
    });
    opencode = await startInTerminal({ cwd: project, env: await opencodeEnvironment(home, model), program: await opencodePath() });
    sessions = openSessions({ env: { HOME: home }, dataRoot: join(home, 'data'), processes: nodeProcesses(), tmux: { sockets: [{ path: opencode.tmux.at(-1) ?? '' }] } });
    sessions.monitor.onDidChange(() => void states.push(`${new Date().toISOString()} ${now()}`));
    await sessions.monitor.start();
  });
  after(async () => {
    sessions.monitor.dispose();
    await opencode.stop();
    await model.close();
    await rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });

  const session = () => sessions.monitor.list().find(({ facts }) => facts.pid === opencode.pid);
  const now = () => {
    const verdict = session()?.verdict;
    return `${verdict?.state ?? 'none'} ${reasonText(verdict?.reason)}`.trim();
  };
  const until = async (wanted: RegExp) => {
    for (let waited = 0; waited < 60_000 && !wanted.test(now()); waited += 50) await delay(50);
    assert.match(now(), wanted, `${states.slice(-12).join('\n')}\n${JSON.stringify(session(), undefined, 1)}\n${await opencode.screen()}`);
  };
  const say = async (prompt: string) => {
    await opencode.waitForScreen(/ctrl\+p commands/);
    await opencode.type(prompt);
    await opencode.waitForScreen(new RegExp(`┃  ${prompt}`));
    await opencode.send('Enter');
  };
  const made = (name: string) => access(join(project, name)).then(() => true, () => false);

  test('it has only just started', async () => {
    await until(/^idle just started$/);
    await opencode.waitForScreen(/Ask anything/, 60_000);
  });

  test('a turn ends: done, with what was said, in its pane', async () => {
    await say('hello');
    await until(/^working/);
    await until(/^done finished$/);
    const facts = session()?.facts;
    assert.equal(facts?.cwd, project);
    assert.equal(facts.lastPrompt, 'hello');
    assert.equal(facts.lastAnswer, 'Done with "hello".');
    assert.equal(facts.title, 'Scripted title');
    assert.equal(facts.place?.kind, 'tmux');
    assert.match(facts.sessionId ?? '', /^ses_/);
  });

  test('it waits for leave to run a command, and says for which', async () => {
    await say('make');
    await until(/^waiting approve bash: touch /);
    await opencode.waitForScreen(/Permission required/);
    assert.equal(await made('made.txt'), false);
    await opencode.send('Enter');
    await until(/^done finished$/);
    assert.equal(await made('made.txt'), true);
  });

  test('a command that was allowed is worked on; Esc ends it', async () => {
    await say('wait');
    await until(/^waiting approve bash: sleep 60$/);
    await opencode.waitForScreen(/Permission required/);
    await opencode.send('Enter');
    await until(/^working bash: sleep 60$/);
    await escape();
    await until(/^idle interrupted$/);
  });

  test('a change that the user refuses ends the turn', async () => {
    await say('write');
    await until(/^waiting approve write: .*written\.txt$/);
    await opencode.waitForScreen(/Permission required/);
    await opencode.send('Escape');
    await until(/^idle interrupted$/);
    assert.equal(await made('written.txt'), false);
  });

  test('it asks a question', async () => {
    await say('ask');
    await until(/^waiting question: Which one\?$/);
    await opencode.waitForScreen(/enter submit/);
    await opencode.send('Enter');
    await until(/^done finished$/);
  });

  test('a subagent waits for leave', async () => {
    await say('delegate');
    await until(/^waiting approve bash: touch /);
    await opencode.waitForScreen(/Permission required/);
    await opencode.send('Enter');
    await until(/^done finished$/);
  });

  test('Esc ends a turn that works', async () => {
    await say('be slow');
    await until(/^working/);
    await delay(1000);
    await escape();
    await until(/^idle interrupted$/);
  });

  test('the service fails', async () => {
    await say('fail');
    await until(/^error API error: scripted failure$/);
  });

  test('another one in the same folder is told apart', async () => {
    const other = await startInTerminal({ cwd: project, env: await opencodeEnvironment(home, model), program: await opencodePath() });
    const shown = () => {
      const its = sessions.monitor.list().find(({ facts }) => facts.pid === other.pid);
      return `${its?.verdict.state} ${its?.facts.lastPrompt}`;
    };
    try {
      await other.waitForScreen(/Ask anything/, 60_000);
      await other.type('be another');
      await other.waitForScreen(/┃  be another/);
      await other.send('Enter');
      for (let waited = 0; waited < 30_000 && shown() !== 'done be another'; waited += 50) await delay(50);
      assert.equal(shown(), 'done be another');
      assert.match(now(), /^error/);
      await other.send('C-c');
      for (let waited = 0; waited < 10_000 && !shown().startsWith('ended'); waited += 50) await delay(50);
      assert.equal(shown(), 'ended be another');
    } finally {
      await other.stop();
    }
  });

  test('a killed one has ended', async () => {
    process.kill(opencode.pid, 'SIGKILL');
    await until(/^ended/);
  });

  /** The first one asks whether it is meant. */
  const escape = async () => {
    await opencode.send('Escape');
    await opencode.waitForScreen(/again to interrupt/);
    await opencode.send('Escape');
  };
});
