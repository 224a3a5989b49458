import type { Random } from '../ports/clock.ts';
import type { Files } from '../ports/files.ts';
import type { Paths } from '../ports/paths.ts';
import type { Ledger } from './ledger.ts';
import type { Agent, AgentProcess } from './model.ts';

/** What the verbs of coordination need of the world. */
export interface CoordinationContext {
  readonly ledger: Ledger;
  /** Who acts. */
  readonly agent: Agent;
  /** As the journal names it: `user`, `cli`, or `session:<id>`. */
  readonly actor: string;
  /** A person acts, not an agent: may break what others hold. */
  readonly isUser: boolean;
  /** The folder that relative paths begin in. Absolute. */
  readonly folder: string;
  /** Tops of all work trees of the repository. Absolute, links resolved. */
  readonly worktrees: readonly string[];
  readonly paths: Paths;
  readonly files: Pick<Files, 'stat' | 'realPath'>;
  readonly random: Random;
  /** Whether exactly that process runs; `unknown` for another machine's. */
  readonly isAlive: (process: AgentProcess) => Promise<boolean | 'unknown'>;
  /** The process of a session that has not been heard of here, from the agents' own registers. */
  readonly processOf: (session: string) => Promise<AgentProcess | undefined>;
}
