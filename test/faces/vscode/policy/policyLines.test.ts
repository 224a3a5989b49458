/** Help at the cursor of a policy file; `|` is the cursor. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultPolicyText } from '../../../../src/core/policy/index.ts';
import { keyUnder, proposalsAt, sectionAt } from '../../../../src/faces/vscode/policy/policyLines.ts';

function at(text: string) {
  const before = text.slice(0, text.indexOf('|')).split('\n');
  return { lines: text.replace('|', '').split('\n'), line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

const proposals: readonly { name: string; text: string; has: readonly string[]; not?: readonly string[] }[] = [
  { name: 'an empty file: the keys of the top', text: '|', has: ['version', 'read', 'write', 'commands', 'failClosed', 'sandbox'], not: ['deny'] },
  { name: 'a word at the top', text: 'version: 1\nre|', has: ['read'], not: ['deny'] },
  { name: 'in a section: its keys', text: 'read:\n  |', has: ['deny', 'ask', 'only'], not: ['read', 'unclear'] },
  { name: 'in another section, behind a list', text: 'read:\n  deny:\n    - .env\ncommands:\n  un|', has: ['unclear', 'deny', 'ask'], not: ['only'] },
  { name: 'values of a choice', text: 'sandbox: |', has: ['off', 'on', 'required'], not: ['read'] },
  { name: 'values of a choice in a section', text: 'commands:\n  unclear: a|', has: ['allow', 'ask', 'deny'] },
  { name: 'values of a flag', text: 'failClosed: |', has: ['true', 'false'] },
  { name: 'entries that are usual and not there yet', text: 'read:\n  deny:\n    - .env\n    - |', has: ['"*.env"', '~/.ssh'], not: ['.env', 'sudo'] },
  { name: 'entries of a list that is as far in as its key', text: 'commands:\n  ask:\n  - |', has: ['sudo'], not: ['~/.ssh'] },
  { name: 'nothing in a comment', text: 'read:\n  # |', has: [], not: ['deny'] },
];
for (const { name, text, has, not = [] } of proposals) {
  test(`proposes: ${name}`, () => {
    const { lines, line, character } = at(text);
    const labels = proposalsAt(lines, line, character).map(({ label }) => label);
    assert.deepEqual({ missing: has.filter((label) => !labels.includes(label)), wrong: not.filter((label) => labels.includes(label)) }, { missing: [], wrong: [] });
    if (has.length === 0) assert.deepEqual(labels, []);
  });
}

const keys: readonly [string, string | undefined][] = [
  ['read:\n  de|ny:\n', 'read.deny'],
  ['comm|ands:\n', 'commands'],
  ['commands:\n  deny|: []', 'commands.deny'],
  ['read:\n  deny: [|]', undefined],
  ['nonsense|: 1', undefined],
  ['read:\n  deny:\n    - de|ny', undefined],
];
for (const [text, path] of keys) {
  test(`explains ${JSON.stringify(text)}: ${path ?? 'nothing'}`, () => {
    const { lines, line, character } = at(text);
    assert.equal(keyUnder(lines, line, character)?.key.path, path);
  });
}

test('each key of the default policy is known where it stands', () => {
  const lines = defaultPolicyText('repository').split('\n');
  const found = lines.flatMap((text, line) => (/^ *\w+:/.test(text) ? [[text, keyUnder(lines, line, text.search(/\w/))?.key.path] as const] : []));
  assert(found.length > 8);
  assert.deepEqual(found.filter(([, path]) => path === undefined), []);
  assert.equal(sectionAt(lines, lines.findIndex((text) => text.includes('~/.ssh'))), 'read.deny');
});
