// Proves that the harness drives the real client: texts, tools, MCP servers and the terminal, with no network.

import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { claudeEnvironment, runPrint } from '../harness/claude/client.ts';
import { whyNoClaude } from '../harness/claude/install.ts';
import { scriptedModel } from '../harness/claude/model.ts';
import type { Step } from '../harness/claude/model.ts';
import { isAlive } from '../harness/claude/processes.ts';
import type { ClaudeTerminal } from '../harness/claude/terminal.ts';
import { startInTerminal, whyNoTerminal } from '../harness/claude/terminal.ts';

const skip = await whyNoClaude();
const skipTerminal = await whyNoTerminal();
const sessionId = '6f1c0f9e-2a51-4a55-9f0e-5d3f3f1f7a01';

async function stage(t: TestContext, steps: readonly Step[]) {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'claude-harness-')));
  const cwd = join(root, 'project');
  const home = join(root, 'home');
  await mkdir(cwd);
  const model = await scriptedModel(steps);
  const terminals: ClaudeTerminal[] = [];
  t.after(async () => {
    await Promise.all(terminals.map((terminal) => terminal.stop()));
    await model.close();
    await rm(root, { recursive: true, force: true, maxRetries: 3 });
  });
  const env = await claudeEnvironment({ home, model, trusted: [cwd] });
  const start = async (args: readonly string[]) => {
    const terminal = await startInTerminal({ cwd, env, args });
    terminals.push(terminal);
    return terminal;
  };
  return { root, cwd, home, env, model, start };
}

/** Writes an MCP server whose one tool tells what it was called with and what the client put into its environment. */
async function writeServer(folder: string): Promise<string> {
  const program = join(folder, 'server.mjs');
  await writeFile(program, `
    import { McpServer } from ${JSON.stringify(import.meta.resolve('@modelcontextprotocol/server'))};
    import { StdioServerTransport } from ${JSON.stringify(import.meta.resolve('@modelcontextprotocol/server/stdio'))};
    import { z } from ${JSON.stringify(import.meta.resolve('zod'))};
    const server = new McpServer({ name: 'echo', version: '1.0.0' });
    server.registerTool('tell', { description: 'Tells.', inputSchema: z.object({ word: z.string() }) }, ({ word }) => ({
      content: [{ type: 'text', text: [word, process.env.CLAUDE_CODE_SESSION_ID, process.env.CLAUDE_PROJECT_DIR].join(' ') }],
    }));
    await server.connect(new StdioServerTransport());
  `);
  const config = join(folder, 'mcp.json');
  await writeFile(config, JSON.stringify({ mcpServers: { echo: { command: process.execPath, args: [program] } } }));
  return config;
}

test('claude -p prints what the script says', { skip }, async (t) => {
  const { cwd, env, model } = await stage(t, [{ prompt: /^how are you$/, say: 'Scripted and well.' }]);
  const printed = await runPrint({ cwd, env, prompt: 'how are you' });
  assert.deepEqual(printed, { stdout: 'Scripted and well.\n', stderr: '', code: 0, timedOut: false });
  assert.equal(model.turns.length, 1);
});

test('a turn that the script does not know fails the run with its reason', { skip }, async (t) => {
  const { cwd, env } = await stage(t, [{ prompt: /expected/, say: 'never said' }]);
  const printed = await runPrint({ cwd, env, prompt: 'something else' });
  assert.notEqual(printed.code, 0);
  assert.match(printed.stdout, /The script has no answer to something else/);
});

test('a run that takes too long is ended with the command that it runs', { skip }, async (t) => {
  const { cwd, env } = await stage(t, [
    { prompt: /./, use: { name: 'Bash', input: { command: 'echo $$ > pid.txt; sleep 30; true', description: 'Sleeps' } } },
  ]);
  const printed = await runPrint({ cwd, env, prompt: 'wait', args: ['--allowedTools', 'Bash'], timeoutMs: 3000 });
  assert.deepEqual([printed.timedOut, printed.code], [true, undefined]);
  const command = Number(await readFile(join(cwd, 'pid.txt'), 'utf8'));
  // It takes a moment until the system has cleared away a killed process whose parent is gone.
  for (let tries = 0; isAlive(command) && tries < 50; tries += 1) await delay(50);
  assert.equal(isAlive(command), false);
});

const toolCases = [
  { name: 'Bash', allow: ['--allowedTools', 'Bash'], input: { command: 'printf made > made.txt', description: 'Makes a file' } },
  { name: 'Write', allow: ['--permission-mode', 'acceptEdits'], input: { file_path: 'made.txt', content: 'made' } },
];
for (const { name, allow, input } of toolCases) {
  const steps: Step[] = [{ prompt: /./, say: 'On it.', use: { name, input } }, { after: name, say: 'Done.' }];

  test(`a scripted ${name} runs when the arguments allow it`, { skip }, async (t) => {
    const { cwd, env, model } = await stage(t, steps);
    const printed = await runPrint({ cwd, env, prompt: 'make it', args: allow });
    assert.equal(printed.stdout, 'Done.\n');
    assert.equal(await readFile(join(cwd, 'made.txt'), 'utf8'), 'made');
    assert.equal(model.turns.at(-1)?.lastToolResult?.isError, false);
  });

  test(`a scripted ${name} does not run when nothing allows it`, { skip }, async (t) => {
    const { cwd, env, model } = await stage(t, steps);
    await runPrint({ cwd, env, prompt: 'make it' });
    await assert.rejects(readFile(join(cwd, 'made.txt')), { code: 'ENOENT' });
    assert.equal(model.turns.at(-1)?.lastToolResult?.isError, true);
  });
}

const callEcho: readonly Step[] = [
  { prompt: /./, use: { name: 'mcp__echo__tell', input: { word: 'seven' } } },
  { after: 'mcp__echo__tell', say: 'The echo came.' },
];

test('claude -p starts an MCP server of --mcp-config and brings its result back', { skip }, async (t) => {
  const { root, cwd, env, model } = await stage(t, callEcho);
  const args = ['--mcp-config', await writeServer(root), '--session-id', sessionId, '--allowedTools', 'mcp__echo__tell'];
  const printed = await runPrint({ cwd, env, prompt: 'ask', args });
  assert.deepEqual([printed.stdout, printed.code], ['The echo came.\n', 0]);
  assert.ok(model.turns[0]?.tools.includes('mcp__echo__tell'));
  assert.equal(model.turns[1]?.lastToolResult?.text, `seven ${sessionId} ${cwd}`);
});

test('in a terminal the client works on its prompt at once, with its MCP server', { skip: skipTerminal }, async (t) => {
  const { root, cwd, home, model, start } = await stage(t, callEcho);
  const config = await writeServer(root);
  const args = ['--session-id', sessionId, '--mcp-config', config, '--allowedTools', 'mcp__echo__tell,Read', '--', "it's\nasked"];
  const terminal = await start(args);
  await terminal.waitForScreen(/The echo came\./);
  assert.deepEqual(model.turns.map((turn) => turn.lastPrompt), ["it's\nasked", "it's\nasked"]);
  assert.equal(model.turns[1]?.lastToolResult?.text, `seven ${sessionId} ${cwd}`);

  const registered = join(home, '.claude/sessions', `${terminal.pid}.json`);
  assert.equal((JSON.parse(await readFile(registered, 'utf8')) as { sessionId: string }).sessionId, sessionId);
});

test('in a terminal keys answer a permission dialog and a second prompt is typed', { skip: skipTerminal }, async (t) => {
  const { root, model, start } = await stage(t, [...callEcho, { prompt: /^and now;$/, say: 'Now this.' }]);
  const terminal = await start(['--mcp-config', await writeServer(root), '--', 'ask']);
  await terminal.waitForScreen(/❯ 1\./);
  assert.equal(model.turns.length, 1);
  await terminal.send('Enter');
  await terminal.waitForScreen(/The echo came\./);
  await terminal.type('and now;');
  await terminal.send('Enter');
  await terminal.waitForScreen(/Now this\./);
  assert.deepEqual(model.turns.at(-1)?.toolResults, []);
});
