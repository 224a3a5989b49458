/** What Wheelhouse writes into other programs' files, and how it takes exactly that out again. */
export { agentIds, agents, claudeSettingsFile, readMcpEntry, type Agent, type AgentId, type AgentPlaces, type ClaudeScope, type InstallScope } from './agents.ts';
export { SERVER_NAME, type EntryFormat, type FoundEntry, type McpEntry } from './entry.ts';
export { gitHookState, installGitHook, uninstallGitHook, type Executables, type HookContext, type HookState } from './gitHook.ts';
export { quote } from './hookText.ts';
export { rewriteText, rewriteTexts, type ChangedFile, type FileChange, type FileEdit } from './rewrite.ts';
