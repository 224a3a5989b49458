/** Coordination as a person looks at it and steps in: all that stands in one repository, live. */
import { breakBarrierAt, breakClaim, coordinationJson, refreshWithDeaths, resolveBlocker, type CoordinationContext, type CoordinationJson } from '../../../core/coordination/index.ts';
import type { Disposable } from '../../../core/base/disposable.ts';
import { repositoryScope, type Environment } from '../locations.ts';
import { openCoordination } from './open.ts';

export interface Board {
  /** @throws WheelhouseError `unreadable`. */
  read(): Promise<CoordinationJson>;
  /** As `read`, and what the dead have left is freed. @throws WheelhouseError `unreadable`, `unwritable`. */
  readWithDeaths(): Promise<CoordinationJson>;
  /** Called soon after anybody has written. */
  onDidAppend(listener: () => void): Disposable;
  /** @throws WheelhouseError `not-found` when it is not there any more. */
  releaseClaim(fence: number, paths?: readonly string[]): Promise<void>;
  breakBarrier(name: string): Promise<void>;
  resolveBlocker(id: string): Promise<void>;
}

/** @param repository As `Standing` names it: the git folder, else the folder itself. */
export function openBoard(dataRoot: string, repository: string, env: Environment): Board {
  const context: CoordinationContext = openCoordination({ env, scope: repositoryScope(dataRoot, repository), folder: repository, worktrees: [], agent: { session: 'user' }, actor: 'user', isUser: true });
  const { ledger } = context;
  const read = async (refresh: () => Promise<void>) => {
    await refresh();
    await ledger.save();
    return coordinationJson(ledger);
  };
  return {
    read: () => read(() => ledger.refresh()),
    readWithDeaths: () => read(() => refreshWithDeaths(context)),
    onDidAppend: (listener) => ledger.onDidAppend(listener),
    releaseClaim: async (fence, paths) => {
      await breakClaim(context, fence, paths);
    },
    breakBarrier: async (name) => {
      await breakBarrierAt(context, name);
    },
    resolveBlocker: (id) => resolveBlocker(context, id),
  };
}
