import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Journal } from '../../../core/ports/journal.ts';
import { changeEvent, type Session, type SessionState } from '../../../core/sessions/index.ts';
import { systemClock, systemRandom } from '../clock.ts';
import { openJournal } from '../journal-file.ts';
import { repositoryScope } from '../locations.ts';

/** Writes changes of sessions to the journals of their repositories. */
export interface SessionJournals {
  /** Resolved when it is written. A folder that is gone has no journal, and nothing is written. @throws WheelhouseError `unwritable`. */
  record(session: Session, from: SessionState | undefined): Promise<void>;
}

/**
 * For a face that lives long, such as an editor's window. Every window may record what it sees: of
 * the same change, `sessionsProjection` counts the first record.
 * @param by Who writes: `user`, `cli`, …
 */
export function sessionJournals(dataRoot: string, by: string): SessionJournals {
  const journals = new Map<string, Journal>();
  const journalOf = (repository: string): Journal => {
    const known = journals.get(repository);
    if (known) return known;
    const journal = openJournal(join(repositoryScope(dataRoot, repository), 'journal.jsonl'), { clock: systemClock, random: systemRandom });
    journals.set(repository, journal);
    return journal;
  };
  return {
    async record(session, from) {
      const event = changeEvent(session, from, by);
      const repository = session.facts.cwd === undefined ? undefined : repositoryOf(session.facts.cwd);
      if (event !== undefined && repository !== undefined) await journalOf(repository).append([event]);
    },
  };
}

/**
 * The git common directory that a folder belongs to, else the folder itself, with links resolved;
 * undefined when it is not there. Without starting git: its rule is a `.git` folder, or a `.git`
 * file that leads to one (gitrepository-layout(5)).
 */
export function repositoryOf(folder: string): string | undefined {
  try {
    const start = realpathSync(folder);
    for (let at = start; ; at = dirname(at)) {
      const found = commonDirectory(join(at, '.git'));
      if (found !== undefined) return realpathSync(found);
      if (dirname(at) === at) return start;
    }
  } catch {
    return undefined;
  }
}

function commonDirectory(git: string): string | undefined {
  const found = statSync(git, { throwIfNoEntry: false });
  if (found?.isDirectory()) return statSync(join(git, 'HEAD'), { throwIfNoEntry: false }) ? git : undefined;
  const target = found?.isFile() === true ? /^gitdir: (.+)$/m.exec(readFileSync(git, 'utf8'))?.[1] : undefined;
  if (target === undefined) return undefined;
  const own = resolve(dirname(git), target.trim());
  try {
    return resolve(own, readFileSync(join(own, 'commondir'), 'utf8').trim());
  } catch {
    return own;
  }
}
