/** Review comments: a log in org that other programs share, anchors that follow the code, a gate before DONE. */
export type { ReviewContext, SmokeSetup, Snapshots, SourceTexts } from './context.ts';
export type { LogDocument } from './logDocument.ts';
export { followEdits, type AnchorStatus, type LineRange } from './anchor/index.ts';
export { formatTimestamp, type OrgTimestamp, type Reply, type ReviewState, type Severity } from './log/index.ts';
export { parseQuickInput, severities, type Place, type QuickInput, type ReviewItem } from './model.ts';
export { wallClock, readItem as showComment } from './items.ts';
export { ELSEWHERE, reviewProjection, ReviewStore } from './store.ts';
export { projectName, pathForDisplay } from './whereabouts.ts';
export { defaultFixPrompt } from './prompt.ts';
export { addComments, type AddOptions } from './operations/add.ts';
export { attach, editComment, removeComment, replyTo, restoreComment, syncLinks, type CommentEdit } from './operations/change.ts';
export { pendingComments, type PendingComment } from './operations/check.ts';
export { listComments, type ListFilter } from './operations/list.ts';
export { createPromptFile, fixPrompt, restorePrompt } from './operations/prompt.ts';
export { declineToFix, markDone, reopen, verify, type GateOptions } from './operations/states.ts';
export { reviewStats } from './operations/stats.ts';
export { toEpoch, type ReviewStats } from './stats.ts';
export { toJson, type ReviewItemJson } from './json.ts';
