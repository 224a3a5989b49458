// Each rule on a screen: `RULE.txt` and `RULE.SOMETHING.txt` are screens on which just that rule decides. Those of Claude
// are from the real client 2.1.197, with a script's texts; those with boxes show how older ones looked. Those of opencode
// are from the real client 1.18.33.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { emojiOf, programOf, readScreen, readTitle, shippedRules, withRules, type RuleSays, type ScreenRules } from '../../../../src/core/sessions/screen/index.ts';
import { proportionate } from '../../../helpers/proportionate.ts';

const folder = import.meta.dirname;
const screens = readdirSync(folder).filter((name) => name.endsWith('.txt')).sort();
const screen = (name: string) => readFileSync(join(folder, `${name}.txt`), 'utf8');
const agentOf = (rule: string) => /^(claude|opencode)-/.exec(rule)?.[1] ?? 'some-llm';
const pane = { command: 'claude', title: '' };
const read = (rules: ScreenRules, name: string) => readScreen(rules, agentOf(name), pane, screen(name));

for (const file of screens) {
  const name = file.replace('.txt', '');
  test(`on the screen ${name} its rule decides`, () => {
    assert.equal(read(shippedRules, name)?.rule, name.split('.')[0]);
  });
}

test('every rule has a screen or a title', () => {
  const shown = new Set(screens.map((name) => name.split('.')[0]));
  assert.deepEqual(shippedRules.rules.filter(({ id, lines }) => !shown.has(id) && (lines.length > 0 || id === 'llm-otherwise')).map(({ id }) => id), []);
});

const reasons: readonly [string, RuleSays['state'], string?, string?][] = [
  ['claude-bash', 'waiting', 'approve', 'Bash: touch made.txt && rm -rf build'],
  ['claude-file', 'waiting', 'approve', 'create a.txt'],
  ['claude-file.moved', 'waiting', 'approve', 'make this edit to a.txt'],
  ['claude-file.narrow', 'waiting', 'approve', 'create src/a/long/folder/with/a/long name.txt'],
  ['claude-permission', 'waiting', 'approve'],
  ['claude-question', 'waiting', 'question', 'Which colour?'],
  ['claude-plan', 'waiting', 'plan'],
  ['claude-trust', 'waiting', 'trust'],
  ['claude-limit', 'waiting', 'limit'],
  ['claude-login', 'waiting', 'login'],
  ['claude-choice', 'waiting', 'input'],
  ['claude-idle', 'idle'],
  ['claude-boxed-idle', 'idle'],
  ['claude-interruptible', 'working'],
  ['claude-compacting', 'working', 'compact'],
  ['claude-background', 'working', 'background'],
  ['opencode-command', 'waiting', 'approve', 'bash: touch made.txt && rm -rf build'],
  ['opencode-command.wide', 'waiting', 'approve', 'bash: touch made.txt && rm -rf build'],
  ['opencode-permission', 'waiting', 'approve'],
  ['opencode-question', 'waiting', 'question'],
  ['opencode-working', 'working'],
  ['opencode-idle', 'idle'],
  ['llm-asks', 'waiting', 'approve'],
  ['llm-prompt', 'idle'],
  ['llm-otherwise', 'working'],
];
for (const [name, state, kind, detail] of reasons) {
  test(`the screen ${name} means ${[state, kind, detail].filter(Boolean).join(', ')}`, () => {
    const says = read(shippedRules, name);
    assert.deepEqual([says?.state, says?.reason?.kind, says?.reason?.detail], [state, kind, detail]);
  });
}

test('titles tell whether Claude works', () => {
  const state = (title: string) => readTitle(shippedRules, 'claude', { command: 'claude', title })?.state;
  for (const title of ['⠂ Claude Code', '⠐ x', '◐ x', '◓ x']) assert.equal(state(title), 'working', title);
  assert.equal(state('✳ Claude Code'), 'idle');
  for (const title of ['', 'vm', 'Claude Code', '✳']) assert.equal(state(title), undefined, title);
  assert.equal(readTitle(shippedRules, 'codex', { command: 'codex', title: '✳ x' }), undefined);
});

test('a program is known by its name', () => {
  const kinds = { llm: 'claude codex gemini opencode aider', editor: 'vim nvim vi emacs emacs-nox nano hx', script: 'python python3.12 node ruby', shell: 'bash zsh fish sh -zsh pwsh nu', other: 'htop less git ssh fish-market wash' };
  for (const [kind, names] of Object.entries(kinds)) for (const name of names.split(' ')) assert.equal(programOf(shippedRules, name).kind, kind, name);
});

test('the emojis are those of the status line', () => {
  assert.deepEqual([emojiOf('llm', 'waiting'), emojiOf('llm', 'idle'), emojiOf('llm', 'done'), emojiOf('llm', 'working'), emojiOf('llm', undefined)], ['💬', '💬', '💬', '🤖', '🤖']);
  assert.deepEqual((['editor', 'script', 'shell', 'other'] as const).map((kind) => emojiOf(kind, undefined)), ['📝', '🐍', '⌨️', '']);
});

test("a user's file replaces, removes and adds by id", () => {
  const rules = withRules(shippedRules, {
    version: 1,
    panes: [{ id: 'mine', kind: 'llm', agent: 'mine', command: '^mine$' }, { id: 'shell', off: true }],
    rules: [
      { id: 'claude-idle', agent: 'claude', when: { lines: ['shortcuts'] }, state: 'error', reason: { kind: 'api' } },
      { id: 'claude-background', off: true },
      { id: 'mine-asks', agent: 'mine', when: { last: 1, lines: ['^(?<what>.*)\\?$'], not: ['really'] }, state: 'waiting', reason: { kind: 'question', detail: '<$<what>>' } },
    ],
  });
  assert.equal(read(rules, 'claude-idle')?.state, 'error');
  assert.equal(read(rules, 'claude-background')?.rule, undefined);
  assert.equal(programOf(rules, 'bash').kind, 'other');
  assert.equal(programOf(rules, 'mine').agent, 'mine');
  assert.deepEqual(readScreen(rules, 'mine', pane, 'So\nWhy?\n\n')?.reason, { kind: 'question', detail: '<Why>' });
  assert.equal(readScreen(rules, 'mine', pane, 'really?'), undefined);
  assert.equal(readScreen(rules, 'mine', pane, 'Why?\nSo'), undefined);
});

const broken: readonly [string, unknown, RegExp][] = [
  ['no object', [], /the file is not an object/],
  ['no version', {}, /needs "version": 1/],
  ['a newer version', { version: 2 }, /needs "version": 1/],
  ['rules that are no list', { version: 1, rules: {} }, /"rules" is not a list/],
  ['a rule without an id', { version: 1, rules: [{}] }, /rules\[0\] has no "id"/],
  ['a broken expression', { version: 1, rules: [{ id: 'x', agent: '*', state: 'idle', when: { lines: ['('] } }] }, /rule "x": "lines" is no valid regular expression/],
  ['an unknown state', { version: 1, rules: [{ id: 'x', agent: '*', state: 'done', when: {} }] }, /rule "x": "state" is none of waiting/],
  ['an unknown reason', { version: 1, rules: [{ id: 'x', agent: '*', state: 'idle', when: {}, reason: { kind: 'why' } }] }, /reason's "kind"/],
  ['an unknown kind of pane', { version: 1, panes: [{ id: 'x', kind: 'cat', command: 'x' }] }, /rule "x": "kind"/],
];
for (const [name, file, message] of broken) {
  test(`a user's file with ${name} is refused in one sentence`, () => {
    assert.throws(() => withRules(shippedRules, file), { code: 'invalid-input', message });
  });
}

test('any screen is read, in proportion to its length', () => {
  const line = fc.oneof(fc.string(), fc.constantFrom('❯ 1. ', 'Do you want to ', ' Bash command', '─'.repeat(40), '❯ ', '│ > ', 'a'.repeat(5000), ' '.repeat(5000), 'Would you like to proceed?', '✻ x… ('));
  fc.assert(fc.property(fc.array(line, { maxLength: 80 }), fc.constantFrom('claude', 'codex'), (lines, agent) => {
    const says = readScreen(shippedRules, agent, pane, lines.join('\n'));
    assert(says === undefined || (says.reason?.detail ?? '').length <= 160);
  }), { seed: 5, numRuns: 300 });
  for (const unit of ['❯ 1. ', 'Do you want to ', ' Bash command', '─', '│ > ', 'a', ' ', '✻ x… (']) {
    for (const end of ['', '\n']) proportionate({ n: 400_000, make: (n) => (unit + end).repeat(n / unit.length), run: (text) => readScreen(shippedRules, 'claude', pane, text) });
  }
});
