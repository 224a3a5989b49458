import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import fc from 'fast-check';
import { resumeCommand } from '../../../../src/faces/vscode/sessions/shellText.ts';
import { explainMarkdown, literal, tooltipMarkdown } from '../../../../src/faces/vscode/sessions/texts.ts';
import { branchFrom, worktreeFolder } from '../../../../src/faces/vscode/sessions/worktree.ts';
import { NOW, session } from './sample.ts';

const hostile = '[x](command:evil) <img src=x> `code` **b** $(bug)';

test('nothing of a session becomes a link, markup or an icon', () => {
  const facts = { name: hostile, title: hostile, lastPrompt: hostile, lastAnswer: hostile, cwd: `/work/${hostile}`, branch: hostile, model: hostile };
  const one = session(1, 'waiting', 3, { facts, evidence: { reason: { kind: 'approve', detail: hostile }, says: hostile } });
  for (const text of [tooltipMarkdown(one, NOW, { memoryBytes: 2e8, cpuPercent: 3 }), explainMarkdown(one, NOW)]) {
    assert(text.includes('command\\:evil'));
    // Every bracket, angle and dollar of theirs stands behind a backslash.
    assert.doesNotMatch(text, /(?<!\\)\]\(|(?<!\\)<|(?<!\\)`|(?<!\\)\$\(/);
  }
  assert.doesNotMatch(literal(hostile), /\]\(|\$\(/);
});

test('the tooltip has the evidence, the place, the use of memory and the last words', () => {
  const facts = { branch: 'main', model: 'opus', usage: { contextTokens: 45_231, outputTokens: 1 }, lastPrompt: 'go on', place: { kind: 'tmux', pane: '%1', session: 'work', window: '2:tests' } } as const;
  const text = tooltipMarkdown(session(7, 'waiting', 3, { facts, evidence: { reason: { kind: 'plan' } } }), NOW, { memoryBytes: 300 * 1024 * 1024, cpuPercent: 4 }).replaceAll('\\', '');
  for (const part of ['**s7** — waiting: a plan to approve', 'since 2026-11-25 11:57', 'register said status waiting', 'Branch: main', 'opus · 45,231 tokens in context', 'Where: tmux work, window 2:tests', 'Process: 7 · 300 MB · CPU 4 %', 'go on']) assert(text.includes(part), part);
});

test('the resume command takes any folder as it is, in a real shell', { skip: process.platform === 'win32' }, () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter((text) => !/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(text)), (name) => {
      const line = resumeCommand(`/${name}`, 'abc-1', false).replace(/^cd /, 'printf %s ').replace(/ && claude --resume abc-1$/, '');
      assert.equal(execFileSync('/bin/sh', ['-c', line], { encoding: 'utf8' }), `/${name}`);
    }),
    { seed: 7, numRuns: 30 },
  );
  assert.equal(resumeCommand("C:\\o'k", 'abc', true), "Set-Location -LiteralPath 'C:\\o''k'; claude --resume abc");
});

for (const [folder, id] of [['/a\nb', 'abc'], ['/a', 'x; rm'], ['/a', '--help'], ['/a\u001b[200~', 'abc']] as const) {
  test(`no resume command for ${JSON.stringify([folder, id])}`, () => assert.throws(() => resumeCommand(folder, id, false), { code: 'refused' }));
}

const branches: [text: string, branch: string | undefined][] = [
  ['fix login', 'fix-login'],
  ['feature/größer', 'feature/größer'],
  ['', undefined],
  ['-D', undefined],
  ['a..b', undefined],
  ['a/../b', undefined],
  ['x.lock', undefined],
  ['a//b', undefined],
];
for (const [text, branch] of branches) test(`branch of ${JSON.stringify(text)}`, () => assert.equal(branchFrom(text), branch));

test('a work tree lies beside its repository', () => {
  assert.equal(worktreeFolder('/home/u/shop', 'fix/login', (...parts) => new URL(`file://${parts.join('/')}`).pathname), '/home/u/shop-fix-login');
});
