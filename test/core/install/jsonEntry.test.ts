import assert from 'node:assert/strict';
import { test } from 'node:test';
import { agents, readMcpEntry } from '../../../src/core/install/index.ts';

const command = '/data/bin/wheelhouse';
const ours = { type: 'stdio', command, args: ['mcp'] };
const add = (text: string | undefined, force = false) => agents.claude.format.add(text, 'f.json', { name: 'wheelhouse', command }, force);
const remove = (text: string | undefined, force = false) => agents.claude.format.remove(text, 'f.json', 'wheelhouse', force);

const kept: readonly { name: string; text: string }[] = [
  { name: 'other servers, two spaces', text: '{\n  "mcpServers": {\n    "a": {\n      "command": "x"\n    }\n  }\n}\n' },
  { name: 'other servers, tabs, no newline at the end', text: '{\n\t"mcpServers": {\n\t\t"a": { "command": "x" },\n\t\t"b": {}\n\t}\n}' },
  { name: 'CRLF', text: '{\r\n    "mcpServers": {\r\n        "a": {}\r\n    },\r\n    "x": 1\r\n}\r\n' },
  { name: 'no servers yet', text: '{\n  "theme": "dark",\n  "n": [1, 2.50, 1e3]\n}\n' },
  { name: 'on one line', text: '{"mcpServers":{"a":{"command":"x"}},"z":"}{\\"],"}' },
  { name: 'on one line with spaces', text: '{ "mcpServers": { "a": { "command": "x" } } }\n' },
  { name: 'odd layout', text: '{"mcpServers" :\n {"a":{}\n ,"b":[ ]}\n, "c":null }' },
  { name: 'empty object with space', text: '{ "x": {} }\n' },
  { name: 'escaped keys', text: '{\n  "a\\"b": 1,\n  "\\u006dcpOther": {}\n}\n' },
];
for (const { name, text } of kept) {
  test(`install and uninstall leave the rest as it is: ${name}`, () => {
    const installed = add(text);
    assert.deepEqual((JSON.parse(installed) as { mcpServers: unknown }).mcpServers, { ...(JSON.parse(text) as { mcpServers?: object }).mcpServers, wheelhouse: ours });
    assert.equal(add(installed), installed, 'a second time changes nothing');
    assert.equal(remove(installed), text);
    assert.equal(installed.includes('\r\n'), text.includes('\r\n'));
    assert.ok(!/[^\r]\n/.test(installed) || !text.includes('\r\n'), 'one kind of line end');
  });
}

test('a file that was made for it goes away with it', () => {
  for (const nothing of [undefined, '', ' \n']) assert.equal(remove(add(nothing)), undefined);
  assert.deepEqual(JSON.parse(add(undefined)), { mcpServers: { wheelhouse: ours } });
});

test('a new member looks like its neighbours', () => {
  assert.equal(add('{\n\t"mcpServers": {\n\t\t"a": {}\n\t}\n}'), '{\n\t"mcpServers": {\n\t\t"a": {},\n\t\t"wheelhouse": {\n\t\t\t"type": "stdio",\n\t\t\t"command": "/data/bin/wheelhouse",\n\t\t\t"args": [\n\t\t\t\t"mcp"\n\t\t\t]\n\t\t}\n\t}\n}');
  assert.equal(add('{"a":1}'), '{"a":1,"mcpServers":{"wheelhouse":{"type":"stdio","command":"/data/bin/wheelhouse","args":["mcp"]}}}');
});

test("a launcher that moved is corrected, and what the user added to the entry stays", () => {
  const changed = JSON.stringify({ mcpServers: { wheelhouse: { command: '/old/bin/wheelhouse', args: ['mcp', '--tools', 'review'], timeout: 5000 } } }, null, 1);
  assert.equal(add(changed), changed.replace('/old/', '/data/'));
  assert.deepEqual(readMcpEntry(changed, 'f'), { kind: 'ours', command: '/old/bin/wheelhouse', args: ['mcp', '--tools', 'review'] });
});

const foreign = '{ "mcpServers": { "wheelhouse": { "command": "npx", "args": ["other"] } } }';
test('an entry of that name that is not ours is kept, unless forced', () => {
  assert.throws(() => add(foreign), { code: 'refused', message: /f\.json has an MCP server named "wheelhouse".*--force/ });
  assert.throws(() => remove(foreign), { code: 'refused' });
  assert.deepEqual(JSON.parse(add(foreign, true)), { mcpServers: { wheelhouse: ours } });
  assert.deepEqual(JSON.parse(remove(foreign, true) ?? ''), {});
});

test('comments and trailing commas stay', () => {
  const text = '{\n  // mine\n  "mcpServers": {\n    "a": { "command": "x" }, // first\n  },\n}\n';
  const installed = add(text);
  assert.match(installed, /^\{\n {2}\/\/ mine\n {2}"mcpServers": \{\n {4}"a": \{ "command": "x" \}, \/\/ first\n {4}"wheelhouse": \{\n[^]*\n {4}\},\n {2}\},\n\}\n$/);
  assert.equal(add(installed), installed);
  assert.equal(remove(installed), text);
});

test('under a name of its own, with a choice of tools, beside the other', () => {
  const { format } = agents.claude;
  const both = format.add(add('{"x":1}\n'), 'f', { name: 'memento', command, tools: ['notes', 'review'] });
  assert.deepEqual((JSON.parse(both) as { mcpServers: unknown }).mcpServers, { wheelhouse: ours, memento: { ...ours, args: ['mcp', '--tools', 'notes,review'] } });
  assert.deepEqual(format.ours(both, 'f'), ['wheelhouse', 'memento']);
  assert.deepEqual(format.read(format.add(both, 'f', { name: 'memento', command, tools: ['notes'] }), 'f', 'memento'), { kind: 'ours', command, args: ['mcp', '--tools', 'notes'] });
  assert.equal(format.add(both, 'f', { name: 'memento', command }), both, 'without a choice the one that is there stays');
  assert.equal(format.remove(format.remove(both, 'f', 'memento'), 'f', 'wheelhouse'), '{"x":1}\n');
});

test('opencode has its own form, in both versions of its settings', () => {
  const { format } = agents.opencode;
  const entry = { name: 'wheelhouse', command };
  const fresh = format.add(undefined, 'f', entry);
  assert.deepEqual(JSON.parse(fresh), { $schema: 'https://opencode.ai/config.json', mcp: { wheelhouse: { type: 'local', command: [command, 'mcp'] } } });
  assert.equal(format.remove(fresh, 'f', 'wheelhouse'), undefined);
  for (const text of ['{\n  "model": "m", // mine\n}\n', '{"mcp":{"a":{"type":"local","command":["x"]}}}', '{"mcp":{"servers":{"type":"local","command":["x"]}}}', '{\n  "mcp": {\n    "servers": {\n      "a": { "type": "remote", "url": "u" }\n    }\n  }\n}\n']) {
    const installed = format.add(text, 'f', entry);
    assert.deepEqual(format.read(installed, 'f', 'wheelhouse'), { kind: 'ours', command, args: ['mcp'] });
    assert.equal(/"servers": \{\n {6}"a": .*,\n {6}"wheelhouse"/.test(installed), text.includes('remote'), text);
    assert.equal(format.add(installed, 'f', entry), installed);
    const moved = format.add(installed, 'f', { ...entry, command: '/new/bin/wheelhouse' });
    assert.deepEqual(format.read(moved, 'f', 'wheelhouse'), { kind: 'ours', command: '/new/bin/wheelhouse', args: ['mcp'] });
    assert.equal(format.remove(installed, 'f', 'wheelhouse'), text);
  }
});

for (const text of ['{ "a": 1,, }', '// note\n', '{', '[]', '"x"', 'null', '{ "mcpServers": [] }', '{ "mcpServers": "x" }']) {
  test(`what it does not understand it does not touch: ${text.replaceAll('\n', ' ')}`, () => {
    assert.throws(() => add(text), { code: 'invalid-input', message: /f\.json.*nothing was changed/ });
    assert.throws(() => remove(text), { code: 'invalid-input' });
  });
}
