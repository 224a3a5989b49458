/** Coding sessions: what the sources say about each, what is concluded, and how it is told. */
export { readCodexThread, type CodexThread } from './codexThread.ts';
export { describeCall, reasonText } from './describe.ts';
export { age, explain } from './explain.ts';
export { HookLog, isSessionId, lookedLine, recordOf, type HookLine, type HookRecord } from './hookEvents.ts';
export { addClaudeHooks, claudeHooksFile, readClaudeGate, readClaudeHooks, removeClaudeHooks, type ClaudeGate, type ClaudeHooks } from './hooks.ts';
export { isoTime, toJson, type SessionJson } from './json.ts';
export * from './model.ts';
export { byNeed, findSessions, nameOf, nextWaiting } from './order.ts';
export { recent } from './recent.ts';
export { HOLD_MS, reduce } from './reduce.ts';
export { readRegistryRow, registryPid, type RegistryRow } from './registry.ts';
export * from './screen/index.ts';
export { OpencodeLogReader, runOf, type OpencodeAsk, type OpencodeRun } from './opencodeLog.ts';
export { opencodeData, opencodeEvidence, readOpencodeTurn, type OpencodeMessage, type OpencodeRows, type OpencodeTurn } from './opencodeTurn.ts';
export { RolloutReader } from './rollout.ts';
export { shortLine } from './shortText.ts';
export { changeEvent, sessionsProjection, sessionTransitions, type SessionChanged, type SessionTransition } from './store.ts';
export { TranscriptReader } from './transcript.ts';
