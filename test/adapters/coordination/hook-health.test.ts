/** Whether the hooks do what they are there for. */
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { forgetHookError, lastHookError, noteHookError } from '../../../src/adapters/node/coordination/hook-error.ts';
import { recordEvent } from '../../../src/adapters/node/audit/record.ts';
import { hookHealth } from '../../../src/adapters/node/coordination/hook-health.ts';
import { worksAgain } from '../../../src/adapters/node/coordination/hook-recovery.ts';
import { appendEvent } from '../../../src/adapters/node/sessions/event-file.ts';
import { addClaudeHooks, recordOf } from '../../../src/core/sessions/index.ts';

test('every way in which they can be broken is named, and nothing else is', async (t) => {
  const root = mkdtempSync(join(tmpdir(), "wheelhouse-hook's-"));
  t.after(() => rmSync(root, { recursive: true, force: true }));
  const [workspace, dataRoot] = [join(root, 'repo'), join(root, 'data')];
  const [settings, launcher] = [join(workspace, '.claude', 'settings.local.json'), join(dataRoot, 'bin', 'wheelhouse')];
  mkdirSync(join(workspace, '.claude'), { recursive: true });
  mkdirSync(join(dataRoot, 'bin'), { recursive: true });
  const NOW = 1_700_000_000_000;
  const look = async () => {
    const found = await hookHealth({ workspace, dataRoot, env: { HOME: root } }, NOW);
    return found === undefined ? 'none' : `${found.scope}: ${found.problem ?? 'well'}`;
  };
  assert.equal(await look(), 'none');
  const text = addClaudeHooks(undefined, settings, { launcher });
  writeFileSync(settings, text);
  assert.equal(await look(), `workspace: they start ${launcher}, which is not there`);
  writeFileSync(launcher, '#!/bin/sh\n');
  if (process.getuid?.() !== 0) assert.match(await look(), /cannot be run/);
  chmodSync(launcher, 0o755);
  assert.equal(await look(), 'workspace: well');
  const change = (work: (hooks: Record<string, { matcher?: string }[]>) => void) => {
    const parsed = JSON.parse(text) as { hooks: Record<string, { matcher?: string }[]> };
    work(parsed.hooks);
    writeFileSync(settings, JSON.stringify(parsed));
  };
  change((hooks) => delete hooks['Stop']);
  assert.equal(await look(), 'workspace: they are those of another version');
  change((hooks) => (hooks['PreToolUse']![0]!.matcher = 'Bash|Edit'));
  assert.match(await look(), /^workspace: (none of them sees the tool Write, MultiEdit, NotebookEdit before it edits|they are those of another version)$/);
  writeFileSync(settings, text);
  noteHookError(dataRoot, 'PreToolUse', new Error('the disk is full'), NOW - 60_000);
  assert.equal(await look(), 'workspace: one has failed lately (PreToolUse): the disk is full');
  noteHookError(dataRoot, 'Stop', 'old', NOW - 2 * 86_400_000);
  assert.equal(await look(), 'workspace: well');
  forgetHookError(dataRoot);
  assert.equal(lastHookError(dataRoot), undefined);
  noteHookError('/dev/null/no/folder', 'Stop', 'nobody can be told', NOW);
});

test('what failed is forgotten when the same works again, and not before', (t) => {
  const dataRoot = mkdtempSync(join(tmpdir(), 'wheelhouse-hook-'));
  t.after(() => rmSync(dataRoot, { recursive: true, force: true }));
  const NOW = Date.now() - 10_000;
  const call = (name: string, tool: string, at: number) => recordEvent(dataRoot, { session_id: 's', hook_event_name: name, tool_name: tool, tool_input: {}, cwd: dataRoot }, at);
  const takenDown = (name: string, at: number) => appendEvent(dataRoot, recordOf({ session_id: 's', hook_event_name: name }, at)!);
  const after = (...error: [event: string, tool?: string]) => {
    noteHookError(dataRoot, error[0], 'it broke', NOW, error[1]);
    return worksAgain(dataRoot, lastHookError(dataRoot)!);
  };
  const steps: readonly (readonly [what: string, happens: () => void, edit: boolean, stop: boolean, audit: boolean])[] = [
    ['nothing was ever taken down', () => undefined, false, false, false],
    ['an edit, before it failed', () => call('PreToolUse', 'Edit', NOW - 1), false, false, false],
    ['another tool, later', () => call('PreToolUse', 'Read', NOW + 1), false, false, true],
    ['what came of an edit', () => call('PostToolUse', 'Edit', NOW + 2), false, false, true],
    ['another event of a session', () => takenDown('UserPromptSubmit', NOW + 3), false, false, true],
    ['an edit, later', () => call('PreToolUse', 'Edit', NOW + 4), true, false, true],
    ['the end of a turn, later', () => takenDown('Stop', NOW + 5), true, true, true],
  ];
  for (const [what, happens, ...expected] of steps) {
    happens();
    assert.deepEqual([after('PreToolUse', 'Edit'), after('Stop'), after('audit')], expected, what);
  }
});
