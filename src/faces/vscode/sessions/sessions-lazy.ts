/** What is loaded when the sessions are first looked at. */
export * from './actions.ts';
export { jumpTo, jumpToNextWaiting } from './jump.ts';
export { openWatch, type Watch } from './watch.ts';
export { startSession } from './start.ts';
export { stopSession } from './stop.ts';
