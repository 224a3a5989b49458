/** Loaded a moment after the start, so it is small: whether there is any policy here. */
import { existsSync } from 'node:fs';
import { openPolicyPlace, policyFiles } from '../../../adapters/node/policy/place.ts';
import type { Environment } from '../../../adapters/node/locations.ts';

/** @param folders Absolute. */
export function hasPolicy(folders: readonly string[], env: Environment): boolean {
  return folders.some((folder) => policyFiles(openPolicyPlace({ folder, env })).some(({ file }) => existsSync(file)));
}
