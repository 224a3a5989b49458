/** A page of ours in a real Chromium, with an extension's side that the test plays. The conversation is the real one: parsers, answers, failures. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';
import { chromium, type Browser, type Page } from 'playwright-core';
import { installBrowser } from '../../../scripts/vscode/browser.ts';
import { serveCalls, webviewHtml, type Handlers, type HostLink, type Protocol } from '../../../src/protocol/index.ts';
import themes from './themes.json' with { type: 'json' };

const root = join(import.meta.dirname, '../../..');

export type Theme = keyof typeof themes;
export const themeNames = Object.keys(themes) as readonly Theme[];

export interface PageOptions<P extends Protocol> {
  /** The folder under `webview-ui`. */
  readonly name: string;
  readonly protocol: P;
  readonly handlers: Handlers<P>;
  readonly theme?: Theme;
  readonly width?: number;
  readonly height?: number;
  readonly reducedMotion?: boolean;
  /** What the page kept when it was there before. */
  readonly state?: unknown;
}

export interface OpenPage<P extends Protocol> {
  readonly page: Page;
  readonly host: HostLink<P>;
  /** What the host refused, and what the page printed as an error or failed to load. */
  readonly complaints: readonly string[];
  /** What the page keeps. */
  readonly state: () => Promise<unknown>;
  readonly close: () => Promise<void>;
}

export async function startBrowser(): Promise<Browser> {
  const { executable, env } = await installBrowser();
  return chromium.launch({ executablePath: executable, args: ['--no-sandbox', '--disable-gpu'], env: { PATH: process.env['PATH'] ?? '', ...env } });
}

const bundles = new Map<string, Promise<{ script: string; style: string }>>();

function bundle(name: string): Promise<{ script: string; style: string }> {
  let made = bundles.get(name);
  if (!made) bundles.set(name, (made = makeBundle(name)));
  return made;
}

async function makeBundle(name: string): Promise<{ script: string; style: string }> {
  const { outputFiles } = await build({ entryPoints: [join(root, 'webview-ui', name, 'main.ts')], outdir: 'out', bundle: true, write: false, format: 'iife', platform: 'browser', target: 'es2022', loader: { '.svg': 'dataurl' }, logLevel: 'error' });
  const text = (end: string) => outputFiles.find(({ path }) => path.endsWith(end))?.text ?? '';
  return { script: text('.js'), style: text('.css') };
}

export async function openPage<P extends Protocol>(browser: Browser, options: PageOptions<P>): Promise<OpenPage<P>> {
  const { name, protocol, handlers, theme = 'dark', width = 1000, height = 800 } = options;
  const { script, style } = await bundle(name);
  const { bodyClass, variables } = themes[theme];
  const context = await browser.newContext({ viewport: { width, height }, reducedMotion: options.reducedMotion ? 'reduce' : 'no-preference' });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));

  let receive: (message: unknown) => void = () => undefined;
  const port = {
    postMessage: (message: unknown) => void page.evaluate((value) => window.postMessage(value, '*'), message).catch(() => undefined),
    onDidReceiveMessage: (listener: (message: unknown) => void) => {
      receive = listener;
      return { dispose: () => undefined };
    },
  };
  const host = serveCalls(protocol, port, handlers, (why) => complaints.push(why));
  await page.exposeFunction('toHost', (message: unknown) => receive(message));
  await page.addInitScript((kept) => {
    let state: unknown = kept;
    const api = { postMessage: (message: unknown) => (globalThis as unknown as { toHost: (m: unknown) => void }).toHost(JSON.parse(JSON.stringify(message))), getState: () => state, setState: (value: unknown) => void (state = JSON.parse(JSON.stringify(value))) };
    Object.assign(globalThis, { acquireVsCodeApi: () => api, keptState: () => state });
  }, options.state);

  const html = webviewHtml({ scriptUri: 'http://page.test/page.js', styleUri: 'http://page.test/page.css', nonce: 'a'.repeat(32), title: name, lang: 'en' });
  const ground = `:root{${Object.entries(variables).map(([variable, value]) => `${variable}:${value}`).join(';')}}`;
  await page.route('**/*', (route) => {
    const path = new URL(route.request().url()).pathname;
    if (path === '/') return route.fulfill({ contentType: 'text/html', body: html.replace('<body>', `<body class="${bodyClass}">`) });
    if (path === '/page.js') return route.fulfill({ contentType: 'text/javascript', body: script });
    if (path === '/page.css') return route.fulfill({ contentType: 'text/css', body: ground + style });
    complaints.push(`the page asked for ${route.request().url()}`);
    return route.abort();
  });
  await page.goto('http://page.test/');
  return { page, host, complaints, state: () => page.evaluate(() => (globalThis as unknown as { keptState: () => unknown }).keptState()), close: () => context.close() };
}

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** Fails with what axe-core finds: each rule with the elements that break it. */
export async function assertAccessible(page: Page): Promise<void> {
  await page.evaluate(await readFile(axePath, 'utf8'));
  const found = await page.evaluate(async () => {
    const axe = (globalThis as unknown as { axe: { run: () => Promise<{ violations: { id: string; nodes: { target: unknown[]; failureSummary?: string }[] }[] }> } }).axe;
    const { violations } = await axe.run();
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} — ${node.failureSummary ?? ''}`));
  });
  assert.deepEqual(found, []);
}

/** Fails when something is wider than the page. */
export async function assertFits(page: Page): Promise<void> {
  const { needed, there } = await page.evaluate(() => ({ needed: document.documentElement.scrollWidth, there: document.documentElement.clientWidth }));
  assert(needed <= there, `the page needs ${needed} px and has ${there}`);
}
