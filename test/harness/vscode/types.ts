import type { Frame, Page } from 'playwright-core';
import type * as vscodeApi from 'vscode';

import type { ColorTheme } from './settings.ts';

export type VSCodeApi = typeof vscodeApi;

export interface LaunchOptions {
  /** Folder, or `.code-workspace` file, to open; undefined opens an empty window. */
  readonly folder: string | undefined;
  /** Unpacked extension to load; default: the project itself, as built in `dist/`. */
  readonly extensionPath?: string;
  /** Packaged extension to install instead. */
  readonly installVsix?: string;
  /** User settings on top of the harness's quiet ones. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Default: a new empty folder, removed afterwards. A given one is left alone. */
  readonly home?: string;
  /** Added to the small environment that VS Code, extensions and terminals get. */
  readonly env?: Readonly<Record<string, string>>;
  /** Default 1280 × 800. */
  readonly viewport?: Viewport;
  /** Default dark. */
  readonly colorTheme?: ColorTheme;
  /** Opens the folder in Restricted Mode, as one that the user does not trust. */
  readonly restricted?: boolean;
}

export interface Viewport {
  readonly width: number;
  readonly height: number;
}

export interface WindowOptions {
  /** Default: the folder of the launch. */
  readonly folder?: string | undefined;
  readonly viewport?: Viewport;
}

/** One VS Code window: its page, and its extension host. */
export interface VSCodeWindow {
  /** The workbench; use `page.keyboard` and `page.mouse` as a user would. */
  readonly page: Page;
  /**
   * Runs `fn` inside the real extension host. It sees nothing of the test's scope: what it needs comes in
   * as `arg` and goes out as the result, both as JSON. Modules of Node come from `require`.
   */
  evaluate<Result, Arg = undefined>(fn: (vscode: VSCodeApi, arg: Arg, require: NodeJS.Require) => Result | PromiseLike<Result>, arg?: Arg): Promise<Result>;
  /** Runs a command with JSON arguments; its result must be JSON or nothing. */
  command(id: string, ...args: readonly unknown[]): Promise<unknown>;
  /** Opens the command palette and picks the first command found under `title`. */
  runCommandFromPalette(title: string): Promise<void>;
  /** Opens a file (absolute, or relative to the first folder) in an editor that has the focus. */
  openFile(file: string, line?: number): Promise<void>;
  /** The document inside the visible webview, or inside the visible one with this title, as soon as it is there. */
  webview(title?: string): Promise<Frame>;
  /** What the visible terminal shows, lines joined; empty without one. */
  terminalText(): Promise<string>;
  /** Asks again and again until the answer is truthy, and returns it. Default 30 s. */
  waitFor<T>(ask: () => T | Promise<T>, what?: string, timeoutMs?: number): Promise<T>;
  /** Writes a PNG of the window. */
  screenshot(path: string): Promise<void>;
  /** Reloads the window, as the command of that name does; `evaluate` then reaches the new extension host. */
  reload(): Promise<void>;
  close(): Promise<void>;
}

/** A running VS Code with its first window. */
export interface VSCode extends VSCodeWindow {
  /** VS Code's version, such as `1.139.1`. */
  readonly version: string;
  readonly home: string;
  /** Process ids of the server or application, to see that they end. */
  readonly processGroup: number | undefined;
  /** Another window of the same VS Code, with an extension host of its own. */
  openWindow(options?: WindowOptions): Promise<VSCodeWindow>;
  /** Ends every process and removes every file that the launch made. Safe to call twice. */
  dispose(): Promise<void>;
}
