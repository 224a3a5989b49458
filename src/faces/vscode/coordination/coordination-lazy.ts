/** What is loaded when coordination is first looked at. */
export { breakBarrier, openClaimed, releaseClaim, resolveBlocker } from './acts.ts';
export { mendHooks } from './hooks.ts';
export { CoordinationPage } from './page.ts';
export { silence } from './silence.ts';
export { openWorktree } from './worktree.ts';
