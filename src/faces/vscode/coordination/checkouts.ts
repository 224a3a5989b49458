/** Sessions that work in one checkout and have claimed nothing: either could overwrite what the other does. */
import type { Session } from '../../../core/sessions/index.ts';
import type { Standing } from '../../../adapters/node/coordination/standings.ts';
import { nameOf } from '../../../core/sessions/index.ts';
import type { Notice, Project } from '../sessions/rows.ts';
import { oneLine } from './details.ts';

export interface CheckoutQuestion {
  readonly standingOf: (session: Session) => Standing | undefined;
  readonly projectOf: (session: Session) => Project | undefined;
  /** The first edit of a file claims it there, so nobody need be warned. */
  readonly claimsItself: (root: string) => boolean;
  readonly silenced: readonly string[];
}

/** One quiet line for each such checkout. A session that is known to wait for nobody and to hold nothing is no less alive than one that works. */
export function checkoutNotices(sessions: readonly Session[], { standingOf, projectOf, claimsItself, silenced }: CheckoutQuestion): Notice[] {
  const groups = new Map<string, Session[]>();
  for (const session of sessions) {
    const root = session.verdict.state === 'ended' ? undefined : standingOf(session)?.root;
    if (root !== undefined) groups.set(root, [...(groups.get(root) ?? []), session]);
  }
  return [...groups].flatMap(([root, inside]): Notice[] => {
    const project = inside[0] && projectOf(inside[0]);
    const someClaim = inside.some((session) => (standingOf(session)?.claims.length ?? 0) > 0);
    if (inside.length < 2 || project === undefined || someClaim || claimsItself(root) || silenced.includes(project.path)) return [];
    const names = inside.map((session) => oneLine(nameOf(session)));
    return [{
      key: `checkout ${root}`,
      icon: 'info',
      text: `${inside.length} sessions in one checkout`,
      more: 'no claims',
      tooltip: `${names.join(', ')} work in ${root} and have claimed no file: they could overwrite each other's changes. A worktree gives a new session a folder and a branch of its own.`,
      words: 'notice sharedCheckout',
      command: 'wheelhouse.coordination.openWorktree',
      about: { folder: root, project: project.path },
      project: project.path,
    }];
  });
}
