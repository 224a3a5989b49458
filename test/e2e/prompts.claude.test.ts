// The real Claude Code client beside a real VS Code: what is typed to the one appears in the timeline of the other.

import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { claudeEnvironment } from '../harness/claude/client.ts';
import { startModel } from '../harness/claude/model.ts';
import { startInTerminal, whyNoTerminal } from '../harness/claude/terminal.ts';
import { launchVSCode, whyNoVSCode } from '../harness/vscode/launch.ts';

const skip = (await whyNoTerminal()) || (await whyNoVSCode());

test('a prompt that is typed to the client appears in the open timeline, with what it did to the context', { skip, timeout: 180_000 }, async (t) => {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'wh-pc-')));
  const [cwd, home] = [join(root, 'lighthouse'), join(root, 'home')];
  await mkdir(cwd);
  const model = await startModel(() => ({ say: 'Done.' }));
  const env = await claudeEnvironment({ home, model, trusted: [cwd] });
  const client = await startInTerminal({ cwd, env });
  const code = await launchVSCode({ folder: cwd, home, env: { WHEELHOUSE_DATA: join(root, 'data') } });
  t.after(async () => {
    await code.dispose();
    await client.stop();
    await model.close();
    await rm(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });
  const submit = async (text: string) => {
    await client.type(text);
    await delay(300);
    await client.send('Enter');
    await client.waitForScreen(/Done\./);
  };

  await client.waitForScreen(/❯|>/);
  await submit('light the lamp');
  await code.command('wheelhouse.prompts.openTimeline');
  const frame = await code.webview('Prompt Timeline');
  await frame.locator('.lane-name').filter({ hasText: 'lighthouse' }).waitFor();
  const heard = async (text: string) =>
    code.waitFor(
      async () => {
        await frame.locator('.ground').first().focus();
        await code.page.keyboard.press('End');
        await delay(200);
        return (await frame.locator('[role="status"]').first().innerText()).includes(text);
      },
      `“${text}” on the timeline`,
      20_000,
    );
  await heard('light the lamp');
  await submit('sound the horn');
  await heard('sound the horn');
  await code.page.keyboard.press('Enter');
  await frame.locator('.prompt-text').filter({ hasText: 'sound the horn' }).waitFor();
  await frame.getByRole('button', { name: 'Before in this session' }).waitFor();
  await frame.getByText(/Context: .* tokens/).waitFor();

  const found = (await code.command('wheelhouse.prompts.search', { text: 'horn' })) as { display: string; sessionId: string; project: string }[];
  assert.deepEqual(found.map(({ display, project }) => [display, project]), [['sound the horn', cwd]]);
  assert.deepEqual(await code.command('wheelhouse.prompts.openForSession', { id: found[0]?.sessionId }), { prompts: 2 });
});
