// The tmux source against the real tmux, each test on a server of its own.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { nodeProcesses } from '../../../src/adapters/node/processes.ts';
import { selectPane } from '../../../src/adapters/node/sessions/tmux-select.ts';
import { tmuxServer } from '../../../src/adapters/node/sessions/tmux-server.ts';
import { tmuxSource, type TmuxOptions } from '../../../src/adapters/node/sessions/tmux.ts';
import type { Processes } from '../../../src/core/ports/processes.ts';
import { processKey, shippedRules, type SessionState, type SourceHost } from '../../../src/core/sessions/index.ts';
import { tmuxForTest, whyNoTmux, type TestServer } from './server.ts';

const skip = await whyNoTmux();
const prompt = `${'─'.repeat(40)}\n❯ \n${'─'.repeat(40)}\n  ? for shortcuts\n`;
const dialog = `${'─'.repeat(40)}\n Bash command\n\n   touch made.txt\n\n Do you want to proceed?\n ❯ 1. Yes\n   2. No\n\n Esc to cancel\n`;

/** Counts what is run, and runs it. */
function countedProcesses(): Processes & { readonly argvs: (readonly string[])[] } {
  const argvs: (readonly string[])[] = [];
  return { argvs, run: (argv, options) => (argvs.push(argv), nodeProcesses().run(argv, options)) };
}

function source(t: TestContext, server: TestServer, more: Partial<TmuxOptions> = {}, known: ReturnType<SourceHost['known']> = []) {
  const processes = countedProcesses();
  let changes = 0;
  const tmux = tmuxSource({ processes, rules: shippedRules, sockets: [{ path: server.socket }], isKnownBetter: () => false, ...more });
  t.after(() => tmux.dispose());
  const host: SourceHost = { changed: () => { changes++; }, known: () => known };
  return { tmux, host, argvs: processes.argvs, get changes() { return changes; } };
}

/** Until the pane's program is shown by name: a shell is there before it. */
async function settled(server: TestServer, commands: readonly string[]): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const now = (await server.tmux('list-panes', '-a', '-F', '#{pane_current_command}')).trim().split('\n').sort();
    if (now.join() === [...commands].sort().join()) return;
    await delay(50);
  }
  assert.fail(`no such panes: ${commands.join(', ')}`);
}

/** Written by a program that may still be about to. */
async function numberIn(file: string): Promise<number> {
  for (let tries = 0; tries < 100; tries += 1) {
    const text = await readFile(file, 'utf8').catch(() => '');
    if (text.endsWith('\n')) return Number(text);
    await delay(50);
  }
  return assert.fail(`nothing in ${file}`);
}

test('every pane says what runs in it', { skip }, async (t) => {
  const server = await tmuxForTest(t);
  await server.tmux('new-session', '-d', '-s', 'all', await server.program('claude', prompt));
  for (const name of ['vim', 'python3', 'zsh', 'htop']) await server.tmux('new-window', '-d', await server.program(name));
  await settled(server, ['claude', 'vim', 'python3', 'zsh', 'htop']);
  const { tmux, host } = source(t, server);
  await tmux.start(host);
  assert.deepEqual(tmux.panes().map(({ pane, kind }) => [pane.command, kind]), [['claude', 'llm'], ['vim', 'editor'], ['python3', 'script'], ['zsh', 'shell'], ['htop', 'other']]);
  assert.deepEqual(tmux.sightings().map(({ facts, evidence }) => [facts.agent, facts.place?.kind, evidence.map(({ state }) => state)]), [['claude', 'tmux', ['idle']]]);
});

test('names with quotes, line breaks, tabs and emojis are read, and panes are found by them', { skip }, async (t) => {
  const server = await tmuxForTest(t);
  const odd = 'a "b\' \t; 💬 #{pane_id} $(id)';
  await server.tmux('new-session', '-d', '-s', odd, '-n', odd, await server.program('claude', dialog));
  await server.tmux('rename-window', `${odd}\nend`);
  await settled(server, ['claude']);
  const { tmux, host } = source(t, server);
  await tmux.start(host);
  const [sighting] = tmux.sightings();
  const place = sighting?.facts.place;
  assert(place?.kind === 'tmux');
  for (const name of [place.session, place.window]) assert.match(name, /; 💬 .*\$\(id\)/);
  assert.deepEqual(sighting?.evidence.map(({ state, reason }) => [state, reason?.kind, reason?.detail]), [['waiting', 'approve', 'Bash: touch made.txt']]);
  assert.deepEqual(await selectPane(nodeProcesses(), place), { state: 'detached', attach: ['tmux', '-S', server.socket, 'attach-session', '-t', '$0'] });
});

test('an agent is known by its process wherever it stands below the pane', { skip }, async (t) => {
  const server = await tmuxForTest(t);
  const file = join(server.folder, 'pid');
  await server.tmux('new-session', '-d', await server.program('claude', prompt));
  // Wrapped in a script the agent is not the pane's process, and its name does not show.
  await server.tmux('new-window', '-d', `sh -c 'echo $$ > ${file}; ${(await server.program('agent')).replaceAll("'", '')}'; true`);
  await settled(server, ['claude', 'sh']);
  const wrapped = await numberIn(file);
  const [first] = (await server.tmux('list-panes', '-a', '-F', '#{pane_pid}')).split('\n').map(Number);
  const known = [{ key: 'known-1', pid: wrapped }, { key: 'known-2', pid: 1 }];
  const { tmux, host } = source(t, server, {}, known);
  await tmux.start(host);
  assert.deepEqual(tmux.sightings().map(({ key, facts }) => [key, facts.pid]), [[processKey(first ?? 0), first], ['known-1', wrapped]]);
  assert.deepEqual(tmux.panes().map(({ kind }) => kind), ['llm', 'llm']);
});

test('a tick is one process for all panes, two when one wrote, and says only what changed', { skip }, async (t) => {
  const server = await tmuxForTest(t);
  await server.tmux('new-session', '-d', '-x', '80', '-y', '20', await server.program('claude', prompt));
  for (let more = 0; more < 4; more += 1) await server.tmux('new-window', '-d', await server.program('codex', 'x\n'));
  await settled(server, ['claude', 'codex', 'codex', 'codex', 'codex']);
  await delay(1100);
  const watched = source(t, server);
  await watched.tmux.start(watched.host);
  assert.equal(watched.argvs.length, 2);
  assert.equal(watched.changes, 1);
  for (let tick = 0; tick < 3; tick += 1) await watched.tmux.refresh();
  assert.deepEqual(watched.argvs.slice(2).map((argv) => argv.includes('list-panes')), [true, true, true], 'at rest only the list is asked for');
  assert.equal(watched.changes, 1);

  await server.tmux('send-keys', '-t', '%0', '-l', dialog.replaceAll('\n', '\r'));
  await delay(200);
  await watched.tmux.refresh();
  assert.equal(watched.argvs.length, 7);
  assert.equal(watched.changes, 2);
  assert.deepEqual(watched.tmux.sightings()[0]?.evidence.map(({ state }) => state), ['idle', 'waiting']);
});

test('the screen of a session that is known better is not read', { skip }, async (t) => {
  const server = await tmuxForTest(t);
  await server.tmux('new-session', '-d', await server.program('claude', dialog));
  await server.tmux('select-pane', '-T', '✳ Claude Code');
  await settled(server, ['claude']);
  const { tmux, host, argvs } = source(t, server, { isKnownBetter: () => true });
  await tmux.start(host);
  assert.equal(argvs.length, 1);
  assert.deepEqual(tmux.sightings().map(({ evidence }) => evidence.map(({ source, state }) => [source, state])), [[['title', 'idle']]]);
});

test('without tmux, without a server and with one that dies there is nothing, quietly', { skip }, async (t) => {
  const server = await tmuxForTest(t);
  const nowhere = source(t, server);
  await nowhere.tmux.start(nowhere.host);
  assert.deepEqual(nowhere.tmux.panes(), []);

  const missing = tmuxServer(nodeProcesses(), {}, { program: '/nowhere/tmux' });
  assert.deepEqual(await missing.panes(), []);
  assert.equal(await missing.run(['list-panes']), undefined);

  await server.tmux('new-session', '-d', await server.program('claude', prompt));
  await settled(server, ['claude']);
  await nowhere.tmux.refresh();
  assert.equal(nowhere.tmux.sightings().length, 1);
  const pid = Number(await server.tmux('display-message', '-p', '#{pid}'));
  process.kill(pid, 'SIGKILL');
  await Promise.all([nowhere.tmux.refresh(), nowhere.tmux.refresh()]);
  await nowhere.tmux.refresh();
  assert.deepEqual(nowhere.tmux.sightings(), []);
});

test('a pane that goes while screens are read takes nothing from the others', { skip }, async (t) => {
  const server = await tmuxForTest(t);
  await server.tmux('new-session', '-d', await server.program('claude', prompt));
  await settled(server, ['claude']);
  const screens = await tmuxServer(nodeProcesses(), { path: server.socket }).capture(['%9', '%0']);
  assert.deepEqual([...screens.keys()], ['%0']);
  assert.match(screens.get('%0') ?? '', /shortcuts/);
});

test('a pane is selected, and shown in the terminal that is there', { skip }, async (t) => {
  const server = await tmuxForTest(t);
  await server.tmux('new-session', '-d', '-s', 'one', 'sleep 60');
  await server.tmux('new-session', '-d', '-s', 'two', 'sleep 60');
  await server.tmux('new-window', '-d', '-t', 'two', 'sleep 60');
  await server.tmux('split-window', '-d', '-t', 'two:1', 'sleep 60');
  const pane = (await server.tmux('list-panes', '-t', 'two:1', '-F', '#{pane_id}')).trim().split('\n').at(-1) ?? '';
  const target = { socket: server.socket, pane };
  const current = () => server.tmux('display-message', '-p', '-t', 'two:', '#{window_index} #{pane_id}');

  const detached = await selectPane(nodeProcesses(), target);
  assert.equal(detached.state, 'detached');
  assert.equal(await current(), `1 ${pane}\n`);

  // A tmux in a pane of another tmux is a terminal like any.
  const outer = await tmuxForTest(t);
  await outer.tmux('new-session', '-d', '-x', '80', '-y', '24', `env -u TMUX tmux -S '${server.socket}' attach-session -t one`);
  for (let tries = 0; tries < 100 && (await server.tmux('list-clients')) === ''; tries += 1) await delay(50);
  const shown = await selectPane(nodeProcesses(), target);
  assert(shown.state === 'shown');
  assert.equal(await server.tmux('list-clients', '-F', '#{client_session} #{client_name}'), `two ${shown.terminal}\n`);

  assert.deepEqual(await selectPane(nodeProcesses(), { ...target, pane: '%99' }), { state: 'gone' });
  assert.deepEqual(await selectPane(nodeProcesses(), { socket: `${server.socket}-none`, pane }), { state: 'gone' });
});

test('windows are marked on change only, by the neediest pane, and unmarked at the end', { skip }, async (t) => {
  const server = await tmuxForTest(t);
  await server.tmux('new-session', '-d', await server.program('claude', prompt));
  await server.tmux('split-window', '-d', await server.program('vim'));
  await server.tmux('new-window', '-d', await server.program('python3'));
  await settled(server, ['claude', 'vim', 'python3']);
  await delay(1100);
  let state: SessionState = 'working';
  const { tmux, host, argvs } = source(t, server, { markWindows: () => state });
  const marks = async () => (await server.tmux('list-windows', '-F', '#{@wheelhouse}')).trimEnd();
  await tmux.start(host);
  assert.equal(await marks(), '🤖\n🐍');
  const before = argvs.length;
  await tmux.refresh();
  assert.equal(argvs.length, before + 1, 'nothing changed, nothing is written');
  state = 'waiting';
  await tmux.refresh();
  assert.equal(await marks(), '💬\n🐍');
  await tmux.unmark();
  assert.equal(await marks(), '');
});
