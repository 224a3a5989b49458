/**
 * Pictures from a real VS Code on the sample and the demo's data: `node scripts/screenshots.ts [FOLDER]` takes those of
 * the README, or with a folder all of them in every theme. Those of sessions, coordination and policy come from their tests:
 * `WHEELHOUSE_SHOTS=FOLDER node --test test/e2e/sessions.vscode.test.ts`. Needs `npm run build`.
 */
import { mkdtemp, mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { launchVSCode, type VSCode } from '../test/harness/vscode/launch.ts';
import type { ColorTheme } from '../test/harness/vscode/settings.ts';
import { DEMO_COMMENTS } from './vscode/demo/comments.ts';
import { startDemo } from './vscode/demo/index.ts';
import { projectRoot } from './vscode/paths.ts';
import { sampleRepository } from './vscode/sample.ts';

const everything = process.argv[2] !== undefined;
const out = path.resolve(process.argv[2] ?? path.join(projectRoot, 'media/screenshots'));
const readme = ['review-dark.png', 'hover-light.png', 'timeline-dark.png', 'crawl-dark.png', 'stats-light.png', 'quiz-light.png', 'notes-light.png'];
const viewport = { width: 1280, height: 760 };
await mkdir(out, { recursive: true });
const base = await mkdtemp(path.join(tmpdir(), 'wheelhouse-pictures-'));
const folder = await sampleRepository(path.join(base, 'billable'));

try {
  for (const theme of ['dark', 'light', 'hc', 'hcLight'] as const) {
    if (!everything && !readme.some((name) => name.endsWith(`-${theme}.png`))) continue;
    await pictures(theme);
    await learningPictures(theme);
  }
} finally {
  await rm(base, { recursive: true, force: true });
}

/** Takes a picture when it is wanted. */
function camera(code: VSCode, theme: ColorTheme): (name: string) => Promise<void> {
  return async (name) => {
    const file = `${name}-${theme}.png`;
    if (everything || readme.includes(file)) await code.screenshot(path.join(out, file));
  };
}

/** The prompt timeline, the quiz and the notes, on the demo's data. */
async function learningPictures(theme: ColorTheme): Promise<void> {
  const demo = await startDemo(path.join(base, `demo-${theme}`));
  const code = await launchVSCode({ folder: demo.folder, env: demo.env, colorTheme: theme, viewport });
  const take = camera(code, theme);
  try {
    await code.command('workbench.view.extension.wheelhouse');
    await code.command('wheelhouse.prompts.openTimeline', {});
    await code.page.waitForTimeout(6000);
    await take('timeline-day');
    await code.command('workbench.action.closeSidebar');
    const page = await code.webview('Prompt Timeline');
    await page.locator('canvas').first().click({ position: { x: 5, y: 5 } });
    await page.locator('body').press('0');
    await code.page.waitForTimeout(1500);
    await take('timeline');
    for (const tab of ['day', 'theatre', 'stats', 'table', 'crawl']) {
      await code.command('wheelhouse.prompts.openTimeline', { tab });
      await code.page.waitForTimeout(tab === 'crawl' ? 9000 : 2500);
      await take(tab);
    }
    await code.command('workbench.action.closeAllEditors');
    await code.command('wheelhouse.cards.quiz', { deck: 'javascript' });
    await code.page.waitForTimeout(3000);
    await take('question');
    await code.page.keyboard.press('Space');
    await code.page.waitForTimeout(800);
    await take('quiz');
    await notesPicture(code, path.join(base, `demo-${theme}`, 'notes'));
    await take('notes');
  } finally {
    await code.dispose();
    demo.stop();
  }
}

/** A note with what its link leads to, beside the graph. */
async function notesPicture(code: VSCode, notes: string): Promise<void> {
  const set = (id: string, value: unknown) => code.evaluate((vscode, { id, value }) => vscode.workspace.getConfiguration().update(id, value, vscode.ConfigurationTarget.Global), { id, value });
  for (const [id, value] of Object.entries({ 'wheelhouse.notes.folders': [notes], 'editor.minimap.enabled': false, 'editor.wordWrap': 'on', 'breadcrumbs.enabled': false })) await set(id, value);
  await code.command('workbench.action.closeAllEditors');
  for (const view of ['Sessions', 'Review Comments', 'Learn']) await code.page.locator(`.pane-header[aria-label^="${view}"][aria-expanded="true"]`).click();
  await code.command('workbench.action.newGroupRight');
  await code.command('wheelhouse.notes.openGraph');
  await code.command('workbench.action.focusFirstEditorGroup');
  await code.openFile(path.join(notes, 'smoke-test-paradigm.org'), 14);
  for (let n = 0; n < 24; n++) await code.page.keyboard.press('ArrowRight');
  await code.page.waitForTimeout(3000);
  await code.command('editor.action.showHover');
  await code.page.waitForTimeout(1500);
}

async function pictures(theme: ColorTheme): Promise<void> {
  const code = await launchVSCode({ folder, colorTheme: theme, viewport });
  const take = camera(code, theme);
  try {
    await code.command('workbench.view.extension.wheelhouse');
    await code.page.waitForTimeout(1500);
    await take('empty');
    for (const { at, text, severity, tags } of DEMO_COMMENTS) {
      const [, file = '', line = ''] = /^(.*):(\d+)/.exec(at) ?? [];
      const mark = { must: '! ', question: '? ', nit: '~ ', should: '' }[severity];
      await code.command('wheelhouse.review.logComment', { uri: path.join(folder, file), lineNumber: Number(line), text: `${mark}${text} ${tags.map((tag) => `#${tag}`).join(' ')}` });
    }
    await code.openFile('src/entries.js', 1);
    await code.page.getByRole('button', { name: 'Sessions Section' }).click();
    await code.command('workbench.action.focusActiveEditorGroup');
    await code.page.waitForTimeout(2500);
    await take('review');
    await code.command('editor.action.showHover');
    const line = code.page.locator('.view-line', { hasText: 'pages: Math.floor' });
    await line.hover({ position: { x: 60, y: 8 } });
    await code.page.waitForTimeout(1500);
    await take('hover');
    await code.page.setViewportSize({ width: 700, height: 600 });
    await code.page.waitForTimeout(1000);
    await take('narrow');
  } finally {
    await code.dispose();
  }
}
