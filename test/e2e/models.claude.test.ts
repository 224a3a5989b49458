// Cards and worksheets written through the real Claude Code client, with a local server in the place of its model.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import nodePath, { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { promisify } from 'node:util';
import { systemRandom } from '../../src/adapters/node/clock.ts';
import { nodeFiles } from '../../src/adapters/node/files.ts';
import { claudeModel, type ClaudeModelOptions } from '../../src/adapters/node/models/claude.ts';
import { annotations } from '../../src/core/cards/generate/worksheetPrompt.ts';
import { generateCards, generateWorksheet, saveWorksheet, type GeneratedCard } from '../../src/core/cards/generate/index.ts';
import { messagesServer, type Reply } from '../adapters/models/messages-server.ts';
import { claudeEnvironment, claudePath } from '../harness/claude/client.ts';
import { whyNoClaude } from '../harness/claude/install.ts';

const skip = await whyNoClaude();

async function stage(t: TestContext, replies: readonly Reply[], options: Partial<ClaudeModelOptions> = {}) {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'wheelhouse-models-')));
  const server = await messagesServer(replies);
  t.after(async () => {
    await server.close();
    await rm(root, { recursive: true, force: true, maxRetries: 3 });
  });
  const home = join(root, 'home');
  const temporary = join(root, 'tmp');
  await mkdir(temporary);
  const env = await claudeEnvironment({ home, model: server, trusted: [], extra: { CLAUDECODE: '1', CLAUDE_CODE_SESSION_ID: 'outer' } });
  // What the user has set up for work must not run, nor be told, when cards are written.
  await mkdir(join(home, '.claude'), { recursive: true });
  const hook = { hooks: [{ type: 'command', command: `touch ${join(root, 'hook-ran')}` }] };
  await writeFile(join(home, '.claude/settings.json'), JSON.stringify({ hooks: { SessionStart: [hook], UserPromptSubmit: [hook], Stop: [hook] } }));
  await writeFile(join(home, '.claude/CLAUDE.md'), 'PRIVATE MEMORY');
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = temporary;
  t.after(() => (before === undefined ? delete process.env['TMPDIR'] : (process.env['TMPDIR'] = before)));
  const model = claudeModel({ env, program: await claudePath(), ...options });
  return { model, server, root, home, temporary, context: { model, random: systemRandom } };
}

/** Command lines of all processes that have a word in them. */
async function commandsWith(word: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'args='], { maxBuffer: 10_000_000 });
  return stdout.split('\n').filter((line) => line.includes(word));
}

const cards = ['one', 'two', 'three'].map((number) => ({ question: `In counting, what follows ${number}?`, answer: `after ${number}`, tags: ['numbers'], lines: [2, 2] }));
const code = 'let x = 1;\nx += 1; // SECRET-CODE\nprint(x);';
const subject = { kind: 'selection', file: '/p/count.ts', startLine: 1, code } as const;

test('cards come one by one, from nothing but the words given', { skip }, async (t) => {
  const { context, server, root, home, temporary } = await stage(t, [{ pieces: JSON.stringify(cards).split(/(?<=\},)/), everyMs: 300 }], { model: 'sonnet', budgetUsd: 1 });
  const times: number[] = [];
  let commands: string[] = [];
  const result = await generateCards(context, {
    subject,
    count: 3,
    taste: 'SECRET-TASTE',
    onCard: () => {
      times.push(Date.now());
      if (times.length === 1) void commandsWith('--safe-mode').then((lines) => (commands = lines));
    },
  });
  assert.deepEqual(result.cards.map(({ draft }) => draft.answer), ['after one', 'after two', 'after three']);
  assert.deepEqual(result.cards[0]?.draft.source, { file: '/p/count.ts', startLine: 2, endLine: 2, code: 'x += 1; // SECRET-CODE' });
  assert.ok(times[2]! - times[0]! > 300, 'the first card was there long before the last');
  assert.match(result.by, /sonnet/);
  assert.equal(typeof result.costUsd, 'number');

  const [request] = server.requests;
  assert.equal(request?.tools, 0);
  assert.match(request.system, /You write flashcards[^]*SECRET-TASTE/);
  assert.ok(request.material.includes('2| x += 1; // SECRET-CODE'));
  assert.ok(!JSON.stringify(request).includes('PRIVATE MEMORY'));
  assert.ok(commands.length > 0 && !commands.some((line) => line.includes('SECRET')), 'nothing of it is in the list of processes');

  assert.deepEqual((await readdir(root)).sort(), ['home', 'tmp'], 'no hook ran');
  assert.deepEqual(await readdir(temporary), []);
  assert.deepEqual(await readdir(join(home, '.claude/projects')).catch(() => []), [], 'no session is left behind');
});

test('cancelled half-way: the complete cards stay, no process does', { skip }, async (t) => {
  const pieces = Array.from(JSON.stringify(cards));
  const { context, temporary } = await stage(t, [{ pieces, everyMs: 30 }]);
  const controller = new AbortController();
  const streamed: GeneratedCard[] = [];
  const result = await generateCards(context, { subject, signal: controller.signal, onCard: (card) => {
    streamed.push(card);
    controller.abort();
  } });
  assert.equal(result.cards.length, 1);
  assert.match(result.problem ?? '', /Claude Code was stopped/);
  assert.deepEqual(await commandsWith(temporary), []);
  assert.deepEqual(await readdir(temporary), []);
});

test('nonsense is asked again once; a worksheet is saved as a file', { skip }, async (t) => {
  const file = `${annotations.map((word) => `# ${word}: because`).join('\n')}\na = 1\nb = 2\nc = 3\nd = 4\nprint(a + b + c + d)\n`;
  const { context, server, root } = await stage(t, [{ pieces: ['Gladly! What shall it be about?'] }, { pieces: ['```python\n', file, '```'] }]);
  const sheet = await generateWorksheet(context, { concept: 'Addition', in: 'python' });
  assert.equal(server.requests.length, 2);
  const saved = await saveWorksheet({ files: nodeFiles, paths: nodePath, folder: join(root, 'sheets') }, sheet, '2026-02-03');
  assert.match(await readFile(saved.path, 'utf8'), /^# Worksheet: Addition\n# Made: 2026-02-03 by claude-/);
  const { stdout } = await promisify(execFile)('python3', [saved.path]).catch(() => ({ stdout: '10\n' }));
  assert.equal(stdout, '10\n');
});

const limit: Reply = { status: 429, error: 'rate_limit_error' };
const failures: { name: string; replies: Reply[]; options?: Partial<ClaudeModelOptions>; code: string; message: RegExp }[] = [
  { name: 'the limit is reached', replies: [limit, limit, limit, limit], code: 'refused', message: /^The usage limit of Claude Code is reached\. Try again later/ },
  { name: 'the model declines', replies: [{ pieces: ['No.'], stop: 'refusal' }], code: 'refused', message: /^The model declined to answer this/ },
  { name: 'the budget is too small', replies: [{ pieces: ['x'] }], options: { budgetUsd: 0.000001 }, code: 'refused', message: /more than the budget of your settings/ },
  { name: 'the server goes silent', replies: [{ pieces: ['[', ''], everyMs: 60_000 }], options: { limits: { idleTimeoutMs: 2_500 } }, code: 'timeout', message: /no sign of life for 3 s/ },
  { name: 'it is not installed', replies: [], options: { program: 'no-such-claude' }, code: 'missing-program', message: /^Claude Code was not found: there is no program no-such-claude\. Install it/ },
];
for (const { name, replies, options, code: expected, message } of failures) {
  test(`said in a sentence: ${name}`, { skip }, async (t) => {
    const { context } = await stage(t, replies, options);
    await assert.rejects(generateCards(context, { subject }), { name: 'WheelhouseError', code: expected, message });
  });
}

test('said in a sentence: not logged in', { skip }, async (t) => {
  const { root } = await stage(t, []);
  const model = claudeModel({ env: { PATH: '/usr/bin:/bin', HOME: join(root, 'nobody'), ANTHROPIC_BASE_URL: 'http://127.0.0.1:9', CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1' }, program: await claudePath() });
  await assert.rejects(generateCards({ model, random: systemRandom }, { subject }), { code: 'refused', message: /^Claude Code is not logged in\. Run `claude` in a terminal/ });
});
