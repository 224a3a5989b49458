import { resolve } from 'node:path';
import { WheelhouseError } from '../../../core/base/errors.ts';
import { decideCall, type Verdict } from '../../../core/policy/index.ts';
import { lookFor } from './look.ts';
import type { PolicyPlace } from './place.ts';
import { readPolicy } from './read.ts';

export interface CheckedPath {
  /** As it was asked for. */
  readonly path: string;
  readonly tool: 'Read' | 'Edit' | 'Bash';
  readonly verdict: Verdict;
}

/**
 * What an agent's tool would be told of each path; for Bash, of each command.
 * @throws WheelhouseError `not-found` where there is no policy.
 */
export async function checkPaths(place: PolicyPlace, paths: readonly string[], tool: 'Read' | 'Edit' | 'Bash' = 'Read'): Promise<readonly CheckedPath[]> {
  const policy = await readPolicy(place);
  if (policy === undefined) throw noPolicy();
  const look = lookFor(policy, place.root, place.home);
  return paths.map((path) => {
    const input = tool === 'Bash' ? { command: path } : { file_path: isRelative(path) ? `${resolve(place.folder)}/${path}` : path };
    const verdict = decideCall(policy, { tool, input, cwd: place.folder, home: place.home }, look);
    return { path, tool, verdict };
  });
}

/** Of what is not, the policy itself knows where it begins. */
function isRelative(path: string): boolean {
  return !/^(?:~|\$HOME|file:|[/\\]|[A-Za-z]:)/.test(path);
}

export function noPolicy(): WheelhouseError {
  return new WheelhouseError('not-found', 'There is no policy here. "wheelhouse policy init" writes one to begin with, for this repository or (--scope user) for all of yours.');
}
