import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { nodeFiles } from '../../../../src/adapters/node/files.ts';
import { doctorMarkdown } from '../../../../src/faces/vscode/install/doctorText.ts';
import { claudeSettings, rewrite } from '../../../../src/faces/vscode/install/settingsFile.ts';

test('where the settings of Claude Code are', () => {
  assert.equal(claudeSettings('workspace', '/work', {}), '/work/.mcp.json');
  assert.equal(claudeSettings('user', '/work', { HOME: '/home/a' }), '/home/a/.claude.json');
  assert.equal(claudeSettings('user', '/work', { HOME: '/home/a', CLAUDE_CONFIG_DIR: '/etc/claude' }), '/etc/claude/.claude.json');
});

test('a file is created, changed, left alone and removed', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'wh-install-'));
  t.after(() => rm(folder, { recursive: true }));
  const file = join(folder, 'x.json');
  assert.equal(await rewrite(nodeFiles, file, () => 'one'), 'created');
  assert.equal(await rewrite(nodeFiles, file, (text) => `${text} two`), 'changed');
  assert.equal(await rewrite(nodeFiles, file, (text) => text), 'none');
  assert.equal(await nodeFiles.readText(file), 'one two');
  assert.equal(await rewrite(nodeFiles, file, () => undefined), 'removed');
});

test('a file that somebody else writes meanwhile is read again; for ever is too long', async () => {
  let writes = 0;
  const files = { readText: () => Promise.resolve('x'), remove: () => Promise.resolve(), replaceText: () => Promise.resolve(++writes < 3 ? ('changed' as const) : ('written' as const)) };
  assert.equal(await rewrite(files, 'f', () => 'y'), 'changed');
  assert.equal(writes, 3);
  await assert.rejects(rewrite({ ...files, replaceText: () => Promise.resolve('changed') }, 'f', () => 'y'), { code: 'conflict' });
});

test('the page of the doctor begins with what is wrong', () => {
  const page = doctorMarkdown(
    [
      { level: 'ok', check: 'git', message: 'git version 2.43' },
      { level: 'warn', check: 'hook', message: 'not | there', fix: 'Install it.' },
      { level: 'fail', check: 'log', message: '<b>gone</b>' },
    ],
    '0.1.0',
  );
  assert.match(page, /^# Wheelhouse Doctor\n\n1 thing does not work\.\n\n### ✗ log\n\n\\<b\\>gone\\<\\\/b\\>\n\n### ! hook\n\nnot \\\| there\n\n\*\*What to do:\*\* Install it\\\.\n/);
  assert.match(page, /^\| ✓ \| git \| git version 2\\\.43 \|$/m);
  assert.match(doctorMarkdown([{ level: 'ok', check: 'a', message: 'b' }], '1'), /Everything is in order\./);
});
