/** What agents changed in the notes, read from the commits that `history.ts` made, and taking such a change back. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import nodePath from 'node:path';
import { WheelhouseError } from '../../../core/base/errors.ts';
import { splitNul, type Git } from '../../../core/git/git.ts';
import { nodeFiles } from '../files.ts';
import { commitFile, NOTES_AUTHOR } from './history.ts';
import { readOwn } from './read-own.ts';
import type { Notes } from './notes.ts';

export interface AgentChange {
  readonly commit: string;
  /** Absolute. */
  readonly path: string;
  /** Of the work tree. */
  readonly root: string;
  /** Relative to it, with slashes. */
  readonly name: string;
  readonly session: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly subject: string;
  /** Whether the note was new. */
  readonly isNew: boolean;
  /** Whether the user took it back. */
  readonly isUndone: boolean;
}

export interface AgentChanges {
  /** The newest first. */
  readonly changes: readonly AgentChange[];
  /** Folders of notes that are in no git repository, where nothing is recorded. */
  readonly unrecorded: readonly string[];
}

const UNDOES = /^Undoes: ([0-9a-f]{40,64})$/m;

export async function agentChanges(git: Git, folders: readonly string[], limit: number): Promise<AgentChanges> {
  const changes: AgentChange[] = [];
  const unrecorded: string[] = [];
  const undone = new Set<string>();
  for (const folder of folders) {
    const root = existsSync(folder) ? (await git.tryOutput(folder, ['rev-parse', '--show-toplevel']))?.replace(/\r?\n$/, '') : undefined;
    if (root === undefined) {
      unrecorded.push(folder);
      continue;
    }
    // A repository without a commit has no log.
    const log = (await git.tryOutput(folder, ['log', `--author=${NOTES_AUTHOR}`, `--max-count=${limit * 3}`, '-z', '--no-renames', '--raw', '--root', '--no-abbrev', '--format=%x01%H%x02%at%x02%B', '--', '.'])) ?? '';
    for (const record of log.split('\u0001').slice(1)) {
      const [head = '', ...rest] = splitNul(record);
      const [commit = '', at = '', message = ''] = head.split('\u0002');
      const undoes = UNDOES.exec(message)?.[1];
      if (undoes !== undefined) undone.add(undoes);
      const session = /^Session: (\S+)$/m.exec(message)?.[1];
      const status = /^\s*:\d+ \d+ [0-9a-f]+ [0-9a-f]+ ([AM])$/.exec(rest[0] ?? '')?.[1];
      const name = rest[1];
      if (session === undefined || status === undefined || name === undefined) continue;
      changes.push({ commit, path: nodePath.join(root, name), root, name, session, at: Number(at) * 1000, subject: message.split('\n', 1)[0] ?? '', isNew: status === 'A', isUndone: false });
    }
  }
  const newest = changes.sort((a, b) => b.at - a.at).slice(0, limit);
  return { changes: newest.map((change) => ({ ...change, isUndone: undone.has(change.commit) || (change.isNew && !existsSync(change.path)) })), unrecorded };
}

/** The note before and after a change; '' before it was there. */
export async function textsOf(git: Git, { commit, root, name, isNew }: AgentChange): Promise<{ readonly before: string; readonly after: string }> {
  const show = (revision: string) => git.output(root, ['show', `${revision}:${name}`]);
  return { before: isNew ? '' : await show(`${commit}^`), after: await show(commit) };
}

/**
 * Takes a change back, and keeps what was written since: a three-way merge with the text after the
 * change as the base. The note's history gets a commit that says so.
 *
 * @param remove Takes a note away that the change created and nobody changed since.
 * @returns whether anything else had changed since.
 * @throws WheelhouseError `conflict` when the same lines were changed since, `not-found` when the note is gone.
 */
export async function undoAgentChange(notes: Notes, git: Git, change: AgentChange, remove: (path: string) => Promise<void>): Promise<{ readonly merged: boolean }> {
  const { path, isNew } = change;
  if (!existsSync(path)) throw new WheelhouseError('not-found', `${path} is not there any more, so there is nothing to undo.`);
  notes.checkPlace(path);
  const { before, after } = await textsOf(git, change);
  const current = readOwn(path);
  if (isNew) {
    if (current !== after) throw new WheelhouseError('conflict', `An agent wrote this note as a whole, and it was changed since. Delete ${path} if you do not want it.`);
    await remove(path);
    await notes.files.refresh();
    return { merged: false };
  }
  if (current === before) throw new WheelhouseError('refused', 'The note is as it was before this change already.');
  const merged = current === after ? before : await mergedText(git, change.root, { current, base: after, other: before });
  if (merged === undefined) throw new WheelhouseError('conflict', `The same lines of ${nodePath.basename(path)} were changed since, and nothing was undone. Compare the two and edit the note by hand.`);
  if ((await nodeFiles.replaceText(path, { expected: current, text: merged })) === 'changed') throw new WheelhouseError('conflict', `${path} is being changed by another program right now. Try again.`);
  await commitFile(git, { path, before: current, text: merged, message: `notes: undo "${change.subject}"\n\nUndoes: ${change.commit}\n` });
  await notes.files.confirm([path]);
  await notes.files.refresh();
  return { merged: current !== after };
}

async function mergedText(git: Git, cwd: string, texts: { readonly current: string; readonly base: string; readonly other: string }): Promise<string | undefined> {
  // What is no UTF-8 has been read with stand-ins that must not be written back.
  if (Object.values(texts).some((text) => !text.isWellFormed() || text.includes('\ufffd'))) return undefined;
  const folder = await mkdtemp(nodePath.join(tmpdir(), 'wheelhouse-merge-'));
  try {
    const files = await Promise.all(Object.entries(texts).map(async ([name, text]) => {
      const file = nodePath.join(folder, name);
      await writeFile(file, text);
      return file;
    }));
    const { exitCode, stdout } = await git.run(cwd, ['merge-file', '-p', '-q', ...files]);
    return exitCode === 0 ? stdout : undefined;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
