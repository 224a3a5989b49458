/** What installing needs of the core and its adapters: loaded when somebody installs. */
export { examine } from '../../../adapters/node/doctor.ts';
export { nodeFiles } from '../../../adapters/node/files.ts';
export { executables, launcherForHooks, writeLauncher } from '../../../adapters/node/launcher.ts';
export { addMcpEntry, claudeSettingsFile, installGitHook, removeMcpEntry, rewriteText, uninstallGitHook } from '../../../core/install/index.ts';
