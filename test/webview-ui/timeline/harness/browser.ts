/** The standalone page in a real Chromium, with the colours of a theme of VS Code. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { chromium, type Browser, type Page } from 'playwright-core';
import { installBrowser } from '../../../../scripts/vscode/browser.ts';
import { embedTimeline, timelineDataElement, type TimelineFile } from '../../../../src/protocol/timelineFile.ts';

const root = path.join(import.meta.dirname, '../../../..');

export type Theme = 'dark' | 'light' | 'hc' | 'hcLight';
const bodyClasses: Readonly<Record<Theme, string>> = { dark: 'vscode-dark', light: 'vscode-light', hc: 'vscode-high-contrast', hcLight: 'vscode-high-contrast vscode-high-contrast-light' };

export interface OpenOptions {
  /** Without, the page has the colours of a file of its own. */
  readonly theme?: Theme;
  readonly width?: number;
  readonly height?: number;
  readonly timezone?: string;
  readonly scale?: number;
  readonly reducedMotion?: boolean;
  /** What stands after `#` in the page's address. */
  readonly hash?: string;
  /** Waits until this is there; by default a lane, or the words that there is none. */
  readonly ready?: string;
  /** How long, ms. */
  readonly patience?: number;
}

export interface Harness {
  open(file: TimelineFile, options?: OpenOptions): Promise<Page>;
  close(): Promise<void>;
}

/** @param entry The script of the page, relative to the root. */
export async function bundle(entry: string, format: 'iife' | 'esm' = 'iife'): Promise<{ readonly script: string; readonly style: string }> {
  const { outputFiles } = await build({ absWorkingDir: root, entryPoints: [entry], bundle: true, write: false, format, platform: 'browser', target: 'es2022', outdir: 'out', minify: true, legalComments: 'none', logLevel: 'warning', loader: { '.svg': 'dataurl' } });
  const text = (ending: string) => outputFiles.find((file) => file.path.endsWith(ending))?.text ?? '';
  return { script: text('.js'), style: text('.css') };
}

/** Starts one browser for all pages; several pages of one test are isolated from each other. */
export async function startHarness(entry = 'webview-ui/timeline/standalone.ts', format: 'iife' | 'esm' = 'iife'): Promise<Harness> {
  const folder = await mkdtemp(path.join(tmpdir(), 'wheelhouse-timeline-'));
  const [{ script, style }, { executable, env }] = await Promise.all([bundle(entry, format), installBrowser()]);
  const themes = JSON.parse(await readFile(path.join(import.meta.dirname, 'themes.json'), 'utf8')) as Readonly<Record<Theme, Readonly<Record<string, string>>>>;
  const browser: Browser = await chromium.launch({ executablePath: executable, args: ['--no-sandbox', '--disable-gpu'], env: { PATH: process.env['PATH'] ?? '', HOME: folder, ...env } });
  let pages = 0;
  return {
    async open(file, { theme, width = 1280, height = 760, timezone = 'Europe/Berlin', scale = 1, reducedMotion = false, hash = '', ready = '.lane, .emptiness:not([hidden])', patience = 30_000 } = {}) {
      const context = await browser.newContext({ viewport: { width, height }, timezoneId: timezone, deviceScaleFactor: scale, locale: 'en-GB', acceptDownloads: true, colorScheme: theme === 'light' || theme === 'hcLight' ? 'light' : 'dark', reducedMotion: reducedMotion ? 'reduce' : 'no-preference' });
      const page = await context.newPage();
      const colours = theme ? `:root{${Object.entries(themes[theme]).map(([name, value]) => `${name}:${value}`).join(';')}}` : '';
      const html = `<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:"><title>Prompts</title><style>${style}</style><style>${colours}</style></head><body class="${theme ? bodyClasses[theme] : ''}"><main id="root"></main><script type="application/json" id="${timelineDataElement}">${embedTimeline(file)}</script><script${format === 'esm' ? ' type="module"' : ''}>${script.replaceAll('</script', '<\\/script')}</script></body></html>`;
      const target = path.join(folder, `page-${++pages}.html`);
      await writeFile(target, html);
      page.on('pageerror', (error) => console.error('page error:', error.message));
      await page.goto(`${pathToFileURL(target).href}${hash}`);
      await page.locator(ready).first().waitFor({ state: 'attached', timeout: patience });
      return page;
    },
    async close() {
      await browser.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
