import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';

import type { ReviewItemJson } from '../../src/core/review/index.ts';
import { commands } from '../../src/faces/vscode/contributions.ts';
import { launchVSCode, whyNoVSCode } from '../harness/vscode/launch.ts';
import type { VSCode, VSCodeWindow } from '../harness/vscode/launch.ts';

const skip = await whyNoVSCode();

const source = `export function load(file) {
  try {
    return JSON.parse(readFileSync(file));
  } catch {
    return {};
  }
}

export function save(file, data) {
  writeFileSync(file, JSON.stringify(data));
}

export function total(entries) {
  let sum = 0;
  for (const entry of entries) sum += entry.hours;
  return sum;
}
`;

describe('review comments in the editor', { skip }, () => {
  let folder: string;
  let code: VSCode;

  const git = (...args: string[]) => execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.com', ...args], { cwd: folder });
  const logFile = () => path.join(code.home, 'code_review.org');
  const readLog = () => readFile(logFile(), 'utf8').catch(() => '');
  const log = (line: number, text: string, window: VSCodeWindow = code, file = 'a.js') =>
    window.evaluate(
      (vscode, { file, line, text }) =>
        vscode.commands.executeCommand<ReviewItemJson[]>('wheelhouse.review.logComment', { uri: vscode.Uri.file(file), lineNumber: line, text }),
      { file: path.join(folder, file), line, text },
    );
  const done = async (command: string, argument?: unknown) => (await code.command(command, argument)) as ReviewItemJson | undefined;
  /** The rows of the tree, as a screen reader reads them. */
  const rows = (window: VSCodeWindow = code) =>
    window.page.locator('.pane-body .monaco-list-row').evaluateAll((elements) => elements.map((element) => element.getAttribute('aria-label') ?? ''));
  const row = (pattern: RegExp, window: VSCodeWindow = code) => window.waitFor(async () => (await rows(window)).find((label) => pattern.test(label)), `a row like ${String(pattern)}`);
  const noRow = (pattern: RegExp, window: VSCodeWindow = code) => window.waitFor(async () => !(await rows(window)).some((label) => pattern.test(label)), `no row like ${String(pattern)}`);
  const cursor = () =>
    code.evaluate((vscode) => {
      const editor = vscode.window.activeTextEditor;
      return { file: editor?.document.fileName.split('/').at(-1), line: editor ? editor.selection.active.line + 1 : 0, tabs: vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label)) };
    });
  const gutterIcons = () => code.page.locator('.editor-instance .glyph-margin-widgets .cgmr').count();
  const type = (text: string) => code.page.keyboard.type(text);
  /** A notification. Under test VS Code shows them in their list only. */
  const notification = async (text: RegExp) => {
    await code.waitFor(async () => {
      await code.command('notifications.showList');
      return code.page.locator('.notifications-center .notification-list-item').filter({ hasText: text }).isVisible();
    }, `a notification like ${String(text)}`);
    return code.page.locator('.notifications-center .notification-list-item').filter({ hasText: text });
  };
  const box = () => code.page.locator('.quick-input-widget:visible input');

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'wheelhouse-review-'));
    await writeFile(path.join(folder, 'a.js'), source);
    await writeFile(path.join(folder, 'b.js'), source);
    await writeFile(path.join(folder, 'Makefile'), 'test:\n\t@test ! -e broken\n');
    git('init', '--quiet', '--initial-branch=main');
    git('add', '.');
    git('commit', '--quiet', '-m', 'first');
    code = await launchVSCode({ folder });
    await code.command('workbench.view.extension.wheelhouse');
  });

  after(async () => {
    await code.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  /** Each test starts with the files as committed, no tabs and no comments. */
  beforeEach(async () => {
    await code.evaluate(async (vscode) => {
      await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
      while (vscode.window.tabGroups.activeTabGroup.activeTab) await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      await vscode.commands.executeCommand('notifications.clearAll');
    });
    git('reset', '--quiet', '--hard', 'main');
    git('clean', '--quiet', '-fd');
    await rm(logFile(), { force: true });
    await code.command('wheelhouse.review.refresh');
    await noRow(/\. [ab]\w*\.js:/);
  });

  test('the chord asks in one line, and cursor, focus and tabs stay as they are', async () => {
    await code.openFile('a.js', 5);
    await code.page.keyboard.press('Control+k');
    await code.page.keyboard.press('c');
    await box().waitFor();
    assert.match((await code.page.locator('.quick-input-title').first().textContent()) ?? '', /a\.js:5/);
    await type('! Do not hide errors #io');
    await code.waitFor(async () => /Must · #io/.test((await code.page.locator('.quick-input-message').textContent()) ?? ''), 'how it is read');
    await code.page.keyboard.press('Enter');
    await row(/^Must, Open: Do not hide errors\. a\.js:5, (now|1 m)/);
    assert.deepEqual(await cursor(), { file: 'a.js', line: 5, tabs: ['a.js'] });
    await type('// typed');
    await code.waitFor(() => code.evaluate((vscode) => vscode.window.activeTextEditor?.document.lineAt(4).text.startsWith('// typed')), 'the typed text in the editor');
    assert.match(await readLog(), /\*\* TODO \[\[file:.*a\.js::5\].*:must:io:/);
  });

  test('Escape and an empty line log nothing', async () => {
    await code.openFile('a.js', 5);
    for (const [text, key] of [['something', 'Escape'], ['', 'Enter']] as const) {
      const result = code.command('wheelhouse.review.logComment');
      await box().waitFor();
      await type(text);
      await code.page.keyboard.press(key);
      await box().waitFor({ state: 'hidden' });
      assert.equal((await result) ?? undefined, undefined);
    }
    assert.equal(await readLog(), '');
  });

  test('the menu of the line number means that line, and the selection when it is clicked', async () => {
    await code.openFile('a.js', 1);
    const click = async (line: number) => {
      await code.page.locator('.margin-view-overlays .line-numbers').filter({ hasText: new RegExp(`^${line}$`) }).click({ button: 'right' });
      await code.page.getByRole('menuitem', { name: 'Log Review Comment' }).waitFor();
      // A menu that has just opened takes no click, so that a double click chooses nothing by mistake.
      await code.page.waitForTimeout(300);
      await code.page.getByRole('menuitem', { name: 'Log Review Comment' }).click();
      await box().waitFor();
    };
    await click(10);
    await type('Write to a temporary file');
    await code.page.keyboard.press('Enter');
    await row(/Write to a temporary file\. a\.js:10,/);
    await code.evaluate((vscode) => void (vscode.window.activeTextEditor!.selection = new vscode.Selection(12, 3, 15, 0)));
    await click(14);
    await type('Use reduce');
    await code.page.keyboard.press('Enter');
    await row(/Use reduce\. a\.js:13-15,/);
  });

  test('several cursors get one comment each, from one line of text', async () => {
    await code.openFile('a.js', 1);
    await code.evaluate((vscode) => void (vscode.window.activeTextEditor!.selections = [2, 4, 9].map((line) => new vscode.Selection(line, 0, line, 0))));
    await code.page.keyboard.press('Control+k');
    await code.page.keyboard.press('c');
    await box().waitFor();
    assert.match((await code.page.locator('.quick-input-title').first().textContent()) ?? '', /3 places/);
    await type('~ Name the constant');
    await code.page.keyboard.press('Enter');
    for (const line of [3, 5, 10]) await row(new RegExp(`^Nit, Open: Name the constant\\. a\\.js:${line},`));
    assert.equal((await readLog()).match(/^\*\* TODO/gm)?.length, 3);
  });

  test('the gutter, the end of the line, and the hover with its links', async () => {
    await code.openFile('a.js', 1);
    const [item] = (await log(5, '! Never <b>hide</b> [this](command:workbench.action.quit)')) as [ReviewItemJson];
    await code.waitFor(async () => (await gutterIcons()) === 1, 'one icon');
    const lineEnd = code.page.locator('.view-line').filter({ hasText: 'return {};' });
    const shownText = () => lineEnd.locator('span').evaluateAll((spans) => spans.map((span) => getComputedStyle(span, '::after').content).join(' '));
    await code.waitFor(async () => (await shownText()).includes('Never <b>hide</b>'), 'the text at the end of the line');
    const place = (await lineEnd.boundingBox())!;
    // VS Code shows no hover as long as it thinks that a mouse button is down, as after a context menu.
    await code.page.mouse.click(place.x + 300, place.y + 200);
    const hover = code.page.locator('.monaco-hover:visible').filter({ hasText: 'Copy for LLM' });
    await code.waitFor(async () => {
      // Until the pointer rests there at a moment when VS Code is not busy with something else.
      await code.page.mouse.move(place.x + 300, place.y + 200);
      await code.page.mouse.move(place.x + 60, place.y + 8, { steps: 4 });
      await code.page.waitForTimeout(1000);
      return hover.isVisible();
    }, 'the hover', 30_000);
    const text = (await hover.textContent()) ?? '';
    assert.match(text, /^Must · (now|1 m).*Never <b>hide<\/b> \[this\]\(command:workbench\.action\.quit\).*Done · Edit · Re-attach · Go to log · Copy for LLM/s);
    await hover.getByText('Copy for LLM').click();
    const copied = await code.waitFor(() => code.evaluate((vscode) => vscode.env.clipboard.readText()), 'the copy');
    assert.ok(copied.startsWith(`a.js:5 (must, id ${item.id})\n>     return {};\n`), copied);
    // On the line of the cursor there is no text in the way.
    await code.openFile('a.js', 5);
    await code.waitFor(async () => !(await shownText()).includes('Never'), 'no text on the line of the cursor');
  });

  test('a comment follows its line while the file is edited, and back on undo', async () => {
    await code.openFile('a.js', 1);
    await log(10, 'Moves');
    await type('// one\n// two\n');
    await row(/Moves\. a\.js:12,/);
    assert.match(await readLog(), /a\.js::10/, 'the link is not rewritten while typing');
    await code.command('workbench.action.files.save');
    await code.waitFor(async () => /a\.js::12/.test(await readLog()), 'the link, when the file is saved');
    await code.openFile('a.js', 12);
    await code.command('editor.action.deleteLines');
    await row(/Moves\. a\.js:12,|Open, code not found: Moves/);
    await code.command('undo');
    await row(/^Should, Open: Moves\. a\.js:12,/);
  });

  test('a comment follows its file through git mv, and its code through a checkout', async () => {
    await log(10, 'Follows');
    git('mv', 'a.js', 'about.js');
    await row(/Follows\. about\.js:10,/);
    git('mv', 'about.js', 'a.js');
    await row(/Follows\. a\.js:10,/);
    git('checkout', '--quiet', '-B', 'other');
    await writeFile(path.join(folder, 'a.js'), `// one\n// two\n// three\n${source}`);
    git('commit', '--quiet', '-am', 'second');
    await row(/Follows\. a\.js:13,/);
    git('checkout', '--quiet', 'main');
    await row(/Follows\. a\.js:10,/);
  });

  test('removing is one key, and so is bringing back', async () => {
    const [item] = (await log(3, 'Keep me')) as [ReviewItemJson];
    await log(9, 'Another');
    const before = await readLog();
    assert.deepEqual(await code.command('wheelhouse.review.remove', { id: item.id }), { id: item.id });
    await noRow(/Keep me/);
    assert.ok(!(await readLog()).includes('Keep me'));
    await (await notification(/Removed the comment on a\.js:3/)).getByRole('button', { name: 'Undo' }).click();
    await row(/Keep me\. a\.js:3,/);
    assert.equal(await readLog(), before);
  });

  test('the tree goes to the code, in a preview tab', async () => {
    await log(14, 'Go here');
    await row(/Go here/);
    await code.page.locator('.pane-body .monaco-list-row').filter({ hasText: 'Go here' }).click();
    await code.waitFor(async () => (await cursor()).line === 14, 'the line');
    assert.equal(await code.evaluate((vscode) => vscode.window.tabGroups.activeTabGroup.activeTab?.isPreview), true);
  });

  test('next and previous go round, through all files', async () => {
    await log(3, 'first');
    await log(9, 'second');
    await log(5, 'third', code, 'b.js');
    await code.openFile('a.js', 4);
    const seen: string[] = [];
    for (const way of ['next', 'next', 'next', 'previous', 'previous']) seen.push((await done(`wheelhouse.review.${way}`))?.text ?? '');
    assert.deepEqual(seen, ['second', 'third', 'first', 'third', 'second']);
    assert.deepEqual(await cursor().then(({ file, line }) => ({ file, line })), { file: 'a.js', line: 9 });
  });

  test('done needs a smoke test that passes', async () => {
    const [item] = (await log(3, 'Fix me')) as [ReviewItemJson];
    await writeFile(path.join(folder, 'broken'), '');
    assert.equal((await done('wheelhouse.review.done', { id: item.id })) ?? undefined, undefined);
    await (await notification(/make test did not pass/)).getByRole('button', { name: 'Show Output' }).waitFor();
    await rm(path.join(folder, 'broken'));
    const fixed = await done('wheelhouse.review.done', { id: item.id, summary: 'Fixed it' });
    assert.deepEqual([fixed?.state, fixed?.verified, fixed?.summary], ['done', true, 'Fixed it']);
    await noRow(/Fix me/);
    assert.equal((await done('wheelhouse.review.reopen', { id: item.id }))?.state, 'todo');
    assert.equal((await done('wheelhouse.review.wontfix', { id: item.id, why: 'By design' }))?.state, 'wontfix');
  });

  test('a DONE of somebody else is unverified until a smoke test shows it', async () => {
    await log(3, 'Fixed elsewhere');
    await writeFile(logFile(), (await readLog()).replace('** TODO', '** DONE'));
    await row(/Done, not verified: Fixed elsewhere/);
    const verified = (await code.command('wheelhouse.review.verify')) as ReviewItemJson[];
    assert.deepEqual(verified.map(({ text, verified }) => ({ text, verified })), [{ text: 'Fixed elsewhere', verified: true }]);
    await noRow(/Fixed elsewhere/);
  });

  test('lost code: the comment stays, says so, and can be attached again', async () => {
    const [item] = (await log(10, 'Where am I')) as [ReviewItemJson];
    await writeFile(path.join(folder, 'a.js'), '// nothing of it\n'.repeat(30));
    await row(/Open, code not found: Where am I/);
    await code.openFile('b.js', 10);
    const attached = await done('wheelhouse.review.reattach', { id: item.id });
    assert.deepEqual([attached?.file, attached?.line, attached?.status], ['b.js', 10, 'exact']);
    await row(/^Should, Open: Where am I\. b\.js:10,/);
  });

  test('what is unsaved in an open log is kept, and edited where it is', async () => {
    await log(3, 'On disk');
    await code.command('wheelhouse.review.openLog');
    await code.page.keyboard.press('Control+End');
    await type('\n* My own thoughts');
    await code.waitFor(() => code.evaluate((vscode) => vscode.window.activeTextEditor?.document.isDirty), 'an unsaved log');
    await log(9, 'In the editor');
    const onDisk = await readLog();
    const inEditor = await code.evaluate((vscode) => vscode.workspace.textDocuments.find(({ fileName }) => fileName.endsWith('code_review.org'))?.getText());
    assert.equal(inEditor, onDisk);
    for (const part of ['On disk', 'In the editor', '* My own thoughts']) assert.ok(onDisk.includes(part), part);
    await row(/In the editor\. a\.js:9,/);
  });

  test('two windows on one folder see each other’s comments', async () => {
    const other = await code.openWindow();
    try {
      await other.command('workbench.view.extension.wheelhouse');
      await log(3, 'From the first');
      await row(/From the first\. a\.js:3,/, other);
      await log(9, 'From the second', other);
      await row(/From the second\. a\.js:9,/);
      await Promise.all([log(5, 'At once, here'), log(5, 'At once, there', other)]);
      for (const window of [code, other]) for (const text of [/At once, here/, /At once, there/]) await row(text, window);
    } finally {
      await other.close();
    }
  });

  test('filters and groups', async () => {
    await log(3, '! One');
    await log(9, '~ Two', code, 'b.js');
    await code.openFile('b.js', 1);
    assert.equal(await code.command('wheelhouse.review.filter', { filter: 'currentFile' }), 'currentFile');
    await noRow(/One/);
    await row(/Two/);
    await code.page.getByText('Comments in the current file only.').waitFor();
    await writeFile(path.join(folder, 'a.js'), `${source}// changed\n`);
    await code.command('wheelhouse.review.filter', { filter: 'changedFiles' });
    await row(/One/);
    await noRow(/Two/);
    await code.command('wheelhouse.review.filter', { filter: 'none' });
    await code.command('wheelhouse.review.groupBy', { by: 'severity' });
    await row(/^Must, 1 comment/);
    await row(/^Nit, 1 comment/);
    await code.command('wheelhouse.review.groupBy', { by: 'file' });
    await row(/^a\.js, 1 comment/);
  });

  test('every command that is declared is there', async () => {
    const registered = new Set(await code.evaluate((vscode) => vscode.commands.getCommands(true)));
    assert.deepEqual(Object.keys(commands).filter((id) => !registered.has(id)), []);
  });

  test('a document without a file cannot have comments, and that is said', async () => {
    await code.evaluate(async (vscode) => {
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content: 'x' }));
    });
    await code.command('wheelhouse.review.logComment');
    await notification(/save it first/);
  });
});

describe('review comments in Restricted Mode', { skip }, () => {
  test('comments are logged and read, and nothing is run', async () => {
    const root = await mkdtemp(path.join(tmpdir(), 'wheelhouse-restricted-'));
    const folder = path.join(root, 'folder');
    const trap = path.join(root, 'ran');
    await mkdir(folder);
    await writeFile(path.join(folder, 'a.js'), source);
    await writeFile(path.join(folder, 'Makefile'), `test:\n\ttouch ${trap}\n`);
    execFileSync('git', ['init', '--quiet'], { cwd: folder });
    // What a repository can say about itself, and git then runs.
    execFileSync('git', ['config', 'core.fsmonitor', `touch ${trap}; false`], { cwd: folder });
    const code = await launchVSCode({ folder, restricted: true });
    try {
      const items = await code.evaluate((vscode, file) => vscode.commands.executeCommand<ReviewItemJson[]>('wheelhouse.review.logComment', { uri: vscode.Uri.file(file), lineNumber: 3, text: 'Read only' }), path.join(folder, 'a.js'));
      assert.deepEqual(items.map(({ file, line, status }) => ({ file, line, status })), [{ file: 'a.js', line: 3, status: 'exact' }]);
      await code.command('wheelhouse.review.done', { id: items[0]?.id });
      await code.command('notifications.showList');
      await code.page.locator('.notifications-center').getByText(/not said to trust/).waitFor();
      assert.match(await readFile(path.join(code.home, 'code_review.org'), 'utf8'), /\*\* TODO/);
      await assert.rejects(readFile(trap), { code: 'ENOENT' });
    } finally {
      await code.dispose();
      await rm(root, { recursive: true, force: true });
    }
  });
});
