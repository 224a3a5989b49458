import type { ExtensionHosts } from './bridge/client.ts';
import type { LaunchOptions, WindowOptions } from './types.ts';
import type { Window } from './window.ts';

/** What a launch has prepared before VS Code starts. */
export interface Setup {
  readonly options: LaunchOptions;
  readonly hosts: ExtensionHosts;
  readonly dataDir: string;
  readonly extensionsDir: string;
  readonly home: string;
  readonly browserHome: string;
  readonly env: NodeJS.ProcessEnv;
}

/** A VS Code that runs: the server with a browser, or the desktop application. */
export interface Host {
  readonly processGroup: number | undefined;
  openWindow(options: WindowOptions): Promise<Window>;
  stop(): Promise<void>;
}
