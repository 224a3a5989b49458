/**
 * Commands, settings, context keys and views as typed maps. A test compares them with package.json,
 * so a name that is only in one of the two does not survive.
 */
import type { ReviewItemJson } from '../../core/review/index.ts';
import type { SessionJson } from '../../core/sessions/index.ts';

/** A name whose type matters and whose value does not: the maps below are types that a test can list. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the type is the point
function declared<T>(): T {
  return undefined as T;
}

/** What a command on one comment may be given: the comment's id, or whatever a menu passes. */
export interface CommentArgument {
  readonly id?: string;
  /** The comment that is selected in the list, not the one at the cursor. */
  readonly selected?: boolean;
}

/** What a command on one session may be given: the session's id, or whatever a menu passes. */
export interface SessionArgument {
  readonly id?: string;
}

/** Every command, with the argument that it takes and the result that it returns. */
export const commands = {
  'wheelhouse.review.logComment': declared<{ argument: { readonly uri?: unknown; readonly lineNumber?: number; readonly endLine?: number; readonly text?: string }; result: ReviewItemJson[] | undefined }>(),
  'wheelhouse.review.openLog': declared<{ argument: undefined; result: undefined }>(),
  'wheelhouse.review.fixAll': declared<{ argument: undefined; result: { readonly started: boolean } | undefined }>(),
  'wheelhouse.review.show': declared<{ argument: CommentArgument & { readonly uri?: unknown; readonly lineNumber?: number }; result: ReviewItemJson | undefined }>(),
  'wheelhouse.review.done': declared<{ argument: CommentArgument & { readonly summary?: string }; result: ReviewItemJson | undefined }>(),
  'wheelhouse.review.verify': declared<{ argument: CommentArgument; result: ReviewItemJson[] | undefined }>(),
  'wheelhouse.review.reopen': declared<{ argument: CommentArgument; result: ReviewItemJson | undefined }>(),
  'wheelhouse.review.wontfix': declared<{ argument: CommentArgument & { readonly why?: string }; result: ReviewItemJson | undefined }>(),
  'wheelhouse.review.edit': declared<{ argument: CommentArgument & { readonly text?: string }; result: ReviewItemJson | undefined }>(),
  'wheelhouse.review.reply': declared<{ argument: CommentArgument & { readonly text?: string }; result: ReviewItemJson | undefined }>(),
  'wheelhouse.review.remove': declared<{ argument: CommentArgument; result: { readonly id: string } | undefined }>(),
  'wheelhouse.review.undoRemove': declared<{ argument: CommentArgument; result: ReviewItemJson | undefined }>(),
  'wheelhouse.review.reattach': declared<{ argument: CommentArgument & { readonly uri?: unknown; readonly lineNumber?: number }; result: ReviewItemJson | undefined }>(),
  'wheelhouse.review.showInLog': declared<{ argument: CommentArgument; result: undefined }>(),
  'wheelhouse.review.copyForModel': declared<{ argument: CommentArgument; result: string | undefined }>(),
  'wheelhouse.review.next': declared<{ argument: undefined; result: ReviewItemJson | undefined }>(),
  'wheelhouse.review.previous': declared<{ argument: undefined; result: ReviewItemJson | undefined }>(),
  'wheelhouse.review.refresh': declared<{ argument: undefined; result: undefined }>(),
  'wheelhouse.review.groupBy': declared<{ argument: { readonly by?: Grouping }; result: Grouping | undefined }>(),
  'wheelhouse.review.filter': declared<{ argument: { readonly filter?: Filter }; result: Filter | undefined }>(),
  'wheelhouse.review.toggleInlineText': declared<{ argument: undefined; result: undefined }>(),
  'wheelhouse.review.copyPrompt': declared<{ argument: undefined; result: string | undefined }>(),
  'wheelhouse.review.editPrompt': declared<{ argument: undefined; result: undefined }>(),
  'wheelhouse.review.restorePrompt': declared<{ argument: undefined; result: undefined }>(),
  'wheelhouse.review.showSummary': declared<{ argument: undefined; result: string | undefined }>(),
  'wheelhouse.review.showStats': declared<{ argument: undefined; result: undefined }>(),
  'wheelhouse.review.installGitHook': declared<{ argument: { readonly block?: boolean }; result: string | undefined }>(),
  'wheelhouse.review.uninstallGitHook': declared<{ argument: undefined; result: string | undefined }>(),
  'wheelhouse.review.createThread': declared<{ argument: unknown; result: ReviewItemJson[] | undefined }>(),
  'wheelhouse.sessions.jumpNextWaiting': declared<{ argument: undefined; result: SessionJson | undefined }>(),
  'wheelhouse.sessions.jump': declared<{ argument: SessionArgument; result: SessionJson | undefined }>(),
  'wheelhouse.sessions.explain': declared<{ argument: SessionArgument; result: string | undefined }>(),
  'wheelhouse.sessions.start': declared<{ argument: { readonly folder?: string; readonly prompt?: string; readonly worktree?: string }; result: { readonly terminal: string } | undefined }>(),
  'wheelhouse.sessions.rename': declared<{ argument: SessionArgument & { readonly name?: string }; result: string | undefined }>(),
  'wheelhouse.sessions.copyResume': declared<{ argument: SessionArgument; result: string | undefined }>(),
  'wheelhouse.sessions.revealTranscript': declared<{ argument: SessionArgument; result: undefined }>(),
  'wheelhouse.sessions.stop': declared<{ argument: SessionArgument; result: { readonly stopped: boolean } | undefined }>(),
  'wheelhouse.sessions.groupBy': declared<{ argument: { readonly by?: SessionGrouping }; result: SessionGrouping | undefined }>(),
  'wheelhouse.sessions.mute': declared<{ argument: SessionArgument; result: undefined }>(),
  'wheelhouse.sessions.unmute': declared<{ argument: SessionArgument; result: undefined }>(),
  'wheelhouse.sessions.copyTmuxLines': declared<{ argument: undefined; result: string | undefined }>(),
  'wheelhouse.sessions.refresh': declared<{ argument: undefined; result: undefined }>(),
  'wheelhouse.smoke.run': declared<{ argument: undefined; result: { readonly passed: boolean } | undefined }>(),
  'wheelhouse.install.claude': declared<{ argument: { readonly scope?: 'workspace' | 'user' }; result: string | undefined }>(),
  'wheelhouse.uninstall.claude': declared<{ argument: { readonly scope?: 'workspace' | 'user' }; result: string | undefined }>(),
  'wheelhouse.doctor.run': declared<{ argument: undefined; result: string | undefined }>(),
};
export type Commands = typeof commands;
export type CommandId = keyof Commands;

export const groupings = ['file', 'state', 'severity', 'age'] as const;
export type Grouping = (typeof groupings)[number];

export const sessionGroupings = ['project', 'state', 'none'] as const;
export type SessionGrouping = (typeof sessionGroupings)[number];

export const filters = ['open', 'currentFile', 'changedFiles', 'all', 'none'] as const;
export type Filter = (typeof filters)[number];

/** Every setting with its type; the defaults stand in package.json. */
export const settings = {
  'wheelhouse.review.logFile': declared<string>(),
  'wheelhouse.review.inlineText': declared<boolean>(),
  'wheelhouse.review.commentThreads': declared<boolean>(),
  'wheelhouse.sessions.notify': declared<boolean>(),
  'wheelhouse.sessions.mutedProjects': declared<readonly string[]>(),
  'wheelhouse.sessions.statusBar': declared<boolean>(),
  'wheelhouse.sessions.tmuxSockets': declared<readonly string[]>(),
  'wheelhouse.sessions.tmuxStatus': declared<boolean>(),
  'wheelhouse.smoke.command': declared<string | readonly string[]>(),
  'wheelhouse.smoke.timeoutMinutes': declared<number>(),
  'wheelhouse.agent.claudePath': declared<string>(),
};
export type Settings = typeof settings;
export type SettingId = keyof Settings;

/** Context keys for `when` clauses. */
export const contextKeys = {
  /** There are open comments in this workspace. */
  'wheelhouse.review.pending': declared<boolean>(),
  /** The tree shows a part only. */
  'wheelhouse.review.filtered': declared<boolean>(),
  /** An agent works through the comments. */
  'wheelhouse.review.fixing': declared<boolean>(),
  /** A session waits for the user. */
  'wheelhouse.sessions.waiting': declared<boolean>(),
  'wheelhouse.review.hasSummary': declared<boolean>(),
  /** Lines of the active editor that have a comment, 1-based. */
  'wheelhouse.review.lines': declared<readonly number[]>(),
};
export type ContextKeys = typeof contextKeys;
export type ContextKey = keyof ContextKeys;

export const viewIds = ['wheelhouse.sessions', 'wheelhouse.review', 'wheelhouse.reviewStats'] as const;
export type ViewId = (typeof viewIds)[number];
