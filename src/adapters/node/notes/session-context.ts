/** What a session that starts in a folder is told: the notes that it may read, and the last checkpoint there. */
import { homedir } from 'node:os';
import { basename, dirname, relative, sep } from 'node:path';
import { belongsTo, contextLimits, GLOBAL_CONTEXT_ID, sessionBrief, slugOf, type ContextNote, type SessionBrief } from '../../../core/notes/index.ts';
import { latestCheckpoint } from '../checkpoints/checkpoint-files.ts';
import { realPathOf, repositoryAround } from '../coordination/repository.ts';
import { nodeFiles } from '../files.ts';
import { repositoryScope, userScope, type Environment } from '../locations.ts';
import { readUserSettings } from '../user-settings.ts';
import { lookForPublic, uptimeMs, type ListedNote } from './public-list.ts';
import { noteFolders } from './settings.ts';

export interface SessionPlace {
  readonly env: Environment;
  readonly dataRoot: string;
  /** Where the session works. */
  readonly folder: string;
  /** The session's own id, when it goes on with something: its own checkpoint comes before a later one of another session. */
  readonly session?: string;
  /** Whether it goes on after a compaction or a resume. */
  readonly goesOn: boolean;
  /** How long notes that were never read before may take, in milliseconds; without it as long as it takes. */
  readonly budgetMs?: number;
}

export interface SessionContext {
  readonly brief: SessionBrief;
  /** Top of the work tree, or the folder itself. */
  readonly root: string;
  /** The id of the note that every session is told. */
  readonly globalId: string;
  /** Whether there is a note of that id that may be read. */
  readonly hasGlobal: boolean;
  /** Whether there was no time to read the notes, and so none is told. */
  readonly isIncomplete: boolean;
}

export async function sessionContext({ env, dataRoot, folder, session, goesOn, budgetMs = Infinity }: SessionPlace): Promise<SessionContext> {
  const deadline = uptimeMs() + budgetMs;
  const home = env['HOME'] ?? homedir();
  const user = userScope(dataRoot);
  const [folders, settings] = await Promise.all([noteFolders(nodeFiles, { folder: user, home }), readUserSettings(nodeFiles, user)]);
  const { globalContext: globalId = GLOBAL_CONTEXT_ID, contextLimit: limit = contextLimits.usual } = settings;
  const list = lookForPublic(user, folders, deadline);

  const cwd = realPathOf(folder);
  const { root, key } = repositoryAround(cwd) ?? { root: cwd, key: cwd };
  const roots = [...new Set([root, ...(basename(key) === '.git' ? [dirname(key)] : [])])];
  const place = { names: new Set(roots.map((path) => slugOf(basename(path)))), paths: new Set(roots.flatMap((path) => [path, withTilde(path, home)])) };

  const texts = (notes: readonly ListedNote[]): ContextNote[] =>
    notes.flatMap((note) => {
      const text = list.textOf(note);
      return text === undefined ? [] : [{ id: note.id, title: note.title, text }];
    });
  const globals = globalId === '' ? [] : list.notes.filter(({ id }) => id === globalId);
  const isOwn = belongsTo(place);
  const own = list.notes.filter((note) => !globals.includes(note) && isOwn(note));
  // A heading of a note that is told with all below it is told already.
  const repository = own.filter((note) => note.kind === 'file' || ![...own, ...globals].some((other) => other.kind === 'file' && other.path === note.path));
  const [global] = texts(globals.slice(0, 1));
  const told = new Set([...globals, ...own]);
  const others = list.notes.filter((note) => !told.has(note));
  const checkpoint = latestCheckpoint(repositoryScope(dataRoot, key), { root, ...(goesOn && session !== undefined && { session }) });
  const brief = sessionBrief({
    global, repository: texts(repository),
    checkpoint: checkpoint && { id: checkpoint.id, title: checkpoint.title, text: checkpoint.text.replace(/^## /gm, '### ') },
    others,
    goesOn, repositoryName: basename(roots.at(-1) ?? root) || root, limit,
  });
  return { brief, root, globalId, hasGlobal: global !== undefined, isIncomplete: list.isIncomplete };
}

/** What the agent gets on the hook's standard output; undefined when there is nothing to tell. */
export function contextAnswer({ brief }: SessionContext): Readonly<Record<string, unknown>> | undefined {
  return brief.text === '' ? undefined : { hookSpecificOutput: { hookEventName: 'SessionStart', additionalContext: brief.text } };
}

function withTilde(path: string, home: string): string {
  const inside = relative(home, path);
  return inside === '' || inside.startsWith('..') ? path : `~/${inside.split(sep).join('/')}`;
}
