// The real Claude Code client reads and changes a public note over MCP, and learns nothing of a private one.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { claudeEnvironment, runPrint } from '../harness/claude/client.ts';
import { whyNoClaude } from '../harness/claude/install.ts';
import { startModel, type Answer } from '../harness/claude/model.ts';
import { cli, stage } from '../faces/cli/stage.ts';
import { org } from '../adapters/notes/stage.ts';

const skip = await whyNoClaude();
const sessionId = '6f1c0f9e-2a51-4a55-9f0e-5d3f3f1f7a06';

test('a session reads and writes a public note, and is refused a private one like one that does not exist', { skip, timeout: 120_000 }, async (t) => {
  const staged = await stage(t);
  const folder = join(staged.home, 'notes');
  mkdirSync(folder);
  const git = (...args: string[]) => staged.run(['git', ...args], { cwd: folder });
  writeFileSync(join(folder, 'open.org'), org('open-note', 'Open', ':PUBLIC:', 'Use make.\n'));
  writeFileSync(join(folder, 'shut.org'), org('shut-note', 'Shut', '', 'The password is rosebud.\n'));
  await git('init', '--quiet', '--initial-branch=main');
  await git('add', '--all');
  await git('commit', '--quiet', '-m', 'first');

  const use = (name: string, input: Record<string, unknown>): Answer => ({ use: { name: `mcp__wheelhouse__${name}`, input } });
  let step = 0;
  const model = await startModel(({ lastToolResult }) => {
    const read = step === 1 ? (JSON.parse(lastToolResult?.text ?? '{}') as { content: string; hash: string }) : undefined;
    const script: Answer[] = [
      use('note_get', { note_id: 'open-note' }),
      use('note_update', { note_id: 'open-note', content: `${read?.content ?? ''}And then make check.\n`, base_hash: read?.hash ?? '' }),
      use('note_get', { note_id: 'shut-note' }),
      use('note_get', { note_id: 'none-note' }),
      use('note_search', { query: 'rosebud' }),
      { say: 'Done.' },
    ];
    return script[step++] ?? { say: 'The script is over.' };
  });
  t.after(() => model.close());
  const env = await claudeEnvironment({ home: staged.home, model, trusted: [staged.repo] });
  const config = join(staged.root, 'mcp.json');
  writeFileSync(config, JSON.stringify({ mcpServers: { wheelhouse: { command: process.execPath, args: [cli, 'mcp', '--tools', 'notes'] } } }));
  const tools = ['note_get', 'note_update', 'note_search'].map((name) => `mcp__wheelhouse__${name}`).join(',');
  const printed = await runPrint({ cwd: staged.repo, env, prompt: 'Keep the notes.', timeoutMs: 100_000, args: ['--mcp-config', config, '--session-id', sessionId, '--allowedTools', tools] });
  assert.deepEqual([printed.stdout, printed.code], ['Done.\n', 0]);

  const results = model.turns.at(-1)?.toolResults ?? [];
  assert.deepEqual(results.map(({ isError }) => isError), [false, false, true, true, false]);
  assert.equal(results[2]?.text.replace('shut-note', 'none-note'), results[3]?.text);
  assert.deepEqual(JSON.parse(results[4]?.text ?? ''), { notes: [], total: 0 });
  assert(!JSON.stringify(model.turns).includes('password'));
  assert.match(readFileSync(join(folder, 'open.org'), 'utf8'), /Use make\.\nAnd then make check\.\n$/);
  assert.match((await git('log', '-1', '--format=%B')).stdout, new RegExp(`^notes: update open-note\n\nSession: ${sessionId}`));
});
