/** package.json and the typed maps say the same. */
import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import packageJson from '../package.json' with { type: 'json' };
import { commands, contextKeys, settings, viewIds } from '../src/faces/vscode/contributions.ts';

const root = join(import.meta.dirname, '..');
const { contributes, activationEvents } = packageJson;
const text = JSON.stringify(contributes);
const source = globSync('src/faces/vscode/**/*.ts', { cwd: root }).map((file) => [file, readFileSync(join(root, file), 'utf8')] as const);

test('commands', () => {
  assert.deepEqual(contributes.commands.map((command) => command.command).sort(), Object.keys(commands).sort());
});

test('settings', () => {
  const declared = contributes.configuration.flatMap((section) => Object.keys(section.properties));
  assert.deepEqual(declared.sort(), Object.keys(settings).sort());
});

test('views', () => {
  assert.deepEqual(contributes.views.wheelhouse.map((view) => view.id).sort(), [...viewIds].sort());
});

test('every command, setting, view and context key that package.json mentions exists', () => {
  const known = new Set<string>([...Object.keys(commands), ...Object.keys(settings), ...viewIds, ...Object.keys(contextKeys)]);
  // Views have commands of VS Code's own, such as `.focus`; the walkthrough has its own id.
  const mentioned = [...text.matchAll(/(?<![/\w])wheelhouse\.[a-zA-Z]+(?:\.[a-zA-Z]+)*/g)].map(([id]) => id.replace(/\.focus$/, ''));
  assert.deepEqual([...new Set(mentioned)].filter((id) => !known.has(id) && !['wheelhouse.wheelhouse', 'wheelhouse.firstSteps'].includes(id)), []);
});

test('every context key is used by a when clause', () => {
  assert.deepEqual(Object.keys(contextKeys).filter((key) => !text.includes(key)), []);
});

test('the code names commands, settings and context keys only as the maps do', () => {
  const known = new Set<string>([...Object.keys(commands), ...Object.keys(settings), ...viewIds, ...Object.keys(contextKeys)]);
  const mentioned = source.flatMap(([file, code]) => [...code.matchAll(/['"`](wheelhouse\.(?:review|sessions|smoke|agent|install|uninstall|doctor|cards|models|learn|prompts|coordination|audit|policy|notes)\.[\w.]+)['"`]/g)].map((match) => ({ file, id: match[1] ?? '' })));
  assert(mentioned.length > 20);
  // VS Code makes a command for each view that focuses it.
  for (const view of viewIds) known.add(`${view}.focus`);
  assert.deepEqual(mentioned.filter(({ id }) => !known.has(id)), []);
});

test('every file that package.json names is there', () => {
  const files = [...JSON.stringify(packageJson).matchAll(/"(media\/[^"]+)"/g)].map((match) => match[1] ?? '');
  assert.deepEqual(files.filter((file) => !existsSync(join(root, file))), []);
});

test('settings that run something are restricted in untrusted workspaces', () => {
  const restricted = packageJson.capabilities.untrustedWorkspaces.restrictedConfigurations;
  for (const setting of ['wheelhouse.smoke.command', 'wheelhouse.review.logFile', 'wheelhouse.agent.claudePath', 'wheelhouse.models.command', 'wheelhouse.models.use', 'wheelhouse.cards.worksheetsFolder']) assert(restricted.includes(setting), setting);
});

test('commands have a category and a title in title case', () => {
  const small = new Set(['a', 'an', 'and', 'at', 'by', 'for', 'from', 'in', 'of', 'to', 'the', 'tmux']);
  for (const { command, title, category } of contributes.commands) {
    assert.equal(category, 'Wheelhouse', command);
    for (const word of title.split(' ')) assert(small.has(word) || /^[A-Z(]/.test(word), `${command}: ${title}`);
  }
});

test('typings are those of the oldest supported VS Code', () => {
  assert.equal(`^${packageJson.devDependencies['@types/vscode']}`, packageJson.engines.vscode);
  assert(activationEvents.every((event) => event === 'onStartupFinished' || /^on(FileSystem|WebviewPanel):wheelhouse-/.test(event)));
});
