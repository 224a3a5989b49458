import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'smol-toml';
import { agents } from '../../../src/core/install/index.ts';

const { format } = agents.codex;
const command = '/data/bin/wheelhouse';
const add = (text: string | undefined, more: { name?: string; command?: string; tools?: string[] } = {}, force = false) => format.add(text, 'f.toml', { name: 'wheelhouse', command, ...more }, force);
const remove = (text: string | undefined, name = 'wheelhouse', force = false) => format.remove(text, 'f.toml', name, force);
const serversIn = (text: string) => (JSON.parse(JSON.stringify(parse(text, { integersAsBigInt: 'asNeeded' }), (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))) as { mcp_servers?: Record<string, { command: string; args: string[] }> }).mcp_servers;

const kept: readonly { name: string; text: string }[] = [
  { name: 'settings', text: 'model = "gpt" # mine\n\n[tui]\nnotifications = true\n' },
  { name: 'no line end at the end', text: 'model = "gpt"' },
  { name: 'empty lines at the end', text: 'model = "gpt"\n\n\n' },
  { name: 'a comment at the end', text: '[a]\nb = 1\n# done' },
  { name: 'CRLF', text: '[a]\r\nb = 1\r\n' },
  { name: 'CRLF and no line end at the end', text: '[a]\r\nb = 1' },
  { name: 'white space only', text: ' \n' },
  { name: 'other servers', text: '[mcp_servers.a]\ncommand = "x"\n\n[mcp_servers.a.env]\nK = "v"\n' },
  { name: 'servers in one table', text: '[mcp_servers]\na = { command = "x" }\n' },
  { name: 'text that looks like tables', text: 'note = """\n[mcp_servers.wheelhouse]\ncommand = "x"\n"""\n' },
  { name: 'numbers and dates', text: 'n = 9223372036854775807\nd = 1979-05-27T07:32:00Z\nf = inf\n' },
];
for (const { name, text } of kept) {
  test(`install and uninstall leave the rest as it is: ${name}`, () => {
    const installed = add(text);
    assert.ok(installed.startsWith(text));
    assert.deepEqual(serversIn(installed)?.['wheelhouse'], { command, args: ['mcp'], env_vars: ['WHEELHOUSE_DATA', 'XDG_CONFIG_HOME', 'XDG_DATA_HOME'], tool_timeout_sec: 600 });
    assert.equal(add(installed), installed, 'a second time changes nothing');
    assert.equal(remove(installed), text);
    assert.ok(!/[^\r]\n/.test(installed) || !text.includes('\r\n'), 'one kind of line end');
    const two = add(installed, { name: 'memento', tools: ['notes'] });
    assert.deepEqual(serversIn(two)?.['memento']?.args, ['mcp', '--tools', 'notes']);
    assert.deepEqual(format.ours(two, 'f.toml'), ['wheelhouse', 'memento']);
    assert.equal(remove(remove(two, 'memento')), text);
  });
}

test('a file that was made for it goes away with it', () => {
  for (const nothing of [undefined, '']) assert.equal(remove(add(nothing)), undefined);
});

test('what the user, or Codex, adds behind it and in it', () => {
  const installed = `${add('a = 1\n')}\n# of the project\n[projects."/x"]\ntrust_level = "trusted"\n`;
  assert.equal(remove(installed), 'a = 1\n\n# of the project\n[projects."/x"]\ntrust_level = "trusted"\n');
  const tuned = installed.replace('tool_timeout_sec = 600', 'tool_timeout_sec = 9\n\n[mcp_servers.wheelhouse.env]\nK = "v"');
  const moved = add(tuned, { command: '/new "\\/bin/wheelhouse' });
  assert.equal(moved, tuned.replace('"/data/bin/wheelhouse"', '"/new \\"\\\\/bin/wheelhouse"'));
  assert.deepEqual(serversIn(add(tuned, { tools: ['notes', 'cards'] }))?.['wheelhouse'], { ...serversIn(tuned)?.['wheelhouse'], args: ['mcp', '--tools', 'notes,cards'] });
  assert.equal(remove(tuned), 'a = 1\n\n# of the project\n[projects."/x"]\ntrust_level = "trusted"\n');
});

test('an entry of that name that is not ours is kept, unless forced', () => {
  const foreign = 'a = 1\n\n[mcp_servers.wheelhouse]\ncommand = "npx"\nargs = ["other"]\n\n[b]\nc = 1\n';
  assert.throws(() => add(foreign), { code: 'refused', message: /f\.toml has an MCP server named "wheelhouse".*--force/ });
  assert.throws(() => remove(foreign), { code: 'refused' });
  assert.equal(remove(foreign, 'wheelhouse', true), 'a = 1\n\n[b]\nc = 1\n');
  assert.equal(serversIn(add(foreign, {}, true))?.['wheelhouse']?.command, command);
});

const refused: readonly { name: string; text: string; code: string; says: RegExp }[] = [
  { name: 'no TOML', text: 'a = \n', code: 'invalid-input', says: /f\.toml is not TOML \(.*nothing was changed/ },
  { name: 'servers in an inline table', text: 'mcp_servers = { a = { command = "x" } }\n', code: 'refused', says: /form that Wheelhouse does not change.*by hand/ },
];
for (const { name, text, code, says } of refused) test(`what it cannot change it does not: ${name}`, () => assert.throws(() => add(text), { code, message: says }));

test('an entry in another form is taken out by hand', () => {
  const inline = `[mcp_servers]\nwheelhouse = { command = "${command}", args = ["mcp"] }\n`;
  assert.equal(add(inline), inline);
  assert.throws(() => remove(inline), { code: 'refused', message: /by hand/ });
  assert.throws(() => add(inline, { command: '/new/bin/wheelhouse' }), { code: 'refused' });
});
