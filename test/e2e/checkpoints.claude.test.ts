// The real Claude Code client, whose model follows a script: a session starts with the global context in its first
// request, and the next one with the checkpoint of the one before; what is private is in no request.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { claudeEnvironment, runPrint } from '../harness/claude/client.ts';
import { whyNoClaude } from '../harness/claude/install.ts';
import { startModel, type Answer } from '../harness/claude/model.ts';
import { startInTerminal, whyNoTerminal, type ClaudeTerminal } from '../harness/claude/terminal.ts';
import { stage, type Stage } from '../faces/cli/stage.ts';
import { org } from '../adapters/notes/stage.ts';

const skip = await whyNoClaude();
const skipTerminal = await whyNoTerminal();
const ids = ['31111111-2a51-4a55-9f0e-5d3f3f1f7a01', '32222222-2a51-4a55-9f0e-5d3f3f1f7a02', '33333333-2a51-4a55-9f0e-5d3f3f1f7a03'] as const;

/** Runs one session from its start to its end, and gives its requests. */
async function session(staged: Stage, id: string, answers: readonly Answer[], prompt: string) {
  let step = 0;
  const model = await startModel(() => answers[step++] ?? { say: 'The script is over.' });
  try {
    const env = await claudeEnvironment({ home: staged.home, model, trusted: [staged.repo], extra: { NODE_COMPILE_CACHE: staged.env['NODE_COMPILE_CACHE'] ?? '' } });
    const printed = await runPrint({ cwd: staged.repo, env, prompt, timeoutMs: 100_000, args: ['--mcp-config', join(staged.root, 'mcp.json'), '--session-id', id, '--permission-mode', 'acceptEdits', '--allowedTools', 'mcp__wheelhouse,Write,Bash'] });
    assert.equal(printed.code, 0, printed.stderr);
    return model.turns.map(({ request }) => JSON.stringify(request));
  } finally {
    await model.close();
  }
}

async function checkpoints(staged: Stage): Promise<{ id: string; session: string; trigger: string }[]> {
  return JSON.parse((await staged.wheelhouse(['sessions', 'checkpoints', '--json'])).stdout) as { id: string; session: string; trigger: string }[];
}

async function until(terminal: ClaudeTerminal, what: string, holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 80; tries++) {
    if (await holds()) return;
    await delay(500);
  }
  assert.fail(`${what} never came:\n${await terminal.screen()}`);
}

test('a session starts with the global context, and the next one with its checkpoint', { skip, timeout: 240_000 }, async (t) => {
  const staged = await stage(t);
  const notes = join(staged.home, 'notes');
  mkdirSync(notes);
  const context = (tags: string) => writeFileSync(join(notes, 'g.org'), org('claude-global-context', 'Rules of the house', tags, 'Always use make, says marmalade.\n'));
  context(':PUBLIC:');
  writeFileSync(join(notes, 'shut.org'), org('shut-note', 'Shut', ':repo:', 'The word is rosebud.\n'));
  await staged.wheelhouse(['install', 'claude']);
  writeFileSync(join(staged.root, 'mcp.json'), readFileSync(join(staged.repo, '.mcp.json')));

  const first = await session(staged, ids[0], [
    { use: { name: 'Write', input: { file_path: join(staged.repo, 'parser.ts'), content: 'export const parser = 1;\n' } } },
    { use: { name: 'Bash', input: { command: 'echo half > state.txt; exit 3', description: 'Try' } } },
    { use: { name: 'mcp__wheelhouse__checkpoint_save', input: { summary: 'The parser is half done.', next: ['Finish the parser'], decisions: ['Recursive descent, for its errors'] } } },
    { say: 'That is all for today.' },
  ], 'Begin the parser, says quince.');
  assert.match(first[0] ?? '', /From Wheelhouse, for sessions in repo/);
  assert.match(first[0] ?? '', /says marmalade/);
  assert.match(first.at(-1) ?? '', /checkpoint_id/);

  context('');
  const [second = ''] = await session(staged, ids[1], [{ say: 'I see.' }], 'Go on.');
  for (const part of ['Begin the parser, says quince', 'parser.ts', 'failed, exit code 3', 'The parser is half done', 'Finish the parser', 'Recursive descent', 'That is all for today', 'when the session ended']) assert(second.includes(part), part);
  for (const part of ['marmalade', 'rosebud', 'Shut', 'shut-note', 'Rules of the house']) assert(!second.includes(part), part);
  assert(!first.join().includes('rosebud'));
  // In print mode the client may be gone before its last hook; then the checkpoint was written when the next session began.
  assert.deepEqual((await checkpoints(staged)).flatMap(({ session: of, trigger }) => (of === ids[0] ? [trigger] : [])), ['end', 'session']);
});

for (const hasTime of [true, false]) {
  test(`after /clear the conversation that begins knows what was done before${hasTime ? '' : ', though the last hook had no time'}`, { skip: skipTerminal, timeout: 240_000 }, async (t) => {
    const staged = await stage(t);
    await staged.wheelhouse(['install', 'claude']);
    if (!hasTime) withoutHook(join(staged.repo, '.claude/settings.local.json'), 'SessionEnd');
    // The hooks alone, or the client asks about the server first.
    rmSync(join(staged.repo, '.mcp.json'));
    const model = await startModel(() => ({ say: 'Noted.' }));
    t.after(() => model.close());
    const env = await claudeEnvironment({ home: staged.home, model, trusted: [staged.repo], extra: { NODE_COMPILE_CACHE: staged.env['NODE_COMPILE_CACHE'] ?? '' } });
    const terminal = await startInTerminal({ cwd: staged.repo, env, args: ['--session-id', ids[2]] });
    t.after(() => terminal.stop());
    await terminal.waitForScreen(/for shortcuts/);
    await terminal.type('Plant the quince tree');
    await terminal.send('Enter');
    await terminal.waitForScreen(/Noted\./);
    await terminal.type('/clear');
    await terminal.send('Enter');
    await until(terminal, 'the checkpoint', async () => {
      if ((await checkpoints(staged)).length > 0) return true;
      // A client that was not ready for the command has it still in its line.
      if (/^[^\n]*[>❯]\s*\/clear\s*$/m.test(await terminal.screen())) await terminal.send('Enter');
      return false;
    });
    await delay(2000);
    await terminal.type('What now?');
    await terminal.send('Enter');
    await until(terminal, 'the second request', () => Promise.resolve(model.turns.length >= 2));
    const last = JSON.stringify(model.turns.at(-1)?.request);
    assert.match(last, /What now/);
    assert.match(last, /Asked: Plant the quince tree/);
    assert.equal((await checkpoints(staged)).length, 1, 'it is written once, whoever was first');
  });
}

function withoutHook(file: string, event: string): void {
  const settings = JSON.parse(readFileSync(file, 'utf8')) as { hooks: Record<string, unknown> };
  assert(event in settings.hooks);
  writeFileSync(file, JSON.stringify({ ...settings, hooks: Object.fromEntries(Object.entries(settings.hooks).filter(([name]) => name !== event)) }));
}
