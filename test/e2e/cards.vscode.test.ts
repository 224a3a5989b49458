// Cards as a user meets them: VS Code, code that becomes a card, a quiz by keyboard alone, and a model that follows a script.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import type { Frame } from 'playwright-core';
import { articleCards } from '../faces/articleCards.ts';
import { launchVSCode, whyNoVSCode, type VSCode } from '../harness/vscode/launch.ts';
import type { ColorTheme } from '../harness/vscode/settings.ts';

const shots = process.env['WHEELHOUSE_SHOTS'];
const theme = (process.env['WHEELHOUSE_SHOTS_THEME'] ?? 'dark') as ColorTheme;

const source = `/** Loads everything, four at a time. */
export async function loadAll(items: readonly string[]): Promise<string[]> {
  const queue = items.values();
  const results: string[] = [];
  const worker = async () => {
    for (const item of queue) results.push(await load(item));
  };
  await Promise.all([1, 2, 3, 4].map(worker));
  return results;
}
`;

/** A language model as a program: it explains, writes a worksheet, or prints these cards; about other things than code, one that says what it was about. */
const generated = [
  { question: 'Why can four workers share `queue`?', answer: 'An iterator gives each item **once**, whoever asks.', tags: ['async'] },
  { question: 'What does Promise.all return?', answer: 'A promise of all results, in order.' },
];
const sheet = `items = iter([1, 2, 3])  # an iterator
# WHY: it gives each item once
# ALTERNATIVE: a queue
# MISTAKE: a list in its place
# PERFORMANCE: one item at a time
# WHEN NOT: when the order matters
# CONNECTS: generators
first = next(items)
rest = list(items)
total = first + sum(rest)
print(total)
`;
const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
const aboutOnly = (what: string) => quoted(JSON.stringify([{ question: `What did ${what} teach?`, answer: 'Something.' }]));
const model = `#!/bin/sh
task=$(cat)
case "$task" in
  *'in a quiz with flashcards'*) printf 'Because an iterator **remembers** where it is.' ;;
  *'You write a worksheet'*) printf '%s' ${quoted(sheet)} ;;
  *'A code review comment'*'Why one iterator for all?'*) printf '%s' ${aboutOnly('the review')} ;;
  *'a conversation of the learner'*'It reads twice.'*) printf '%s' ${aboutOnly('the conversation')} ;;
  *'A worksheet: annotated'*'it gives each item once'*) printf '%s' ${aboutOnly('the worksheet')} ;;
  *'Back pressure'*) printf '%s' ${aboutOnly('the topic')} ;;
  *) printf '%s' ${quoted(JSON.stringify(generated))} ;;
esac
`;


const rows = (code: VSCode) => code.page.locator('.pane:has([aria-label^="Learn Section"]) .monaco-list-row');
const statusItem = (code: VSCode) => code.page.locator('.statusbar-item[id*="wheelhouse.cards"]');

describe('cards in the editor', { skip: await whyNoVSCode() }, () => {
  let root: string;
  let folder: string;
  let code: VSCode;

  const shoot = async (name: string) => shots && (await code.screenshot(path.join(shots, `cards-${name}-${theme}.png`)));
  const press = async (...keys: string[]) => {
    for (const key of keys) {
      await code.page.keyboard.press(key);
      await code.page.waitForTimeout(150);
    }
  };
  const quiz = () => code.webview('Quiz');
  const shows = (frame: Frame, text: string | RegExp, timeout = 30_000) => frame.getByText(text).first().waitFor({ timeout });

  /** Until it is gone: the next page of the same name must not be mistaken for this one. */
  const close = async (page: Frame) => {
    await page.getByRole('button', { name: 'Close' }).click();
    await code.waitFor(() => page.isDetached(), 'the closed page to be gone');
  };

  before(async () => {
    root = await realpath(await mkdtemp(path.join(tmpdir(), 'wh-ca-')));
    folder = path.join(root, 'shop');
    await mkdir(folder);
    const git = (...args: string[]) => promisify(execFile)('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.com', ...args], { cwd: folder });
    await git('init', '-q', '-b', 'main');
    await writeFile(path.join(folder, 'load.ts'), source);
    await git('add', '.');
    await git('commit', '-qm', 'Start');
    await writeFile(path.join(root, 'model'), model);
    await chmod(path.join(root, 'model'), 0o755);
    code = await launchVSCode({ folder, colorTheme: theme, env: { WHEELHOUSE_DATA: path.join(root, 'data') } });
    const set = (id: string, value: unknown) => code.evaluate((vscode, { id, value }) => vscode.workspace.getConfiguration().update(id, value, vscode.ConfigurationTarget.Global), { id, value });
    await set('wheelhouse.models.use', 'command');
    await set('wheelhouse.models.command', [path.join(root, 'model')]);
    await set('wheelhouse.cards.worksheetsFolder', path.join(root, 'sheets'));
    await code.command('workbench.view.extension.wheelhouse');
    await code.command('wheelhouse.learn.focus');
  });

  after(async () => {
    await code.dispose();
    await rm(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });

  test('without cards the view teaches', async () => {
    await code.page.getByText('What you learn from code sticks').waitFor();
    await shoot('empty');
  });

  test('selected code becomes a card that keeps file, lines and commit', async () => {
    const card = (await code.command('wheelhouse.cards.createFromSelection', { uri: path.join(folder, 'load.ts'), startLine: 5, endLine: 8, question: 'What limits this to **four** requests at a time?', answer: 'Four workers share one iterator.', notes: 'Each `next()` goes to one worker.' })) as { id: string; kind: string; project: string; source: { startLine: number; endLine: number; commit: string; code: string } };
    assert.equal(card.kind, 'code');
    assert.equal(card.project, 'typescript');
    assert.deepEqual([card.source.startLine, card.source.endLine], [5, 8]);
    assert.match(card.source.commit, /^[0-9a-f]{40}$/);
    assert.match(card.source.code, /Promise\.all/);
    await code.command('wheelhouse.cards.create', { deck: 'typescript', question: 'What does Promise.all return?', answer: 'A promise of all results, in order.' });
    await code.command('wheelhouse.cards.create', { deck: 'typescript', question: '{{c1::Promise.race}} settles with the **first** promise.', answer: '' });
    await rows(code).filter({ hasText: 'typescript' }).filter({ hasText: '3 new' }).waitFor();
  });

  test('a quiz opens as a page, once for each deck', async () => {
    const started = (await code.command('wheelhouse.cards.quiz', { deck: 'typescript' })) as { cards: number };
    assert.equal(started.cards, 3);
    const page = await quiz();
    await shows(page, 'What limits this to');
    await page.getByText('Show answer').waitFor();
    await shoot('question');
    assert.deepEqual(await code.command('wheelhouse.cards.quiz', { deck: 'typescript' }), started, 'it is not started twice');
    // Shown anew, the page gets the focus once more.
    await code.page.waitForTimeout(500);
  });

  test('a whole quiz by keyboard: answer, rate, forget, undo, flag, edit', async () => {
    const page = await quiz();
    await press('Space');
    await shows(page, 'Four workers share one iterator.');
    await shoot('answer');
    await press('x');
    await shows(page, 'Explained by');
    assert.equal(await page.locator('.explanation strong').innerText(), 'remembers');
    await shoot('explanation');
    await press('v');
    await shows(page, 'There is no voice on this machine.');
    await press('f');
    await shows(page, 'Flagged');
    await press('4');
    await shows(page, 'What does Promise.all return?');
    await press('u');
    await shows(page, 'What limits this to');
    await press('Space', '4');
    await shows(page, 'What does Promise.all return?');
    await press('e');
    await page.getByLabel('Answer').fill('A promise of an array, in the order given.');
    await press('Control+Enter');
    await shows(page, 'What does Promise.all return?');
    await press('Space');
    await shows(page, 'A promise of an array, in the order given.');
    await press('1');
    await shows(page, 'settles with the');
    await press('Space');
    await shows(page, 'Promise.race');
    await press('5');
    await shows(page, 'What does Promise.all return?');
  });

  test('a card goes to its code', async () => {
    const page = await quiz();
    await press('u');
    await shows(page, 'settles with the');
    await press('u', 'u');
    await shows(page, 'What limits this to');
    await press('o');
    const lines = await code.waitFor(() => code.evaluate((vscode) => vscode.window.visibleTextEditors.map(({ selection }) => `${selection.start.line + 1}-${selection.end.line + 1}`)[0]));
    assert.equal(lines, '5-8');
    await shoot('source');
    await press('Space', '4');
    await shows(page, 'What does Promise.all return?');
    await press('Space', '1');
    await shows(page, 'settles with the');
    await press('Space', '5');
    await shows(page, 'What does Promise.all return?');
  });

  test('a reloaded window goes on with the quiz', async () => {
    await code.reload();
    const page = await quiz();
    // Extensions that wait for the end of the start are activated when VS Code has nothing else to do.
    await shows(page, 'What does Promise.all return?', 45_000);
    await page.locator('body').click({ position: { x: 5, y: 300 } });
    await press('Space', '3');
    await shows(page, 'Done for now');
    await shows(page, /3 cards in/);
    await shoot('end');
    await close(page);
  });

  test('generated cards are shown, and only those that are chosen are kept', async () => {
    const made = (await code.command('wheelhouse.cards.generate', { from: 'file', uri: path.join(folder, 'load.ts') })) as { subject: string };
    assert.equal(made.subject, 'load.ts');
    const page = await code.webview('New Flashcards');
    await shows(page, 'Why can four workers share');
    await shows(page, 'You have a card like this in typescript');
    await shoot('approval');
    await page.getByRole('button', { name: /Keep selected \(1\)/ }).click();
    await shows(page, 'Take back');
    await rows(code).filter({ hasText: 'typescript' }).filter({ hasText: '1 new' }).waitFor();
    await page.getByRole('button', { name: 'Discard' }).click();
    await close(page);
  });

  test('figures, export and import', async () => {
    await code.command('wheelhouse.cards.stats');
    const page = await code.webview('Learning');
    await shows(page, '4 answers');
    await shows(page, 'Hardest cards');
    await shoot('stats');
    const file = path.join(root, 'cards.json');
    assert.deepEqual(await code.command('wheelhouse.cards.export', { path: file }), { path: file, cards: 4 });
    assert.match(await readFile(file, 'utf8'), /Promise\.race/);
    const back = (await code.command('wheelhouse.cards.import', { path: file })) as { added: number; left: number };
    assert.deepEqual([back.added, back.left], [0, 4]);
  });

  /** The page of proposed cards for a subject: one card, which is kept. */
  const proposed = async (text: string) => {
    const page = await code.webview('New Flashcards');
    await shows(page, text);
    await page.getByRole('button', { name: /^Keep/ }).first().click();
    await shows(page, 'Take back');
    await close(page);
  };

  test('a worksheet is written, opened as a file of its language, listed, and cards are taken from it', async () => {
    const { path: file } = (await code.command('wheelhouse.cards.worksheet', { concept: 'Shared iterators', language: 'python' })) as { path: string };
    assert.equal(file, path.join(root, 'sheets/shared-iterators.py'));
    assert.match(await readFile(file, 'utf8'), /^# Worksheet: Shared iterators\n# Made: [^]*# Run: python3 shared-iterators\.py\n[^]*# CONNECTS: generators/);
    assert.deepEqual(await code.evaluate((vscode) => [vscode.window.activeTextEditor?.document.uri.fsPath, vscode.window.activeTextEditor?.document.languageId]), [file, 'python']);
    await rows(code).filter({ hasText: 'Worksheets' }).click();
    await rows(code).filter({ hasText: 'Shared iterators' }).waitFor();
    await shoot('worksheet');
    assert.deepEqual(Object.keys((await code.command('wheelhouse.cards.extractFromWorksheet', { path: file })) as object), ['id', 'subject']);
    await proposed('What did the worksheet teach?');
    await rows(code).filter({ hasText: 'python' }).filter({ hasText: '1 new' }).waitFor();
  });

  test('cards are made of a review comment, a conversation and a topic', async () => {
    const [comment] = (await code.command('wheelhouse.review.logComment', { uri: path.join(folder, 'load.ts'), lineNumber: 3, text: 'Why one iterator for all?' })) as { id: string }[];
    await code.command('wheelhouse.cards.generate', { from: 'review', id: comment?.id, deck: 'made' });
    await proposed('What did the review teach?');
    const projects = path.join(code.home, '.claude/projects/-shop');
    await mkdir(projects, { recursive: true });
    const said = [
      { type: 'user', message: { role: 'user', content: 'Why is it slow?' } },
      { type: 'assistant', message: { content: [{ type: 'text', text: 'It reads twice.' }] } },
    ];
    await writeFile(path.join(projects, '0f0e0d0c-0000-4000-8000-000000000001.jsonl'), `${said.map((line) => JSON.stringify(line)).join('\n')}\n`);
    await code.command('wheelhouse.cards.generate', { from: 'session', id: '0f0e0d0c-0000-4000-8000-000000000001', deck: 'made' });
    await proposed('What did the conversation teach?');
    await code.command('wheelhouse.cards.generate', { from: 'topic', topic: 'Back pressure', deck: 'made' });
    await proposed('What did the topic teach?');
    await rows(code).filter({ hasText: 'made' }).filter({ hasText: '3 new' }).waitFor();
  });

  test('the three cards of an article: imported, quizzed, counted', async () => {
    const file = path.join(root, 'article.json');
    await writeFile(file, `Here are your cards:\n\n${JSON.stringify(articleCards, null, 2)}\n`);
    const { added, problems } = (await code.command('wheelhouse.cards.import', { path: file, deck: 'clojure' })) as { added: number; problems: string[] };
    assert.deepEqual([added, problems], [3, []]);
    assert.equal(((await code.command('wheelhouse.cards.quiz', { deck: 'clojure' })) as { cards: number }).cards, 3);
    const page = await quiz();
    await shows(page, 'What does (get m k) return');
    await code.page.waitForTimeout(500);
    // As fast as the keys can be pressed: each waits for the card that it is meant for.
    for (const key of ['Space', '4', 'Space', '4', 'Space', '5']) await code.page.keyboard.press(key);
    await shows(page, 'Done for now');
    await shows(page, 'When is a lazy sequence realised?');
    await close(page);
    await code.command('wheelhouse.cards.stats', { deck: 'clojure' });
    await shows(await code.webview('Learning'), '3 answers');
  });

  test('the hour at which a day begins is told to the command line', async () => {
    await code.evaluate((vscode) => vscode.workspace.getConfiguration().update('wheelhouse.cards.dayStart', 6, vscode.ConfigurationTarget.Global));
    await code.waitFor(async () => (await readFile(path.join(root, 'data/user/settings.json'), 'utf8').catch(() => '')).includes('"dayStart": 6'));
  });

  test('words, decks and algorithms', async () => {
    const words = await code.command('wheelhouse.cards.vocabulary', { deck: 'german', pairs: 'der Baum = the tree\ndie Brücke = the bridge', front: 'de', back: 'en' });
    assert.deepEqual(words, { deck: 'german', added: 2 });
    assert.equal(((await code.command('wheelhouse.cards.quiz', { deck: 'german' })) as { cards: number }).cards, 4);
    const page = await quiz();
    await shows(page, /^(der Baum|die Brücke|the tree|the bridge)$/);
    await code.page.waitForTimeout(500);
    await press('v');
    await shows(page, /There is no voice for “(de|en)” on this machine/);
    await shoot('words');
    await code.command('workbench.action.closeActiveEditor');
    assert.deepEqual(await code.command('wheelhouse.cards.setAlgorithm', { deck: 'german', algorithm: 'leitner' }), { algorithm: 'leitner', cards: 4 });
    assert.deepEqual(await code.command('wheelhouse.cards.renameDeck', { deck: 'german', name: 'deutsch' }), { name: 'deutsch', cards: 4 });
    await rows(code).filter({ hasText: 'deutsch' }).waitFor();
    await shoot('view');
    assert.deepEqual(await code.command('wheelhouse.cards.deleteDeck', { deck: 'deutsch', confirmed: true }), { notes: 2 });
    await rows(code).filter({ hasText: 'deutsch' }).waitFor({ state: 'detached' });
    await code.command('wheelhouse.cards.undo');
    await rows(code).filter({ hasText: 'deutsch' }).waitFor();
  });

  test('the status bar tells what is due, and can be turned off', async () => {
    assert.equal(await statusItem(code).count(), 0, 'nothing that was known is due');
    await code.command('wheelhouse.cards.create', { deck: 'old', question: 'Due?', answer: 'Yes.' });
    const { cards } = (await code.command('wheelhouse.cards.quiz', { deck: 'old' })) as { cards: number };
    assert.equal(cards, 1);
    const page = await quiz();
    await shows(page, 'Due?');
    await press('Space', '1');
    await statusItem(code).filter({ hasText: '1 due' }).waitFor();
    await shoot('status');
    await code.evaluate((vscode) => vscode.workspace.getConfiguration().update('wheelhouse.cards.statusBar', false, vscode.ConfigurationTarget.Global));
    await statusItem(code).waitFor({ state: 'detached' });
  });
});
