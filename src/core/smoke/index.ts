export { findSmokeCommand, type SmokeCommand, type SmokeSetting } from './command.ts';
export { createSmokeGate, type SmokeEvidence, type SmokeGate, type SmokeHistory, type SmokeOutcome, type SmokeRunOptions } from './gate.ts';
