import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseStatus } from '../../../../src/faces/vscode/review/fixRun/agentStatus.ts';
import { claudeArguments, mcpConfig } from '../../../../src/faces/vscode/review/fixRun/claude.ts';
import { findProgram } from '../../../../src/faces/vscode/support/programs.ts';

test('the prompt is the last argument, behind `--`, as it is', () => {
  const prompt = '--dangerous "$(id)"\n; rm -rf';
  const args = claudeArguments({ session: 'uuid', mcpConfig: '/data/mcp.json', prompt });
  assert.deepEqual(args.slice(-2), ['--', prompt]);
  assert.deepEqual(args.slice(0, 4), ['--session-id', 'uuid', '--mcp-config', '/data/mcp.json']);
  const allowed = args[args.indexOf('--allowedTools') + 1]?.split(',') ?? [];
  assert.ok(allowed.includes('mcp__wheelhouse__review_done') && allowed.every((tool) => tool.startsWith('mcp__wheelhouse__')));
});

test('the MCP configuration', () => {
  assert.deepEqual(JSON.parse(mcpConfig({ command: '/data/bin/wheelhouse', args: ['mcp'] })), { mcpServers: { wheelhouse: { type: 'stdio', command: '/data/bin/wheelhouse', args: ['mcp'] } } });
});

describe('finding a program', () => {
  const there = (...paths: string[]) => (path: string) => Promise.resolve(paths.includes(path));
  const env = { PATH: '/a:relative:/b' };
  const cases: { name: string; wanted: string; files: string[]; windows?: boolean; found: string | undefined }[] = [
    { name: 'the first on PATH', wanted: 'claude', files: ['/b/claude', '/a/claude'], found: '/a/claude' },
    { name: 'an absolute path', wanted: '/opt/claude', files: ['/opt/claude', '/a/claude'], found: '/opt/claude' },
    { name: 'an absolute path that is not there', wanted: '/opt/claude', files: ['/a/claude'], found: undefined },
    { name: 'no relative path', wanted: './claude', files: ['./claude', '/a/./claude'], found: undefined },
    { name: 'no relative folder of PATH', wanted: 'claude', files: ['relative/claude'], found: undefined },
    { name: 'nothing', wanted: ' ', files: ['/a/'], found: undefined },
    { name: 'no script on Windows', wanted: 'claude', files: ['/a/claude.cmd', '/b/claude.exe'], windows: true, found: '/b/claude.exe' },
  ];
  for (const { name, wanted, files, windows = false, found } of cases) {
    test(name, async () => assert.equal(await findProgram(wanted, env, there(...files), windows), found));
  }
});

describe('the registry of the agent', () => {
  const cases: { name: string; text: string; status: unknown }[] = [
    { name: 'waiting, and for what', text: '{"sessionId":"s","status":"waiting","waitingFor":"permission prompt"}', status: { status: 'waiting', waitingFor: 'permission prompt' } },
    { name: 'a status of later days', text: '{"sessionId":"s","status":"dreaming"}', status: { status: undefined, waitingFor: undefined } },
    { name: 'another session', text: '{"sessionId":"t","status":"idle"}', status: undefined },
    { name: 'half a file', text: '{"sessionId":"s","sta', status: undefined },
    { name: 'null', text: 'null', status: undefined },
  ];
  for (const { name, text, status } of cases) test(name, () => assert.deepEqual(parseStatus(text, 's'), status));
});
