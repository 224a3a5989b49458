/**
 * What a face needs at every key stroke. It is apart from `index.ts` so that an editor can load it at
 * its start without the log, the journal and the anchors' search.
 */
export { followEdits } from './anchor/followEdits.ts';
export type { LineRange, TextChange } from './anchor/types.ts';
export { parseQuickInput, severities, type QuickInput } from './model.ts';
export { summarise, type ReviewStats } from './stats.ts';
