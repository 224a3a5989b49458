import { WheelhouseError } from '../../base/errors.ts';
import type { Files } from '../../ports/files.ts';
import type { Paths } from '../../ports/paths.ts';
import type { Processes, RunResult } from '../../ports/processes.ts';
import { markdownNoteFile, orgNoteBody, orgNoteFile, type PromptNote } from './note.ts';

/** What `publish --dry-run` prints, as the original does. `content` is what would be written. */
export function dryRunText(note: PromptNote, content: string): string {
  const rule = '-'.repeat(60);
  return ['Dry run - would publish:', `Note ID: ${note.id}`, `Title: ${note.title}`, `Tags: ${note.tags.join(', ') || 'None'}`, '', 'Content:', rule, content, rule, ''].join('\n');
}

/** What it prints after success. */
export function publishedText(note: PromptNote): string {
  const tags = note.tags.length > 0 ? `  Tags: ${note.tags.join(', ')}\n` : '';
  return `✓ Published prompt #${note.promptId} to memento as '${note.id}'\n  Title: ${note.title}\n${tags}`;
}

/** Whether a folder keeps its notes as Org or as Markdown, by the names in it. Without any, memento's own format. */
export function noteFormatOf(names: readonly string[]): 'org' | 'markdown' {
  const count = (pattern: RegExp) => names.filter((name) => pattern.test(name)).length;
  return count(/\.(?:md|markdown)$/i) > count(/\.org$/i) ? 'markdown' : 'org';
}

/** The note as the file that `publishToFolder` writes, for a dry run too. */
export function noteFile(note: PromptNote, format: 'org' | 'markdown'): { readonly name: string; readonly text: string } {
  return format === 'org' ? { name: `${note.id}.org`, text: orgNoteFile(note) } : { name: `${note.id}.md`, text: markdownNoteFile(note) };
}

/**
 * Writes the note into a folder of notes.
 *
 * @param format By default the one that the folder has.
 * @returns the path of the note.
 * @throws WheelhouseError `conflict` when there is a note of that name; `unwritable`.
 */
export async function publishToFolder({ files, paths }: { files: Files; paths: Pick<Paths, 'join'> }, folder: string, note: PromptNote, format?: 'org' | 'markdown'): Promise<string> {
  const { name, text } = noteFile(note, format ?? noteFormatOf(await files.list(folder)));
  const path = paths.join(folder, name);
  if ((await files.replaceText(path, { expected: undefined, text })) === 'written') return path;
  throw new WheelhouseError('conflict', `There is a note ${note.id} already (${path}), and it was left as it is. Publish under another name with --note-id.`);
}

export interface MementoCall {
  readonly argv: readonly [string, ...string[]];
  /** Tells memento that a machine wrote the note. */
  readonly env: Readonly<Record<string, string>>;
  /** To be written before and removed after. */
  readonly file: { readonly path: string; readonly text: string };
}

/** @param path Where the temporary file may be, in a folder that only the user can read; ends with `.org`. */
export function planMemento(note: PromptNote, path: string): MementoCall {
  // A value that begins with a dash would be taken for an option.
  const title = note.title.startsWith('-') ? [`--title=${note.title}`] : ['--title', note.title];
  return {
    argv: ['memento', 'create', note.id, ...title, '--file', path, ...(note.tags.length > 0 ? ['--tags', ...note.tags] : [])],
    env: { CLAUDE_CODE: '1' },
    file: { path, text: orgNoteBody(note) },
  };
}

/**
 * Gives the note to the installed `memento`.
 *
 * @throws WheelhouseError `missing-program` without one; `refused`, with what memento said, when it failed.
 */
export async function publishWithMemento({ processes, files }: { processes: Processes; files: Files }, call: MementoCall, cwd: string): Promise<void> {
  await files.writeText(call.file.path, call.file.text);
  let result: RunResult;
  try {
    result = await processes.run(call.argv, { cwd, env: call.env, timeoutMs: 60_000 });
  } finally {
    await files.remove(call.file.path);
  }
  if (result.exitCode === 0 && result.ended === 'exit') return;
  const said = (result.stderr.trim() || result.stdout.trim()).slice(0, 4000);
  const how = result.ended === 'timeout' ? 'it did not end within a minute' : (said.split('\n').at(-1) ?? '') || `it ended with code ${String(result.exitCode)}`;
  throw new WheelhouseError('refused', `Failed to publish to memento: ${how}. Nothing else was changed; publish into the notes folder instead, or run memento by hand to see why.`, { details: said });
}
