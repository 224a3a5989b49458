import type { Frame, Page } from 'playwright-core';

import type { ExtensionHosts } from './bridge/client.ts';
import type { VSCodeApi, VSCodeWindow } from './types.ts';

const EVALUATE_TIMEOUT_MS = 60_000;
const WAIT_TIMEOUT_MS = 30_000;
const POLL_MS = 50;

/** The object with which VS Code's own smoke tests drive a workbench. */
interface Driver {
  whenWorkbenchRestored(): Promise<void>;
  getTerminalBuffer(selector: string): Promise<string[]>;
}
declare const driver: Driver | undefined;

/** A window of VS Code, in a browser or on the desktop. */
export class Window implements VSCodeWindow {
  readonly page: Page;
  readonly #hosts: ExtensionHosts;
  readonly #closePage: () => Promise<void>;
  #socket = '';

  private constructor(page: Page, hosts: ExtensionHosts, closePage: () => Promise<void>) {
    this.page = page;
    this.#hosts = hosts;
    this.#closePage = closePage;
  }

  /** Does `open`, which makes `page` show a workbench, and waits until that can be used. */
  static async open(page: Page, hosts: ExtensionHosts, open: () => Promise<unknown>, closePage: () => Promise<void>): Promise<Window> {
    const window = new Window(page, hosts, closePage);
    await window.#start(open);
    return window;
  }

  async #start(open: () => Promise<unknown>): Promise<void> {
    this.#socket = await this.#hosts.startedBy(open);
    await this.page.waitForFunction(() => typeof driver !== 'undefined');
    await this.page.evaluate(() => driver?.whenWorkbenchRestored());
  }

  async evaluate<Result, Arg = undefined>(
    fn: (vscode: VSCodeApi, arg: Arg, require: NodeJS.Require) => Result | PromiseLike<Result>,
    arg?: Arg,
  ): Promise<Result> {
    return (await this.#hosts.evaluate(this.#socket, fn.toString(), arg, EVALUATE_TIMEOUT_MS)) as Result;
  }

  command(id: string, ...args: readonly unknown[]): Promise<unknown> {
    return this.evaluate((vscode, call) => vscode.commands.executeCommand(call.id, ...call.args), { id, args });
  }

  async runCommandFromPalette(title: string): Promise<void> {
    await this.page.keyboard.press('F1');
    const input = this.page.locator('.quick-input-widget input');
    await input.waitFor();
    await input.fill(`>${title}`);
    await this.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: title }).first().click();
  }

  async openFile(file: string, line = 1): Promise<void> {
    await this.evaluate(
      async (vscode, { file, line }) => {
        const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
        const uri = file.startsWith('/') || !folder ? vscode.Uri.file(file) : vscode.Uri.joinPath(folder, file);
        const start = new vscode.Position(line - 1, 0);
        await vscode.window.showTextDocument(uri, { preview: false, selection: new vscode.Range(start, start) });
      },
      { file, line },
    );
  }

  webview(title?: string): Promise<Frame> {
    return this.waitFor(
      async () => {
        for (const frame of this.page.frames()) {
          if (await isVisibleWebview(frame, title).catch(() => false)) return frame;
        }
        return undefined;
      },
      title === undefined ? 'a webview' : `the webview “${title}”`,
    ) as Promise<Frame>;
  }

  async terminalText(): Promise<string> {
    if ((await this.page.locator('.terminal-wrapper.active .xterm').count()) === 0) return '';
    const lines = await this.page.evaluate(() => driver?.getTerminalBuffer('.terminal-wrapper.active'));
    return (lines ?? []).join('\n').trimEnd();
  }

  async waitFor<T>(ask: () => T | Promise<T>, what = 'what the test waits for', timeoutMs = WAIT_TIMEOUT_MS): Promise<T> {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const answer = await ask();
      if (answer) return answer;
      if (Date.now() >= deadline) throw new Error(`Waited ${timeoutMs / 1000} s in vain for ${what}.`);
      await this.page.waitForTimeout(POLL_MS);
    }
  }

  async screenshot(path: string): Promise<void> {
    await this.page.screenshot({ path });
  }

  reload(): Promise<void> {
    return this.#start(async () => {
      const loaded = this.page.waitForEvent('load');
      // The extension host that would answer goes with the window. Unlike the browser's reload, the command writes down first what is open.
      this.command('workbench.action.reloadWindow').catch(() => undefined);
      await loaded;
    });
  }

  close(): Promise<void> {
    return this.#closePage();
  }
}

/** VS Code puts a webview's document two frames deep; the inner one carries the webview's title. */
async function isVisibleWebview(frame: Frame, title: string | undefined): Promise<boolean> {
  if (!frame.parentFrame()?.parentFrame()) return false;
  const element = await frame.frameElement();
  if ((await element.getAttribute('id')) !== 'active-frame' || !(await element.isVisible())) return false;
  return title === undefined || [await element.getAttribute('title'), await frame.title()].includes(title);
}
