/** What installing needs of the core and its adapters: loaded when somebody installs. */
export { agentsFound, describeChanges, installAgent, uninstallAgent } from '../../../adapters/node/agent-settings.ts';
export { examine } from '../../../adapters/node/doctor.ts';
export { nodeFiles } from '../../../adapters/node/files.ts';
export { executables, launcherForHooks, writeLauncher } from '../../../adapters/node/launcher.ts';
export { agentIds, agents, installGitHook, uninstallGitHook } from '../../../core/install/index.ts';
