/** The policy in the words of Claude Code, into its settings and out again without a trace. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { addOurs, agentRules, removeOurs, unifiedDiff } from '../../../src/core/policy/index.ts';
import { policyOf } from './look.ts';

const policy = policyOf('read:\n  deny: [.env, ~/.ssh]\n  only: [.]\nwrite:\n  deny: [docs/fixed]\n  ask: [x.yml]\ncommands:\n  ask: [git push]\nsandbox: required\n');
const rules = agentRules(policy, ['/work/repo/a.lock']);
const file = 'settings.json';

test('rules: names at any depth from the root and from the project, folders with all in them, commands as prefixes', () => {
  assert.deepEqual(rules.deny.slice(0, 8), ['Read(//**/.env)', 'Read(//**/.env/**)', 'Read(**/.env)', 'Read(**/.env/**)', 'Edit(//**/.env)', 'Edit(//**/.env/**)', 'Edit(**/.env)', 'Edit(**/.env/**)']);
  for (const rule of ['Read(//home/u/.ssh)', 'Read(//home/u/.ssh/**)', 'Edit(//home/u/.ssh/**)', 'Edit(//work/repo/docs/fixed/**)', 'Edit(//work/repo/.wheelhouse/policy.yaml)']) assert(rules.deny.includes(rule), rule);
  assert(!rules.deny.some((rule) => rule.startsWith('Read(//work/repo/docs/fixed')));
  assert.deepEqual(rules.ask.filter((rule) => rule.startsWith('Bash')), ['Bash(git push:*)']);
  assert.deepEqual(rules.missing.map(({ kind }) => kind), ['only']);
  assert.deepEqual(rules.sandbox?.denyRead, ['/home/u/.ssh'], 'names come into it with the rules');
  assert(rules.sandbox.denyWrite.includes('/work/repo/a.lock'));
  assert.deepEqual([rules.sandbox.byName, rules.sandbox.onlyNow], [['.env'], []]);
});

const files: Readonly<Record<string, string>> = {
  'an empty object': '{}', 'rules of the user': '{\n  "permissions": {\n    "allow": ["Bash(ls:*)"],\n    "deny": [\n      "Read(//**/.env)",\n      "WebFetch"\n    ]\n  }\n}\n', 'one line': '{"permissions":{"deny":["WebFetch"],"ask":[]},"model":"opus"}', 'empty lists': '{ "permissions": { "deny": [ ], "ask": [] } , "a" : 1 }', 'a sandbox that is off': '{\n\t"sandbox": { "enabled": false, "filesystem": { "denyRead": ["/x"] } }\n}\r\n', 'comments and trailing commas': '{\n  // mine\n  "permissions": {\n    "deny": [\n      "WebFetch", // no web\n    ],\n  },\n}\n',
};
for (const [name, before] of Object.entries(files)) {
  test(`in and out: ${name}`, () => {
    const { text, applied } = addOurs(before, file, rules);
    assert.notEqual(text, before);
    assert.equal(addOurs(text, file, rules).text, text, 'twice is once');
    if (name !== 'empty lists') assert.equal(removeOurs(text, file, applied), before);
    assert(applied.lists.every(({ added }) => name !== 'rules of the user' || !added.includes('Read(//**/.env)')), 'the user\'s own is not ours');
  });
}

test('a sandbox takes no question from the user who has not said so', () => {
  const asks = (text: string) => (JSON.parse(addOurs(text, file, rules).text) as { sandbox: { autoAllowBashIfSandboxed: boolean } }).sandbox.autoAllowBashIfSandboxed;
  assert.deepEqual([asks('{}'), asks('{"sandbox":{"autoAllowBashIfSandboxed":true}}')], [false, true]);
});

test('what the user changes in between is the user\'s', () => {
  const { text, applied } = addOurs('{"permissions":{"deny":["WebFetch"]},"sandbox":{"enabled":false}}', file, rules);
  const changed = JSON.parse(text) as { permissions: { deny: string[] }; sandbox: Record<string, unknown> };
  changed.permissions.deny = ['Mine', ...changed.permissions.deny.filter((rule) => rule !== 'Read(**/.env)'), 'Last'];
  changed.sandbox['failIfUnavailable'] = false;
  assert.deepEqual(JSON.parse(removeOurs(JSON.stringify(changed), file, applied)), { permissions: { deny: ['Mine', 'WebFetch', 'Last'] }, sandbox: { enabled: false, failIfUnavailable: false } });
});

describe('what is no settings file is refused, and nothing is guessed', () => {
  for (const text of ['[]', '{"permissions": []}', '{"permissions": {"deny": {}}}', '{"permissions": 7}', '{', '{"sandbox": "on"}']) test(text, () => assert.throws(() => addOurs(text, file, rules), { code: 'invalid-input' }));
});

test('any settings come back as the same value', () => {
  const rule = fc.constantFrom('WebFetch', 'Read(//**/.env)', 'Bash(ls:*)', 'Edit(x)');
  const settings = fc.record({ permissions: fc.record({ deny: fc.uniqueArray(rule), ask: fc.uniqueArray(rule) }, { requiredKeys: [] }), sandbox: fc.record({ enabled: fc.boolean() }, { requiredKeys: [] }), model: fc.string() }, { requiredKeys: [] });
  fc.assert(fc.property(settings, fc.constantFrom(undefined, 2, '\t'), (value, indent) => {
    const before = JSON.stringify(value, null, indent);
    const { text, applied } = addOurs(before, file, rules);
    assert.deepEqual(JSON.parse(removeOurs(text, file, applied)), JSON.parse(before));
  }), { seed: 7, numRuns: 300 });
});

describe('the difference as diff -u prints it', () => {
  const rows: readonly (readonly [before: string, after: string, wanted: string])[] = [
    ['a\n', 'a\n', ''], ['', 'a\n', '--- /dev/null\n+++ f\n@@ -0,0 +1,1 @@\n+a\n'], ['a\n', '', '--- f\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-a\n'], ['a\nb\nc\n', 'a\nx\nc\n', '--- f\n+++ f\n@@ -1,3 +1,3 @@\n a\n-b\n+x\n c\n'], ['a', 'b', '--- f\n+++ f\n@@ -1,1 +1,1 @@\n-a\n\\ No newline at end of file\n+b\n\\ No newline at end of file\n'],
  ];
  for (const [before, after, wanted] of rows) test(JSON.stringify([before, after]), () => assert.equal(unifiedDiff(before, after, 'f'), wanted));
});
