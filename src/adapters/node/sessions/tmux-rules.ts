// The user's own screen rules, put over those that come with Wheelhouse.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../../../core/base/errors.ts';
import { shippedRules, withRules, type ScreenRules } from '../../../core/sessions/index.ts';
import { errorCodeOf } from '../file-errors.ts';

export interface LoadedRules {
  readonly rules: ScreenRules;
  /** What is wrong with the user's file, for the user's eyes; then none of it counts. */
  readonly problem?: string;
}

export function userRulesFile(dataRoot: string): string {
  return join(dataRoot, 'screen-rules.json');
}

/** Never throws: without a usable file the shipped rules hold. */
export function loadRules(dataRoot: string): LoadedRules {
  const file = userRulesFile(dataRoot);
  try {
    return { rules: withRules(shippedRules, JSON.parse(readFileSync(file, 'utf8'))) };
  } catch (error) {
    return errorCodeOf(error) === 'ENOENT' ? { rules: shippedRules } : { rules: shippedRules, problem: `${file}: ${messageOf(error)}` };
  }
}
