import type * as vscode from 'vscode';
import { createServices, type Feature, type Services } from './services/services.ts';

/** What the extension does, one file each. */
const features: readonly Feature[] = [];

let stop: (() => Promise<void>) | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const { services, dispose } = createServices(context);
  stop = dispose;
  for (const feature of features) context.subscriptions.push(register(feature, services));
  // Reading the log is no part of starting up.
  setImmediate(() => services.model.start());
}

/** VS Code waits for this when the window closes. */
export async function deactivate(): Promise<void> {
  await stop?.();
}

/** A feature that fails to start is reported, and the others still work. */
function register(feature: Feature, services: Services): vscode.Disposable {
  try {
    return feature(services);
  } catch (error) {
    services.errors.show(error);
    return { dispose: () => undefined };
  }
}
