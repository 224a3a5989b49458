/** The org review log: read it with `scanLog`, change it with edits, and nothing else is touched. */
export type {
  Edit, Keywords, Log, LogEntry, NewEntry, OrgTimestamp, Reply, ReviewState, Severity, Span, StateChange, Target,
} from './types.ts';
export { applyEdits } from './edits.ts';
export { scanLog } from './scan.ts';
export { appendEntry, insertRaw, rawOf, removeEntry } from './place.ts';
export { addReply, changeSeverity, changeTags, changeTarget, changeText } from './change.ts';
export { changeState } from './changeState.ts';
export { toTag } from './tags.ts';
export { formatTimestamp, parseTimestamp } from './timestamp.ts';
