/** A view of the timeline page alone in a real Chromium, under the policy that pages have. */
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import themes from '../../shared/themes.json' with { type: 'json' };
import type { Theme } from '../../shared/openPage.ts';
import type { Stage, StageOptions } from './stage.page.ts';

type Answer = 'rated' | 'said' | 'opened' | 'searched' | 'failed' | 'selected' | 'state';

export interface OpenStage {
  readonly page: Page;
  /** Errors, and what the policy refused. */
  readonly complaints: readonly string[];
  /** A property of what the page's side has written down. */
  readonly asked: <K extends Answer>(what: K) => Promise<Stage[K]>;
  readonly close: () => Promise<void>;
}

let bundle: Promise<{ script: string; style: string }> | undefined;

async function makeBundle(): Promise<{ script: string; style: string }> {
  const { outputFiles } = await build({ entryPoints: [join(import.meta.dirname, 'stage.page.ts')], outdir: 'out', bundle: true, write: false, format: 'iife', platform: 'browser', target: 'es2022', loader: { '.svg': 'dataurl' }, logLevel: 'error' });
  const text = (end: string) => outputFiles.find(({ path }) => path.endsWith(end))?.text ?? '';
  return { script: text('.js'), style: text('.css') };
}

const policy = "default-src 'none'; img-src data:; script-src http://page.test; style-src http://page.test; font-src http://page.test";

export async function openStage(browser: Browser, options: StageOptions, { theme = 'dark', width = 1000, height = 700 }: { readonly theme?: Theme; readonly width?: number; readonly height?: number } = {}): Promise<OpenStage> {
  const { script, style } = await (bundle ??= makeBundle());
  const { bodyClass, variables } = themes[theme];
  const context = await browser.newContext({ viewport: { width, height }, reducedMotion: options.reducedMotion === true ? 'reduce' : 'no-preference' });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  const ground = `:root{${Object.entries(variables).map(([name, value]) => `${name}:${value}`).join(';')}}main{display:flex;flex-direction:column;height:100%}`;
  const html = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><title>Stage</title><link rel="stylesheet" href="/page.css"></head><body class="${bodyClass}"><script src="/page.js"></script></body></html>`;
  await page.route('**/*', (route) => {
    const path = new URL(route.request().url()).pathname;
    if (path === '/') return route.fulfill({ contentType: 'text/html', body: html });
    if (path === '/page.js') return route.fulfill({ contentType: 'text/javascript', body: script });
    if (path === '/page.css') return route.fulfill({ contentType: 'text/css', body: ground + style });
    complaints.push(`the page asked for ${route.request().url()}`);
    return route.abort();
  });
  await page.goto('http://page.test/');
  await page.evaluate((given) => window.play(given), options);
  return { page, complaints, asked: <K extends Answer>(what: K) => page.evaluate((name) => window.stage[name], what) as Promise<Stage[K]>, close: () => context.close() };
}
