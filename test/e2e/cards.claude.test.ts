// Cards written by the real Claude Code client, with a local server in the place of its model: asked for in VS Code,
// approved in the page, and quizzed.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { messagesServer } from '../adapters/models/messages-server.ts';
import { claudeEnvironment, claudePath } from '../harness/claude/client.ts';
import { whyNoClaude } from '../harness/claude/install.ts';
import { launchVSCode, whyNoVSCode } from '../harness/vscode/launch.ts';

const cards = [
  { question: 'In JavaScript, why can four workers share one iterator?', answer: 'It gives each item **once**, whoever asks.', notes: 'Each `next()` goes to one worker.', tags: ['async'], lines: [2, 2] },
  { question: 'In JavaScript, what does Promise.all do when one promise fails?', answer: 'It rejects at once.', tags: ['async'] },
  { question: 'What is this function called?', answer: 'Its name is loadAll.' },
];

test('cards that Claude Code writes are shown, approved and quizzed', { skip: (await whyNoClaude()) || (await whyNoVSCode()), timeout: 240_000 }, async (t) => {
  const root = await realpath(await mkdtemp(path.join(tmpdir(), 'wh-cc-')));
  const server = await messagesServer([{ pieces: JSON.stringify(cards).split(/(?<=\},)/), everyMs: 200 }, { pieces: ['Because an iterator ', '**remembers** where it is.'], everyMs: 50 }]);
  const [folder, home] = [path.join(root, 'shop'), path.join(root, 'home')];
  await mkdir(folder);
  await writeFile(path.join(folder, 'load.js'), 'export async function loadAll(items) {\n  const queue = items.values();\n  await Promise.all([1, 2, 3, 4].map(() => work(queue)));\n}\n');
  await promisify(execFile)('git', ['init', '-q'], { cwd: folder });
  const env = await claudeEnvironment({ home, model: server, trusted: [] });
  const code = await launchVSCode({
    folder,
    home,
    env: { ...env, WHEELHOUSE_DATA: path.join(root, 'data') },
  });
  t.after(async () => {
    await code.dispose();
    await server.close();
    await rm(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });

  for (const [id, value] of Object.entries({ 'wheelhouse.models.use': 'claude', 'wheelhouse.agent.claudePath': await claudePath(), 'wheelhouse.cards.level': 'ten years of C' })) {
    await code.evaluate((vscode, { id, value }) => vscode.workspace.getConfiguration().update(id, value, vscode.ConfigurationTarget.Global), { id, value });
  }

  const made = (await code.command('wheelhouse.cards.generate', { from: 'file', uri: path.join(folder, 'load.js') })) as { subject: string };
  assert.equal(made.subject, 'load.js');
  const page = await code.webview('New Flashcards');
  for (const { answer } of cards) await page.getByText(answer.replaceAll('*', '')).first().waitFor({ timeout: 60_000 });
  const [request] = server.requests;
  assert.match(request?.system ?? '', /You write flashcards[^]*ten years of C/);
  assert.ok(request?.material.includes('2|   const queue = items.values();'));
  assert.equal(request?.tools, 0, 'it can do nothing but answer');

  await page.getByRole('button', { name: 'Discard' }).last().click();
  await page.getByRole('button', { name: /^Keep selected \(2\)/ }).click();
  await page.getByText('Take back').nth(1).waitFor();
  assert.equal(((await code.command('wheelhouse.cards.quiz', { deck: 'javascript' })) as { cards: number }).cards, 2);

  const quiz = await code.webview('Quiz');
  const press = async (...keys: string[]) => {
    for (const key of keys) await code.page.keyboard.press(key);
  };
  const shows = (text: string) => quiz.getByText(text).first().waitFor({ timeout: 30_000 });
  await shows('why can four workers share');
  await shows('load.js:2');
  await code.page.waitForTimeout(500);
  await press('Space');
  await shows('Each next() goes to one worker.');
  await press('x');
  await shows('Explained by');
  assert.equal(await quiz.locator('.explanation strong').innerText(), 'remembers');
  await press('4', 'Space', '3');
  await shows('Done for now');
  await shows('2 cards in');
});
