/** What the hook needs of the policy, without the parser of its file. */
export { decideCall } from './decideCall.ts';
export { literalStart, matches } from './glob.ts';
export type { Look, PathNames, Policy, ToolCall, Verdict } from './model.ts';
