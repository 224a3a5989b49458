/** What Wheelhouse writes into other programs' files, and how it takes exactly that out again. */
export { gitHookState, installGitHook, uninstallGitHook, type Executables, type HookContext, type HookState } from './gitHook.ts';
export { quote } from './hookText.ts';
export { addMcpEntry, claudeSettingsFile, readMcpEntry, removeMcpEntry, type ClaudeScope, type McpEntry } from './mcpEntry.ts';
export { rewriteText, type FileChange } from './rewrite.ts';
