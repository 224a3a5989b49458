// Notes as a user meets them: VS Code, a folder of org and Markdown, the tree, search, links, and what an agent changed.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { WorkspaceEdit } from 'vscode';
import { promisify } from 'node:util';
import { launchVSCode, whyNoVSCode, type VSCode } from '../harness/vscode/launch.ts';
import type { ColorTheme } from '../harness/vscode/settings.ts';

const shots = process.env['WHEELHOUSE_SHOTS'];
const theme = (process.env['WHEELHOUSE_SHOTS_THEME'] ?? 'dark') as ColorTheme;

const org = (id: string, title: string, tags: string, body: string) => `:PROPERTIES:\n:ID:       ${id}\n:END:\n#+title: ${title}\n${tags === '' ? '' : `#+filetags: ${tags}\n`}\n${body}`;
const files = {
  'mcp-server-patterns.org': org('mcp-server-patterns', 'MCP server patterns', ':PUBLIC:mcp:', 'Stdout belongs to the protocol.\n\nSee [[id:smoke][Smoke test paradigm]] and [[nowhere]].\n'),
  'smoke.org': org('smoke', 'Smoke test paradigm', ':testing:', 'A test that takes\nthirty seconds.\n\n* Exceptions\n:PROPERTIES:\n:ID: smoke-exceptions\n:END:\nNone so far.\n'),
  'ideas.md': '---\ntags: [ideas]\n---\n# Ideas for later\n\nLook at [[smoke]] and [[MCP server patterns]].\n',
  'deep/global.org': org('claude-global-context', 'Global context', ':PUBLIC:', 'Never leave failing tests. <script>alert(1)</script> [x](command:workbench.action.quit)\n\nSee [[id:smoke][Smoke test paradigm]].\n'),
};

describe('notes in the editor', { skip: await whyNoVSCode() }, () => {
  let root: string;
  let notes: string;
  let code: VSCode;

  const shoot = async (name: string) => shots && (await code.screenshot(path.join(shots, `notes-${name}-${theme}.png`)));
  const rows = () => code.page.locator('.pane:has([aria-label^="Notes Section"]) .monaco-list-row');
  const row = (text: string) => rows().filter({ hasText: text }).first();
  /** Opens a row, again when the list was drawn anew under the click. */
  const expand = async (text: string) => {
    for (;;) {
      if ((await row(text).getAttribute('aria-expanded')) === 'true') return;
      await row(text).click();
      await code.page.waitForTimeout(300);
    }
  };
  const status = () => code.page.locator('.statusbar-item[id*="wheelhouse.notes"]');
  const read = (name: string) => readFile(path.join(notes, name), 'utf8');
  const git = (...args: string[]) => promisify(execFile)('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.com', ...args], { cwd: notes });
  /** Waits until a file has what is looked for. */
  const holds = (name: string, pattern: RegExp) => code.waitFor(async () => pattern.test(await read(name).catch(() => '')), `${name} holds ${String(pattern)}`);
  const activeLine = () => code.evaluate((vscode) => {
    const editor = vscode.window.activeTextEditor;
    return editor ? editor.document.lineAt(editor.selection.active.line).text : '';
  });

  before(async () => {
    root = await realpath(await mkdtemp(path.join(tmpdir(), 'wh-no-')));
    notes = path.join(root, 'notes');
    await mkdir(path.join(root, 'work'));
    code = await launchVSCode({ folder: path.join(root, 'work'), colorTheme: theme, env: { WHEELHOUSE_DATA: path.join(root, 'data') } });
    await code.command('workbench.view.extension.wheelhouse');
    await code.command('wheelhouse.notes.focus');
    // The other views make room: the list draws only the lines that fit.
    const others = code.page.locator('.sidebar .pane-header.expanded:not([aria-label^="Notes"])');
    for (let n = await others.count(); n > 0; n--) await others.first().click();
  });

  after(async () => {
    await code.dispose();
    await rm(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });

  test('without a folder, and without notes, the view teaches', async () => {
    await code.page.getByText('The folder for them is not there yet').waitFor();
    await shoot('no-folder');
    await mkdir(notes);
    assert.deepEqual(await code.command('wheelhouse.notes.chooseFolders', { folders: [notes] }), [notes]);
    await code.page.getByText('No note yet.').waitFor();
    await shoot('empty');
  });

  test('notes that are written anywhere appear, with who may read them', async () => {
    for (const [name, content] of Object.entries(files)) {
      await mkdir(path.dirname(path.join(notes, name)), { recursive: true });
      await writeFile(path.join(notes, name), content);
    }
    await row('MCP server patterns').waitFor();
    assert.match((await row('MCP server patterns').getAttribute('aria-label')) ?? '', /PUBLIC/);
    assert.match((await row('Ideas for later').getAttribute('aria-label')) ?? '', /private/);
    await row('Problems').waitFor();
    await shoot('recency');
  });

  test('by tag, by folder, and what links to the note that is open', async () => {
    await code.command('wheelhouse.notes.groupBy', { by: 'tag' });
    await row('testing').waitFor();
    await code.command('wheelhouse.notes.groupBy', { by: 'folder' });
    await expand('deep');
    await row('Global context').waitFor();
    await code.openFile(path.join(notes, 'smoke.org'));
    await row('Backlinks of Smoke test paradigm').filter({ hasText: '3' }).click();
    await shoot('backlinks');
    await code.command('wheelhouse.notes.groupBy', { by: 'recency' });
    await row('Today').waitFor();
  });

  test('a new note is private, and lies in the folder as org-roam wants it', async () => {
    const made = (await code.command('wheelhouse.notes.new', { title: 'Élan & more', tags: ['idea'] })) as { id: string; public: boolean; path: string };
    assert.deepEqual([made.id, made.public, made.path], ['elan-more', false, path.join(notes, 'elan-more.org')]);
    assert.match(await read('elan-more.org'), /^:PROPERTIES:\n:ID: {7}elan-more\n:END:\n#\+title: Élan & more\n#\+filetags: :idea:\n/);
    await status().filter({ hasText: 'Private' }).waitFor();
    await row('Élan & more').waitFor();
  });

  test('the status bar publishes after it has explained what that means, and takes it back', async () => {
    await status().click();
    await code.page.getByText('Let agents read').waitFor();
    await shoot('publish');
    await code.page.getByRole('button', { name: 'Publish', exact: true }).click();
    await status().filter({ hasText: 'PUBLIC' }).waitFor();
    assert.match(await read('elan-more.org'), /#\+filetags: :PUBLIC:idea:/);
    await shoot('public');
    await status().click();
    await status().filter({ hasText: 'Private' }).waitFor();
    assert.doesNotMatch(await read('elan-more.org'), /PUBLIC/);
  });

  test('search as one types opens the note at the hit', async () => {
    const found = (await code.command('wheelhouse.notes.search', { text: 'thirty sec', limit: 5 })) as { id: string }[];
    assert.deepEqual(found.map(({ id }) => id), ['smoke']);
    void code.command('wheelhouse.notes.search');
    const input = code.page.locator('.quick-input-widget input[type="text"]').first();
    await input.waitFor();
    await input.pressSequentially('thirty seco', { delay: 30 });
    await code.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: 'thirty seconds' }).waitFor();
    await shoot('search');
    await code.page.keyboard.press('Enter');
    await code.waitFor(async () => (await activeLine()) === 'thirty seconds.', 'the line of the hit');
    void code.command('wheelhouse.notes.search');
    await input.waitFor();
    await input.pressSequentially('stdout belongs');
    await code.page.keyboard.press('Enter');
    await code.waitFor(async () => (await activeLine()).startsWith('Stdout belongs'), 'what was typed, though Enter came before it was found');
  });

  test('[[ completes in org and in Markdown, each with its own links', async () => {
    const offered = (name: string, text: string) => code.evaluate(async (vscode, { file, text }) => {
      const document = await vscode.workspace.openTextDocument(file);
      const editor = await vscode.window.showTextDocument(document);
      const end = document.lineAt(document.lineCount - 1).range.end;
      await editor.edit((edit) => edit.insert(end, text));
      const list = await vscode.commands.executeCommand<{ items: { label: string | { label: string }; insertText: string }[] }>('vscode.executeCompletionItemProvider', document.uri, document.lineAt(document.lineCount - 1).range.end);
      await vscode.commands.executeCommand('workbench.action.files.revert');
      return list.items.map((item) => item.insertText);
    }, { file: path.join(notes, name), text });
    assert.equal((await offered('elan-more.org', 'See [[smo'))[0], '[[id:smoke][Smoke test paradigm]]');
    assert.equal((await offered('elan-more.org', '[[later'))[0], '[[file:./ideas.md][Ideas for later]]');
    assert.equal((await offered('ideas.md', 'See [[paradigm'))[0], '[[smoke]]');
    assert.deepEqual(await offered('ideas.md', 'See [[smoke#'), ['[[smoke#Exceptions]]']);
    assert.deepEqual(await offered('ideas.md', 'See [[#'), ['[[#Ideas for later]]']);
    await code.openFile(path.join(notes, 'elan-more.org'));
    await code.command('cursorBottom');
    await code.page.keyboard.type('See [[glob', { delay: 40 });
    await code.page.locator('.suggest-widget .monaco-list-row').filter({ hasText: 'Global context' }).first().waitFor();
    await shoot('completion');
    await code.page.keyboard.press('Enter');
    await code.waitFor(async () => (await activeLine()) === 'See [[id:claude-global-context][Global context]]', 'the link alone');
    await code.command('workbench.action.files.save');
  });

  test('a link shows what it leads to, as text, and goes there', async () => {
    const at = (name: string, needle: string) => code.evaluate(async (vscode, { file, needle }) => {
      const document = await vscode.workspace.openTextDocument(file);
      const position = document.positionAt(document.getText().indexOf(needle) + 4);
      const hovers = await vscode.commands.executeCommand<{ contents: { value: string; isTrusted?: boolean; supportHtml?: boolean }[] }[]>('vscode.executeHoverProvider', document.uri, position);
      const links = await vscode.commands.executeCommand<{ targetUri: { fsPath: string }; targetRange: { start: { line: number } }[] }[]>('vscode.executeDefinitionProvider', document.uri, position);
      const contents = hovers.flatMap((hover) => hover.contents);
      return { text: contents.map(({ value }) => value).join('\n'), isTrusted: contents.some((each) => each.isTrusted === true || each.supportHtml === true), to: links.map((link) => link.targetUri.fsPath) };
    }, { file: path.join(notes, name), needle });
    const shown = await at('elan-more.org', '[[id:claude');
    assert.match(shown.text, /Global context[^]*PUBLIC[^]*Never leave failing tests/);
    assert.doesNotMatch(shown.text, /[^\\]\]\(command:|<script>/, 'nothing of it is a link or markup');
    assert.equal(shown.isTrusted, false);
    assert.deepEqual(shown.to, [path.join(notes, 'deep/global.org')]);
    assert.deepEqual((await at('ideas.md', '[[smoke')).to, [path.join(notes, 'smoke.org')]);
    assert.match((await at('mcp-server-patterns.org', '[[nowhere')).text, /No note is called nowhere/);
  });

  test('F2 on a link renames the note with all links to it, as one step', async () => {
    await code.evaluate(async (vscode, file) => {
      const document = await vscode.workspace.openTextDocument(file);
      await vscode.window.showTextDocument(document);
      const position = document.positionAt(document.getText().indexOf('Smoke test') + 2);
      const edit = await vscode.commands.executeCommand<WorkspaceEdit>('vscode.executeDocumentRenameProvider', document.uri, position, 'The smoke test');
      await vscode.workspace.applyEdit(edit, { isRefactoring: true });
      await vscode.workspace.saveAll();
    }, path.join(notes, 'mcp-server-patterns.org'));
    await holds('smoke.org', /#\+title: The smoke test\n/);
    await holds('mcp-server-patterns.org', /\[\[id:smoke\]\[The smoke test\]\]/);
    await holds('deep/global.org', /\[\[id:smoke\]\[The smoke test\]\]/);
    await row('The smoke test').waitFor();
  });

  test('a new id moves the file along, and no link is left behind', async () => {
    const renamed = (await code.command('wheelhouse.notes.rename', { id: 'smoke', newId: 'smoke-test-paradigm' })) as { note: { id: string; path: string; backlinks: number }; files: number };
    assert.deepEqual([renamed.note.id, renamed.note.path, renamed.files], ['smoke-test-paradigm', path.join(notes, 'smoke-test-paradigm.org'), 4]);
    await holds('ideas.md', /\[\[smoke-test-paradigm\]\]/);
    await holds('deep/global.org', /\[\[id:smoke-test-paradigm\]\[The smoke test\]\]/);
  });

  test('what an agent changed is listed, compared, and taken back', async () => {
    assert.deepEqual(await code.command('wheelhouse.notes.showAgentChanges', { limit: 10 }), []);
    const before = await read('mcp-server-patterns.org');
    await git('init', '-q', '-b', 'main');
    await git('add', '.');
    await git('commit', '-qm', 'Mine');
    await writeFile(path.join(notes, 'mcp-server-patterns.org'), before.replace('belongs to the protocol', 'is for everything'));
    await git('commit', '-qam', 'notes: update mcp-server-patterns\n\nSession: 0f9e8d7c-1111-4222-8333-444455556666\n', '--author=Wheelhouse <wheelhouse@localhost>');
    void code.command('wheelhouse.notes.showAgentChanges');
    await code.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: 'mcp-server-patterns.org' }).waitFor();
    await shoot('agent-changes');
    await code.page.keyboard.press('Enter');
    await code.page.getByRole('tab', { name: /changed by session 0f9e8d7c/ }).waitFor();
    await code.waitFor(() => code.evaluate((vscode) => vscode.window.visibleTextEditors.some(({ document }) => document.uri.scheme === 'wheelhouse-note' && document.getText().includes('is for everything'))), 'the comparison');
    await shoot('agent-change');
    await code.page.locator('.editor-actions a[aria-label^="Undo Change by Agent"]').first().click();
    await holds('mcp-server-patterns.org', /belongs to the protocol/);
    assert.equal(await read('mcp-server-patterns.org'), before);
    // The commit follows the file.
    await code.waitFor(async () => ((await code.command('wheelhouse.notes.showAgentChanges', { limit: 10 })) as { undone: boolean }[])[0]?.undone, 'it is undone');
  });

  test('broken links are named', async () => {
    await expand('Problems');
    await expand('Broken links');
    await rows().filter({ hasText: 'to nowhere' }).waitFor();
    await shoot('problems');
  });

  test('F2 on a heading renames the links to it', async () => {
    await writeFile(path.join(notes, 'map.md'), 'See [[garden#Beds|Beds]].\n');
    await writeFile(path.join(notes, 'garden.md'), '# Garden\n\n## Beds\n\nBack to [[#Beds]].\n');
    await row('Garden').waitFor();
    await code.evaluate(async (vscode, file) => {
      const document = await vscode.workspace.openTextDocument(file);
      await vscode.window.showTextDocument(document);
      const edit = await vscode.commands.executeCommand<WorkspaceEdit>('vscode.executeDocumentRenameProvider', document.uri, new vscode.Position(2, 5), 'Flower beds');
      await vscode.workspace.applyEdit(edit, { isRefactoring: true });
      await vscode.workspace.saveAll();
    }, path.join(notes, 'garden.md'));
    await holds('garden.md', /^# Garden\n\n## Flower beds\n\nBack to \[\[#Flower beds\]\]\.\n$/);
    await holds('map.md', /^See \[\[garden#Flower beds\|Flower beds\]\]\.\n$/);
  });
});
