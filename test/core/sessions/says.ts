// Evidence in one line, for tables: `said('registry', 'idle', 5)` is what the register says at second 5.

import type { Evidence, EvidenceSource, Reason } from '../../../src/core/sessions/index.ts';

/** A moment to count seconds from. */
export const T0 = 1_760_000_000_000;
export const at = (seconds: number): number => T0 + Math.round(seconds * 1000);

export function said(source: EvidenceSource, state: Evidence['state'], seconds: number, more: Partial<Evidence> = {}): Evidence {
  return { source, state, at: at(seconds), seq: at(seconds), ...more };
}

export const registry = (state: Evidence['state'], seconds: number, more: Partial<Evidence> = {}) => said('registry', state, seconds, more);
export const hook = (state: Evidence['state'], seconds: number, more: Partial<Evidence> = {}) => said('hook', state, seconds, more);
export const transcript = (state: Evidence['state'], seconds: number, more: Partial<Evidence> = {}) => said('transcript', state, seconds, more);
export const title = (state: Evidence['state'], seconds: number) => said('title', state, seconds);
export const screen = (state: Evidence['state'], seconds: number, more: Partial<Evidence> = {}) => said('screen', state, seconds, more);
export const looked = (seconds: number) => said('user', 'looked', seconds);
export const born = (seconds: number) => said('process', 'idle', seconds, { reason: { kind: 'started' } });
export const died = (seconds: number, kind: 'exited' | 'crashed' = 'crashed') => said('process', 'ended', seconds, { reason: { kind } });

export const why = (kind: Reason['kind'], detail?: string): Partial<Evidence> => ({ reason: { kind, ...(detail !== undefined && { detail }) } });
/** A permission that was asked for by a hook. */
export const asks = (seconds: number, what = 'Bash: rm -rf build') => hook('waiting', seconds, { ...why('approve', what), call: what, provisional: true });
/** A call that has its result. */
export const result = (source: EvidenceSource, seconds: number, call = 'Bash: rm -rf build') => said(source, 'working', seconds, { call });
export const finished = (source: EvidenceSource, seconds: number, more: Partial<Evidence> = {}) => said(source, 'idle', seconds, { ...why('finished'), ...more });
