import nodePath from 'node:path';
import type { Agent, CoordinationContext } from '../../../core/coordination/index.ts';
import { systemRandom } from '../clock.ts';
import { nodeFiles } from '../files.ts';
import type { Environment } from '../locations.ts';
import { isAlive } from '../process-identity.ts';
import { registeredProcess } from './agent-process.ts';
import { openLedger } from './ledger.ts';

export interface CoordinationOptions {
  readonly env: Environment;
  /** The folder of the repository's journal. */
  readonly scope: string;
  /** Relative paths begin here. Absolute, links resolved. */
  readonly folder: string;
  readonly worktrees: readonly string[];
  readonly agent: Agent;
  readonly actor: string;
  readonly isUser: boolean;
}

export function openCoordination({ env, scope, ...options }: CoordinationOptions): CoordinationContext {
  return { ...options, ledger: openLedger(scope), paths: nodePath, files: nodeFiles, random: systemRandom, isAlive, processOf: (session) => registeredProcess(env, session) };
}
