/** The typed conversation between the extension and its webviews. */
export { noResult, nothing, shape, type Params, type Parse, type Protocol, type Result } from './protocol.ts';
export * from './timeline.ts';
export { serveCalls, type Handlers, type HostLink, type HostPort } from './host.ts';
export { webviewHtml, type PageOptions } from './html.ts';
