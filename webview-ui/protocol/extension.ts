import { connect, type PageLink, type Pushes } from '../../src/protocol/page.ts';
import type { Protocol } from '../../src/protocol/protocol.ts';

/** What VS Code gives to a page, once. */
declare function acquireVsCodeApi(): { postMessage(message: unknown): void; getState(): unknown; setState(state: unknown): void };

/** Connects the page with the extension; to be called once. `state` survives hiding and reloading. */
export function connectToExtension<P extends Protocol>(pushes: Pushes<P>): PageLink<P> & { readonly state: { get(): unknown; set(value: unknown): void } } {
  const api = acquireVsCodeApi();
  const link = connect<P>(
    {
      post: (message) => api.postMessage(message),
      onMessage: (listener) => window.addEventListener('message', (event: MessageEvent<unknown>) => listener(event.data)),
      after: (delay, work) => {
        const timer = window.setTimeout(work, delay);
        return () => window.clearTimeout(timer);
      },
    },
    pushes,
  );
  return { ...link, state: { get: () => api.getState(), set: (value) => api.setState(value) } };
}
