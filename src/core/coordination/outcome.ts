import type { ErrorCode } from '../base/errors.ts';
import type { Claim } from './model.ts';
import type { Target } from './targets.ts';

/** A target that was asked for and what stands against it. */
export interface Conflict {
  readonly target: Target;
  readonly claim: Claim;
  /** Which of the claim's targets it is. */
  readonly held: Target;
  /** Milliseconds until the claim runs out, unless its holder does something. */
  readonly remaining: number;
}

/** What became of one event. */
export type Outcome =
  | { readonly ok: true; /** The fencing token of what was claimed. */ readonly fence?: number; /** What was given back, and whose it was. */ readonly targets?: readonly Target[]; readonly holders?: readonly string[] }
  | { readonly ok: false; readonly conflicts: readonly Conflict[] }
  | { readonly ok: false; readonly code: ErrorCode; readonly message: string };

export const done: Outcome = { ok: true };

export function refused(code: ErrorCode, message: string): Outcome {
  return { ok: false, code, message };
}
