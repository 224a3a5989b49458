/**
 * Commands, settings, context keys and views as typed maps. A test compares them with package.json,
 * so a name that is only in one of the two does not survive.
 */
import type { ReviewItemJson } from '../../core/review/index.ts';

/** What a command on one comment may be given: the comment's id, or whatever a menu passes. */
export interface CommentArgument {
  readonly id?: string;
}

/** Every command, with the argument that it takes and the result that it returns. */
export interface Commands {
  'wheelhouse.review.logComment': {
    argument: { readonly uri?: unknown; readonly lineNumber?: number; readonly endLine?: number; readonly text?: string };
    result: ReviewItemJson[] | undefined;
  };
  'wheelhouse.review.openLog': { argument: undefined; result: undefined };
  'wheelhouse.review.fixAll': { argument: undefined; result: { readonly started: boolean } | undefined };
  'wheelhouse.review.show': { argument: CommentArgument & { readonly uri?: unknown; readonly lineNumber?: number }; result: ReviewItemJson | undefined };
  'wheelhouse.review.done': { argument: CommentArgument & { readonly summary?: string }; result: ReviewItemJson | undefined };
  'wheelhouse.review.verify': { argument: CommentArgument; result: ReviewItemJson[] | undefined };
  'wheelhouse.review.reopen': { argument: CommentArgument; result: ReviewItemJson | undefined };
  'wheelhouse.review.wontfix': { argument: CommentArgument & { readonly why?: string }; result: ReviewItemJson | undefined };
  'wheelhouse.review.edit': { argument: CommentArgument & { readonly text?: string }; result: ReviewItemJson | undefined };
  'wheelhouse.review.reply': { argument: CommentArgument & { readonly text?: string }; result: ReviewItemJson | undefined };
  'wheelhouse.review.remove': { argument: CommentArgument; result: { readonly id: string } | undefined };
  'wheelhouse.review.undoRemove': { argument: CommentArgument; result: ReviewItemJson | undefined };
  'wheelhouse.review.reattach': { argument: CommentArgument & { readonly uri?: unknown; readonly lineNumber?: number }; result: ReviewItemJson | undefined };
  'wheelhouse.review.showInLog': { argument: CommentArgument; result: undefined };
  'wheelhouse.review.copyForModel': { argument: CommentArgument; result: string | undefined };
  'wheelhouse.review.next': { argument: undefined; result: ReviewItemJson | undefined };
  'wheelhouse.review.previous': { argument: undefined; result: ReviewItemJson | undefined };
  'wheelhouse.review.refresh': { argument: undefined; result: undefined };
  'wheelhouse.review.groupBy': { argument: { readonly by?: Grouping }; result: Grouping | undefined };
  'wheelhouse.review.filter': { argument: { readonly filter?: Filter }; result: Filter | undefined };
  'wheelhouse.review.toggleInlineText': { argument: undefined; result: undefined };
  'wheelhouse.review.copyPrompt': { argument: undefined; result: string | undefined };
  'wheelhouse.review.editPrompt': { argument: undefined; result: undefined };
  'wheelhouse.review.restorePrompt': { argument: undefined; result: undefined };
  'wheelhouse.review.showSummary': { argument: undefined; result: string | undefined };
  'wheelhouse.review.showStats': { argument: undefined; result: undefined };
  'wheelhouse.review.installGitHook': { argument: { readonly block?: boolean }; result: string | undefined };
  'wheelhouse.review.uninstallGitHook': { argument: undefined; result: string | undefined };
  'wheelhouse.review.createThread': { argument: unknown; result: ReviewItemJson[] | undefined };
  'wheelhouse.smoke.run': { argument: undefined; result: { readonly passed: boolean } | undefined };
  'wheelhouse.install.claude': { argument: undefined; result: string | undefined };
  'wheelhouse.uninstall.claude': { argument: undefined; result: string | undefined };
  'wheelhouse.doctor.run': { argument: undefined; result: string | undefined };
}
export type CommandId = keyof Commands;

export const groupings = ['file', 'state', 'severity', 'age'] as const;
export type Grouping = (typeof groupings)[number];

export const filters = ['open', 'currentFile', 'changedFiles', 'all', 'none'] as const;
export type Filter = (typeof filters)[number];

/** Every setting with its type; the defaults stand in package.json. */
export interface Settings {
  'wheelhouse.review.logFile': string;
  'wheelhouse.review.inlineText': boolean;
  'wheelhouse.review.commentThreads': boolean;
  'wheelhouse.smoke.command': string | readonly string[];
  'wheelhouse.smoke.timeoutMinutes': number;
  'wheelhouse.agent.claudePath': string;
}
export type SettingId = keyof Settings;

/** Context keys for `when` clauses. */
export interface ContextKeys {
  /** There are open comments in this workspace. */
  'wheelhouse.review.pending': boolean;
  /** The tree shows a part only. */
  'wheelhouse.review.filtered': boolean;
  /** An agent works through the comments. */
  'wheelhouse.review.fixing': boolean;
  'wheelhouse.review.hasSummary': boolean;
  /** Lines of the active editor that have a comment, 1-based. */
  'wheelhouse.review.lines': readonly number[];
}
export type ContextKey = keyof ContextKeys;

export const viewIds = ['wheelhouse.review', 'wheelhouse.reviewStats'] as const;
export type ViewId = (typeof viewIds)[number];
