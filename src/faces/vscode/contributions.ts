/**
 * Commands, settings, context keys and views as typed maps. A test compares them with package.json,
 * so a name that is only in one of the two does not survive.
 */
import type { Algorithm, CardFormat, CardJson } from '../../core/cards/index.ts';
import type { NoteJson } from '../../core/notes/index.ts';
import type { ReviewItemJson } from '../../core/review/index.ts';
import type { PromptJson } from '../../core/prompts/index.ts';
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

/** What a command on one deck may be given: its name, or whatever a menu passes. Without one, the user is asked. */
export interface DeckArgument {
  readonly deck?: string;
}

/** What cards are generated from. Without `from`, the user is asked. */
export interface GenerateArgument extends DeckArgument {
  readonly from?: 'selection' | 'file' | 'review' | 'session' | 'worksheet' | 'topic';
  /** Of a selection or file: a `Uri` or a path. */
  readonly uri?: unknown;
  /** Lines of a selection, 1-based, both inclusive. */
  readonly startLine?: number;
  readonly endLine?: number;
  /** Of a review comment or session. */
  readonly id?: string;
  /** Of a worksheet. */
  readonly path?: string;
  readonly topic?: string;
  readonly count?: number;
}

/** What a command on one prompt may be given: its number. Without one, the user searches for it. */
export interface PromptArgument {
  readonly id?: number;
}

/** What a command on one note may be given: its id, or whatever a menu passes. Without one, the user is asked. */
export interface NoteArgument {
  readonly id?: string;
  /** The file, where two notes have one id. */
  readonly path?: string;
  /** The note that is selected in the list. */
  readonly selected?: boolean;
}

/** A change of a note by an agent, as a commit has it. */
export interface NoteChangeJson {
  readonly commit: string;
  readonly path: string;
  readonly session: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly subject: string;
  readonly undone: boolean;
}

/** What a command of coordination is about, as a line of the tree or the page names it. */
export interface CoordinationArgument {
  /** What the repository's data are kept under: its git folder, else the folder itself. */
  readonly repository?: string;
  /** A claim, and one path of it. */
  readonly fence?: number;
  readonly path?: string;
  /** Top of the work tree that the path is meant in. */
  readonly worktree?: string;
  readonly barrier?: string;
  /** A blocker's id. */
  readonly blocker?: string;
  /** How the thing is called in a question to the user. */
  readonly title?: string;
  /** A checkout that several sessions share, and its project. */
  readonly folder?: string;
  readonly project?: string;
}

/** `about` is what a menu passes; `confirmed`: the user was asked already. */
export interface AboutCoordination {
  readonly about?: CoordinationArgument;
  readonly confirmed?: boolean;
}

/** Which of the agent's settings are changed: those of the user for this folder, or for all. Without `confirmed`, the user is asked. */
export interface PolicyChangeArgument {
  readonly scope?: 'workspace' | 'user';
  /** The policy file in whose editor it was asked for: a `Uri`. */
  readonly uri?: unknown;
  readonly confirmed?: boolean;
}
export interface PolicyChangeResult {
  readonly file: string;
  readonly change: 'created' | 'changed' | 'removed' | 'none';
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
  'wheelhouse.sessions.saveCheckpoint': declared<{ argument: SessionArgument & { readonly summary?: string }; result: { readonly id: string; readonly session: string; readonly path: string; readonly isNew: boolean } | undefined }>(),
  'wheelhouse.sessions.openCheckpoint': declared<{ argument: SessionArgument; result: string | undefined }>(),
  'wheelhouse.notes.previewContext': declared<{ argument: { readonly folder?: string; readonly resumed?: boolean }; result: string | undefined }>(),
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
  'wheelhouse.coordination.open': declared<{ argument: AboutCoordination; result: undefined }>(),
  'wheelhouse.coordination.openClaimed': declared<{ argument: AboutCoordination; result: undefined }>(),
  'wheelhouse.coordination.releaseClaim': declared<{ argument: AboutCoordination; result: { readonly done: boolean } | undefined }>(),
  'wheelhouse.coordination.breakBarrier': declared<{ argument: AboutCoordination; result: { readonly done: boolean } | undefined }>(),
  'wheelhouse.coordination.resolveBlocker': declared<{ argument: AboutCoordination; result: { readonly done: boolean } | undefined }>(),
  'wheelhouse.coordination.openWorktree': declared<{ argument: AboutCoordination & { readonly branch?: string }; result: { readonly terminal: string } | undefined }>(),
  'wheelhouse.coordination.silence': declared<{ argument: AboutCoordination; result: undefined }>(),
  'wheelhouse.coordination.mend': declared<{ argument: AboutCoordination; result: string | undefined }>(),
  'wheelhouse.cards.quiz': declared<{ argument: DeckArgument & { readonly cards?: readonly string[]; readonly limit?: number }; result: { readonly session: string; readonly cards: number } | undefined }>(),
  'wheelhouse.cards.create': declared<{ argument: DeckArgument & { readonly question?: string; readonly answer?: string; readonly notes?: string; readonly tags?: readonly string[] }; result: CardJson | undefined }>(),
  'wheelhouse.cards.createFromSelection': declared<{ argument: DeckArgument & { readonly uri?: unknown; readonly startLine?: number; readonly endLine?: number; readonly question?: string; readonly answer?: string; readonly notes?: string; readonly tags?: readonly string[] }; result: CardJson | undefined }>(),
  'wheelhouse.cards.generate': declared<{ argument: GenerateArgument; result: { readonly id: string; readonly subject: string } | undefined }>(),
  'wheelhouse.cards.worksheet': declared<{ argument: { readonly concept?: string; readonly language?: string; readonly uri?: unknown; readonly startLine?: number; readonly endLine?: number }; result: { readonly path: string } | undefined }>(),
  'wheelhouse.cards.extractFromWorksheet': declared<{ argument: DeckArgument & { readonly path?: string }; result: { readonly id: string; readonly subject: string } | undefined }>(),
  'wheelhouse.cards.import': declared<{ argument: DeckArgument & { readonly path?: string; readonly format?: CardFormat }; result: { readonly added: number; readonly updated: number; readonly left: number; readonly problems: readonly string[] } | undefined }>(),
  'wheelhouse.cards.export': declared<{ argument: DeckArgument & { readonly path?: string; readonly format?: CardFormat }; result: { readonly path: string; readonly cards: number } | undefined }>(),
  'wheelhouse.cards.vocabulary': declared<{ argument: DeckArgument & { readonly pairs?: string; readonly front?: string; readonly back?: string }; result: { readonly deck: string; readonly added: number } | undefined }>(),
  'wheelhouse.cards.stats': declared<{ argument: DeckArgument; result: undefined }>(),
  'wheelhouse.cards.setAlgorithm': declared<{ argument: DeckArgument & { readonly algorithm?: Algorithm }; result: { readonly algorithm: Algorithm; readonly cards: number } | undefined }>(),
  'wheelhouse.cards.renameDeck': declared<{ argument: DeckArgument & { readonly name?: string }; result: { readonly name: string; readonly cards: number } | undefined }>(),
  'wheelhouse.cards.deleteDeck': declared<{ argument: DeckArgument & { readonly confirmed?: boolean }; result: { readonly notes: number } | undefined }>(),
  'wheelhouse.cards.resumeSuspended': declared<{ argument: DeckArgument; result: { readonly cards: number } | undefined }>(),
  'wheelhouse.cards.undo': declared<{ argument: undefined; result: string | undefined }>(),
  'wheelhouse.cards.refresh': declared<{ argument: undefined; result: undefined }>(),
  'wheelhouse.prompts.openTimeline': declared<{ argument: { readonly tab?: 'timeline' | 'day' | 'theatre' | 'crawl' | 'stats' | 'table'; readonly text?: string; readonly prompt?: number }; result: undefined }>(),
  'wheelhouse.prompts.sync': declared<{ argument: undefined; result: { readonly added: number; readonly problems: readonly string[] } | undefined }>(),
  'wheelhouse.prompts.search': declared<{ argument: { readonly text?: string; readonly limit?: number }; result: PromptJson[] | undefined }>(),
  'wheelhouse.prompts.stats': declared<{ argument: undefined; result: undefined }>(),
  'wheelhouse.prompts.useTemplate': declared<{ argument: { readonly template?: string; readonly values?: Readonly<Record<string, string>>; readonly to?: 'terminal' | 'clipboard' | 'editor' }; result: string | undefined }>(),
  'wheelhouse.prompts.topics': declared<{ argument: { readonly topic?: string }; result: { readonly topic: string; readonly prompts: readonly number[] } | undefined }>(),
  'wheelhouse.prompts.threads': declared<{ argument: PromptArgument; result: { readonly title: string; readonly prompts: readonly number[] } | undefined }>(),
  'wheelhouse.prompts.rate': declared<{ argument: PromptArgument & { readonly rating?: number }; result: PromptJson | undefined }>(),
  'wheelhouse.prompts.note': declared<{ argument: PromptArgument & { readonly note?: string }; result: PromptJson | undefined }>(),
  'wheelhouse.prompts.publish': declared<{ argument: PromptArgument & { readonly folder?: string; readonly noteId?: string; readonly tags?: readonly string[] }; result: { readonly noteId: string; readonly path?: string } | undefined }>(),
  'wheelhouse.prompts.saveExamples': declared<{ argument: { readonly path?: string; readonly minRating?: number; readonly project?: string; readonly limit?: number }; result: { readonly path: string; readonly examples: number } | undefined }>(),
  'wheelhouse.prompts.openForSession': declared<{ argument: SessionArgument; result: { readonly prompts: number } | undefined }>(),
  'wheelhouse.prompts.exportTimeline': declared<{ argument: { readonly path?: string; readonly from?: string; readonly to?: string }; result: { readonly path: string; readonly prompts: number } | undefined }>(),
  'wheelhouse.prompts.exportCsv': declared<{ argument: { readonly path?: string; readonly ids?: readonly number[] }; result: { readonly path: string; readonly prompts: number } | undefined }>(),
  'wheelhouse.prompts.exportJson': declared<{ argument: { readonly path?: string; readonly ids?: readonly number[] }; result: { readonly path: string; readonly prompts: number } | undefined }>(),
  'wheelhouse.prompts.importDatabase': declared<{ argument: { readonly path?: string }; result: { readonly added: number; readonly known: number; readonly marked: number; readonly skipped: readonly string[] } | undefined }>(),
  'wheelhouse.prompts.exportDatabase': declared<{ argument: { readonly path?: string; readonly replace?: boolean }; result: { readonly path: string; readonly prompts: number; readonly moved: number } | undefined }>(),
  'wheelhouse.notes.search': declared<{ argument: { readonly text?: string; readonly limit?: number }; result: NoteJson[] | undefined }>(),
  'wheelhouse.notes.new': declared<{ argument: NoteArgument & { readonly title?: string; readonly tags?: readonly string[]; readonly folder?: string }; result: NoteJson | undefined }>(),
  'wheelhouse.notes.open': declared<{ argument: NoteArgument; result: NoteJson | undefined }>(),
  'wheelhouse.notes.openGraph': declared<{ argument: NoteArgument & { readonly focus?: string }; result: undefined }>(),
  'wheelhouse.notes.publish': declared<{ argument: NoteArgument & { readonly confirmed?: boolean }; result: NoteJson | undefined }>(),
  'wheelhouse.notes.unpublish': declared<{ argument: NoteArgument; result: NoteJson | undefined }>(),
  'wheelhouse.notes.toggleVisibility': declared<{ argument: NoteArgument & { readonly confirmed?: boolean }; result: NoteJson | undefined }>(),
  'wheelhouse.notes.rename': declared<{ argument: NoteArgument & { readonly newId?: string; readonly title?: string }; result: { readonly note: NoteJson; readonly files: number } | undefined }>(),
  'wheelhouse.notes.copyId': declared<{ argument: NoteArgument; result: string | undefined }>(),
  'wheelhouse.notes.copyLink': declared<{ argument: NoteArgument & { readonly format?: 'org' | 'markdown' }; result: string | undefined }>(),
  'wheelhouse.notes.reveal': declared<{ argument: NoteArgument; result: undefined }>(),
  'wheelhouse.notes.index': declared<{ argument: undefined; result: NoteJson | undefined }>(),
  'wheelhouse.notes.chooseFolders': declared<{ argument: { readonly folders?: readonly string[] }; result: readonly string[] | undefined }>(),
  'wheelhouse.notes.groupBy': declared<{ argument: { readonly by?: NoteGrouping }; result: NoteGrouping | undefined }>(),
  'wheelhouse.notes.showMore': declared<{ argument: { readonly of?: string }; result: undefined }>(),
  'wheelhouse.notes.showAgentChanges': declared<{ argument: { readonly limit?: number }; result: readonly NoteChangeJson[] | undefined }>(),
  'wheelhouse.notes.undoAgentChange': declared<{ argument: { readonly commit?: string; readonly path?: string }; result: { readonly path: string; readonly merged: boolean } | undefined }>(),
  'wheelhouse.notes.refresh': declared<{ argument: undefined; result: undefined }>(),
  'wheelhouse.policy.init': declared<{ argument: { readonly scope?: 'repository' | 'user'; readonly confirmed?: boolean }; result: { readonly file: string; readonly created: boolean } | undefined }>(),
  'wheelhouse.policy.open': declared<{ argument: { readonly scope?: 'repository' | 'user' }; result: undefined }>(),
  'wheelhouse.policy.apply': declared<{ argument: PolicyChangeArgument; result: PolicyChangeResult | undefined }>(),
  'wheelhouse.policy.remove': declared<{ argument: PolicyChangeArgument; result: PolicyChangeResult | undefined }>(),
  'wheelhouse.policy.verify': declared<{ argument: undefined; result: { readonly protected: boolean; readonly rules: number } | undefined }>(),
  'wheelhouse.policy.show': declared<{ argument: undefined; result: undefined }>(),
  'wheelhouse.policy.checkPath': declared<{ argument: unknown; result: readonly { readonly tool: string; readonly decision: 'allow' | 'ask' | 'deny'; readonly reason: string }[] | undefined }>(),
  'wheelhouse.policy.preview': declared<{ argument: { readonly uri?: unknown }; result: { readonly denied: readonly string[] } | undefined }>(),
  'wheelhouse.policy.secrets': declared<{ argument: { readonly paths?: readonly string[]; readonly confirmed?: boolean }; result: { readonly mended: readonly string[] } | undefined }>(),
  'wheelhouse.audit.open': declared<{ argument: SessionArgument & { readonly session?: string; readonly filter?: 'all' | 'marked' | 'denied' }; result: undefined }>(),
  'wheelhouse.smoke.run': declared<{ argument: undefined; result: { readonly passed: boolean } | undefined }>(),
  'wheelhouse.install.claude': declared<{ argument: { readonly scope?: 'workspace' | 'user' }; result: string | undefined }>(),
  'wheelhouse.install.agent': declared<{ argument: { readonly agent?: string; readonly scope?: 'workspace' | 'user' }; result: string | undefined }>(),
  'wheelhouse.uninstall.agent': declared<{ argument: { readonly agent?: string; readonly scope?: 'workspace' | 'user' }; result: string | undefined }>(),
  'wheelhouse.uninstall.claude': declared<{ argument: { readonly scope?: 'workspace' | 'user' }; result: string | undefined }>(),
  'wheelhouse.doctor.run': declared<{ argument: undefined; result: string | undefined }>(),
};
export type Commands = typeof commands;
export type CommandId = keyof Commands;

export const groupings = ['file', 'state', 'severity', 'age'] as const;
export type Grouping = (typeof groupings)[number];

export const sessionGroupings = ['project', 'state', 'none'] as const;
export type SessionGrouping = (typeof sessionGroupings)[number];

export const noteGroupings = ['recency', 'tag', 'folder'] as const;
export type NoteGrouping = (typeof noteGroupings)[number];

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
  'wheelhouse.cards.statusBar': declared<boolean>(),
  'wheelhouse.cards.newPerDay': declared<number>(),
  'wheelhouse.cards.dayStart': declared<number>(),
  'wheelhouse.cards.level': declared<string>(),
  'wheelhouse.cards.taste': declared<string>(),
  'wheelhouse.cards.worksheetsFolder': declared<string>(),
  'wheelhouse.models.use': declared<'claude' | 'editor' | 'command'>(),
  'wheelhouse.models.claudeModel': declared<string>(),
  'wheelhouse.models.editorModel': declared<string>(),
  'wheelhouse.models.command': declared<readonly string[]>(),
  'wheelhouse.prompts.publishWith': declared<'folder' | 'memento'>(),
  'wheelhouse.prompts.notesFolder': declared<string>(),
  'wheelhouse.prompts.historyFiles': declared<readonly string[]>(),
  'wheelhouse.coordination.autoClaim': declared<boolean>(),
  'wheelhouse.coordination.silencedProjects': declared<readonly string[]>(),
  'wheelhouse.notes.folders': declared<readonly string[]>(),
  'wheelhouse.notes.globalContext': declared<string>(),
  'wheelhouse.notes.contextLimit': declared<number>(),
  'wheelhouse.audit.days': declared<number>(),
  'wheelhouse.policy.fileBadges': declared<boolean>(),
  'wheelhouse.policy.statusBar': declared<boolean>(),
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
  /** None of the folders of notes exists. */
  'wheelhouse.notes.noFolder': declared<boolean>(),
  /** Lines of the active editor that have a comment, 1-based. */
  'wheelhouse.review.lines': declared<readonly number[]>(),
};
export type ContextKeys = typeof contextKeys;
export type ContextKey = keyof ContextKeys;

export const viewIds = ['wheelhouse.sessions', 'wheelhouse.review', 'wheelhouse.reviewStats', 'wheelhouse.learn', 'wheelhouse.notes'] as const;
export type ViewId = (typeof viewIds)[number];
