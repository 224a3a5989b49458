export * as review from '../../../core/review/index.ts';
export { nodeFiles } from '../../../adapters/node/files.ts';
export { writeSharedSettings } from '../../../adapters/node/shared-settings.ts';
export { openWorkspace, readSource } from '../../../adapters/node/workspace.ts';
export { openUserData } from '../../../adapters/node/user-data.ts';
export { writeUserSettings } from '../../../adapters/node/user-settings.ts';
