/**
 * Pictures of the review log, from a real VS Code on the sample: `node scripts/screenshots.ts [FOLDER]` takes those of
 * the README, or with a folder all of them in every theme. Those of the sessions come from their test:
 * `WHEELHOUSE_SHOTS=FOLDER node --test test/e2e/sessions.vscode.test.ts`.
 */
import { mkdtemp, mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { launchVSCode } from '../test/harness/vscode/launch.ts';
import type { ColorTheme } from '../test/harness/vscode/settings.ts';
import { DEMO_COMMENTS } from './vscode/demo/comments.ts';
import { projectRoot } from './vscode/paths.ts';
import { sampleRepository } from './vscode/sample.ts';

const everything = process.argv[2] !== undefined;
const out = path.resolve(process.argv[2] ?? path.join(projectRoot, 'media/screenshots'));
const readme = ['review-dark.png', 'hover-light.png'];
await mkdir(out, { recursive: true });
const base = await mkdtemp(path.join(tmpdir(), 'wheelhouse-pictures-'));
const folder = await sampleRepository(path.join(base, 'billable'));

try {
  for (const theme of ['dark', 'light', 'hc', 'hcLight'] as const) {
    if (everything || readme.some((name) => name.endsWith(`-${theme}.png`))) await pictures(theme);
  }
} finally {
  await rm(base, { recursive: true, force: true });
}

async function pictures(theme: ColorTheme): Promise<void> {
  const take = async (name: string) => {
    const file = `${name}-${theme}.png`;
    if (everything || readme.includes(file)) await code.screenshot(path.join(out, file));
  };
  const code = await launchVSCode({ folder, colorTheme: theme, viewport: { width: 1280, height: 760 } });
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
