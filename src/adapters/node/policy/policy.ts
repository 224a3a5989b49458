/** The verbs of the policy on this machine: what the command line and the editor call. */
export { openPolicyPlace, policyFile, type PolicyPlace } from './place.ts';
export { initPolicy, readPolicy, type InitResult } from './read.ts';
export { checkPaths, type CheckedPath } from './check.ts';
export { applyPolicy, planApply, wasApplied, type ApplyOptions, type ApplyPlan, type ApplyResult } from './apply.ts';
export { sandboxGaps } from './obstacles.ts';
export { sweepCanaryFolders } from './canary-folder.ts';
export { managedSettings, type ManagedSettings } from './managed.ts';
export { protectionOf, verifyPolicy, type LayerState, type Protection, type Verification, type VerifyOptions, type VerifyRow } from './verify.ts';
export { findExposed, mendExposed, type Exposed } from './secrets.ts';
export type { SandboxState } from './sandbox.ts';
