import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addMcpEntry, readMcpEntry, removeMcpEntry } from '../../../src/core/install/index.ts';

const command = '/data/bin/wheelhouse';
const ours = { type: 'stdio', command, args: ['mcp'] };
const add = (text: string | undefined, force = false) => addMcpEntry(text, 'f.json', { command }, force);
const remove = (text: string | undefined, force = false) => removeMcpEntry(text, 'f.json', force);

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
  assert.deepEqual(readMcpEntry(changed, 'f'), { kind: 'ours', command: '/old/bin/wheelhouse' });
});

const foreign = '{ "mcpServers": { "wheelhouse": { "command": "npx", "args": ["other"] } } }';
test('an entry of that name that is not ours is kept, unless forced', () => {
  assert.throws(() => add(foreign), { code: 'refused', message: /f\.json has an MCP server named "wheelhouse".*--force/ });
  assert.throws(() => remove(foreign), { code: 'refused' });
  assert.deepEqual(JSON.parse(add(foreign, true)), { mcpServers: { wheelhouse: ours } });
  assert.deepEqual(JSON.parse(remove(foreign, true) ?? ''), {});
});

for (const text of ['{ "a": 1, }', '// note\n{}', '{', '[]', '"x"', 'null', '{ "mcpServers": [] }', '{ "mcpServers": "x" }']) {
  test(`what it does not understand it does not touch: ${text.replaceAll('\n', ' ')}`, () => {
    assert.throws(() => add(text), { code: 'invalid-input', message: /f\.json.*nothing was changed/ });
    assert.throws(() => remove(text), { code: 'invalid-input' });
  });
}
