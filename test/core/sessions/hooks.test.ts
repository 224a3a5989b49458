/** The hooks in Claude Code's settings: in beside the user's own, and out again without a trace. */
import assert from 'node:assert/strict';
import { posix } from 'node:path';
import { describe, test } from 'node:test';
import { addClaudeHooks, claudeHooksFile, readClaudeHooks, removeClaudeHooks } from '../../../src/core/sessions/index.ts';

const launcher = "/home/o'neil/data/bin/wheelhouse";
const options = { launcher };
const file = 'settings.json';
const userHook = { matcher: 'Bash', hooks: [{ type: 'command', command: 'notify-send done' }] };
type Settings = { hooks: Record<string, { hooks: { command: string }[] }[]> };

const files: Record<string, string> = {
  'an empty object': '{}',
  'other settings': '{\n  "model": "opus",\n  "permissions": { "allow": ["Bash(ls:*)"], "deny": [] }\n}\n',
  'hooks of the user, also for the same events': `${JSON.stringify({ hooks: { Stop: [userHook], PreToolUse: [userHook, userHook] }, model: 'opus' }, null, 2)}\n`,
  'tabs and CRLF': JSON.stringify({ model: 'opus', hooks: { Stop: [userHook] } }, null, '\t').replaceAll('\n', '\r\n'),
  'four spaces, no line end': JSON.stringify({ hooks: { SessionEnd: [userHook] }, z: 1 }, null, 4),
  'one line': JSON.stringify({ hooks: { Stop: [userHook], UserPromptSubmit: [userHook] }, model: 'opus' }),
  'a layout of its own': '{ "hooks":\n    { "Stop": [ { "hooks": [ {"type":"command","command":"echo \\"]}\\""} ] } ] }\n , "a" : [1,\n2] }',
};

describe('in and out again', () => {
  for (const [name, before] of Object.entries(files)) {
    test(name, () => {
      const after = addClaudeHooks(before, file, options);
      const parsed = JSON.parse(after) as Settings;
      assert.equal(readClaudeHooks(after, file), 'all');
      assert.equal(addClaudeHooks(after, file, options), after, 'twice is once');
      assert.equal(parsed.hooks['Stop']?.at(-1)?.hooks[0]?.command, `'/home/o'\\''neil/data/bin/wheelhouse' hook || exit 0`);
      assert.equal(removeClaudeHooks(after, file), before);
    });
  }

  test('no file', () => {
    const made = addClaudeHooks(undefined, file, options);
    assert.equal(readClaudeHooks(made, file), 'all');
    assert.equal(removeClaudeHooks(made, file), undefined);
    assert.equal(removeClaudeHooks(undefined, file), undefined);
  });
});

test('another launcher takes the place of the old one, and the timeout that the user chose stays', () => {
  const old = addClaudeHooks(files['other settings'], file, { launcher: '/old/bin/wheelhouse' }).replaceAll('"timeout": 10', '"timeout": 3');
  const after = addClaudeHooks(old, file, options);
  assert.doesNotMatch(after, /\/old\//);
  assert.equal(after.match(/"timeout": 3/g)?.length, 14);
  assert.equal(removeClaudeHooks(after, file), files['other settings']);
});

test('of another version, what is missing is added, and what is too much goes', () => {
  const all = addClaudeHooks('{}', file, options);
  const settings = JSON.parse(all) as Settings;
  const { Stop: stop = [], ...rest } = settings.hooks;
  const other = JSON.stringify({ hooks: { ...rest, OldEvent: stop } }, null, 2);
  assert.equal(readClaudeHooks(other, file), 'some');
  const after = addClaudeHooks(other, file, options);
  assert.equal(readClaudeHooks(after, file), 'all');
  assert.equal(removeClaudeHooks(after, file), '{}');
});

test('of a version in which the agent does not wait for what it is told now, the entries are brought up in place', () => {
  const now = addClaudeHooks(undefined, file, options);
  const old = now.replaceAll(/"timeout": 10(?=\n)/g, '"timeout": 10,\n            "async": true');
  assert.equal(readClaudeHooks(old, file), 'some');
  assert.equal(addClaudeHooks(old, file, options), now);
  const settings = JSON.parse(now) as { hooks: Record<string, { hooks: { async?: boolean }[] }[]> };
  const waited = Object.entries(settings.hooks).flatMap(([event, [entry]]) => (entry?.hooks[0]?.async === true ? [] : [event]));
  assert.deepEqual(waited, ['PreToolUse', 'SessionStart', 'PreCompact', 'Stop', 'SessionEnd']);
});

test('a command that the user put beside ours stays', () => {
  const settings = JSON.parse(addClaudeHooks('{}', file, options)) as Settings;
  settings.hooks['Stop']?.[0]?.hooks.unshift({ command: 'mine' });
  assert.deepEqual(JSON.parse(removeClaudeHooks(JSON.stringify(settings), file) ?? ''), { hooks: { Stop: [{ hooks: [{ command: 'mine' }] }] } });
});

test('hooks of others that look alike stay', () => {
  const text = JSON.stringify({ hooks: { Stop: [{ hooks: [{ type: 'command', command: '/usr/bin/wheelhouse-of-mine hook' }] }] } });
  assert.equal(removeClaudeHooks(text, file), text);
  assert.equal(readClaudeHooks(text, file), 'none');
});

test('where they belong', () => {
  const places = { workspace: '/w', home: '/h', configFolder: undefined };
  const cases: ['workspace' | 'user', string | undefined, string][] = [['workspace', undefined, '/w/.claude/settings.local.json'], ['user', undefined, '/h/.claude/settings.json'], ['user', '/c', '/c/settings.json'], ['user', '', '/h/.claude/settings.json']];
  for (const [scope, configFolder, expected] of cases) assert.equal(claudeHooksFile(posix, scope, { ...places, configFolder }), expected);
});

test('what is no settings file is refused and left alone', () => {
  for (const text of ['[]', '"x"', '{"hooks": []}', '{"hooks": {"Stop": {}}}', '{"hooks":']) {
    assert.throws(() => addClaudeHooks(text, file, options), { code: 'invalid-input' }, text);
  }
});
