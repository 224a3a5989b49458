/**
 * What agents may read, write and run. One policy from readable files; one engine that answers for a
 * path, a command or a tool call; and the same rules in the agent's own words.
 */
export { agentRules, isPath, rulesFor, type AgentRules, type AgentSandbox } from './agentRules.ts';
export { addOurs, removeOurs, type Applied, type SettingsChange } from './agentSettings.ts';
export { canariesOf, type Canary } from './canaries.ts';
export { decideCall } from './decideCall.ts';
export { covers, decidePath } from './decidePath.ts';
export { isLiteral, literalStart, matches, slashed } from './glob.ts';
export { defaultPolicyText } from './defaults.ts';
export { mergePolicy } from './merge.ts';
export { parsePolicy, type PolicyFile } from './parse.ts';
export { isList, keyAt, keysIn, policyKeys, type PolicyKey } from './keys.ts';
export { ruleText, sourceText, WHILE_NOT_UNDERSTOOD } from './wording.ts';
export { unifiedDiff } from './unifiedDiff.ts';
export type { Access, CommandRule, Decision, Look, OnlyRule, PathNames, PathRule, Policy, PolicyPart, PolicyProblem, PolicyScope, Rule, RuleSource, SandboxWish, ToolCall, Verdict } from './model.ts';
