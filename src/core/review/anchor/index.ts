/** How a review comment follows the code it is about. */
export type * from './types.ts';
export { followEdits } from './followEdits.ts';
export { recordAnchor } from './record.ts';
export { resolveAnchors } from './resolve.ts';
export { matchMovedFile } from './movedFile.ts';
