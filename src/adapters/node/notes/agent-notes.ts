/**
 * What an LLM may do with notes. It sees the public view only; what it creates is private until the
 * user publishes it; it cannot change who may read anything. No answer depends on a private note:
 * not its text, not an error, not whether an id is taken.
 */
import { existsSync } from 'node:fs';
import type { Git } from '../../../core/git/git.ts';
import { isWheelhouseError, WheelhouseError } from '../../../core/base/errors.ts';
import * as core from '../../../core/notes/index.ts';
import { nodeFiles } from '../files.ts';
import { nodeHasher } from '../hash.ts';
import { commitFile } from './history.ts';
import { readOwn } from './read-own.ts';
import type { NoteDetails, Notes } from './notes.ts';

export interface AgentNote extends NoteDetails {
  /** Of the text as it may be seen: to be given back with a change. */
  readonly hash: string;
}

export interface Updated {
  /** `conflict`: nothing was written, and `content` is the current text. */
  readonly status: 'written' | 'merged' | 'unchanged' | 'conflict';
  readonly content: string;
  readonly hash: string;
  /** Whether the change is a commit in the repository of the notes, or why not; undefined without git. */
  readonly history: string | undefined;
}

/** A longer note is not changed by an LLM, which has not seen all of it. */
const LONGEST_CHANGED = 200_000;

export class AgentNotes {
  readonly #notes: Notes;
  readonly #git: Git;
  /** One after the other in this process; among processes the file is compared and set. */
  #updating: Promise<unknown> = Promise.resolve();

  constructor(notes: Notes, git: Git) {
    this.#notes = notes;
    this.#git = git;
  }

  /** @throws WheelhouseError `not-found`: private, double and missing alike. */
  async get(id: string): Promise<AgentNote> {
    const details = await this.#notes.get(id);
    return { ...details, hash: nodeHasher.sha256(details.content) };
  }

  /**
   * Writes a new note, private. Where another note has the id, it gets a number after it, and the
   * answer does not say so: that there is a private note of the name would be told by it.
   *
   * @throws WheelhouseError `conflict` when a public note has the id; `refused` when the content
   *   has a mark of visibility or an id; `invalid-input`.
   */
  async create(note: core.NewNote, format: core.NoteFormat): Promise<{ readonly history: string | undefined }> {
    const notes = this.#notes;
    core.checkNewNote(note, format);
    checkDraft(note, format);
    await notes.files.refresh();
    const [taken] = notes.index.find(note.id);
    if (taken?.id === note.id) throw new WheelhouseError('conflict', `There is a note ${note.id} already. Change it with note_update, or choose another id.`);
    for (let n = 1; n < 10_000; n++) {
      const id = n === 1 ? note.id : `${note.id}-${n}`;
      const path = notes.newPath(id, format);
      if (notes.index.hasId(id) || notes.index.hasId(core.slugOf(id)) || ['org', 'markdown'].some((each) => existsSync(notes.newPath(id, each as core.NoteFormat)))) continue;
      const text = core.newNoteText({ ...note, id, ...(id !== note.id && { askedId: note.id }) }, format);
      const written = await quietly(() => nodeFiles.replaceText(path, { expected: undefined, text }));
      if (written === 'changed') continue;
      await notes.files.refresh();
      return { history: await this.#commit(path, undefined, text, `notes: create ${note.id}`) };
    }
    throw new WheelhouseError('unwritable', 'The note could not be written. Tell the user.');
  }

  /**
   * Replaces the text of a public note, if it still is the text that `baseHash` stands for; when both
   * sides only appended, both are kept.
   *
   * @throws WheelhouseError `not-found`, `refused`, `invalid-input`.
   */
  update(id: string, content: string, baseHash: string): Promise<Updated> {
    const next = this.#updating.then(() => this.#update(id, content, baseHash));
    this.#updating = next.catch(() => undefined);
    return next;
  }

  async #update(id: string, content: string, baseHash: string): Promise<Updated> {
    const notes = this.#notes;
    if (content.length > LONGEST_CHANGED) throw new WheelhouseError('invalid-input', `The content has more than ${LONGEST_CHANGED} characters. Split it into several notes.`);
    for (let tries = 0; tries < 20; tries++) {
      const { note, content: indexed } = await this.get(id);
      if (indexed.length > LONGEST_CHANGED) throw new WheelhouseError('invalid-input', `The note is longer than ${LONGEST_CHANGED} characters, and only the user changes it.`);
      const text = await quietly(() => readOwn(note.path));
      const before = core.parseNote(note.path, text);
      const isDuplicate = notes.index.duplicatesIn(before, note.path);
      const own = core.notesIn(before, note.path, isDuplicate, 'public').find((each) => each.id === note.id);
      if (own === undefined) {
        await notes.files.confirm([note.path]);
        continue;
      }
      const current = core.textOf(text, own);
      const hash = nodeHasher.sha256(current);
      const isBase = hash === baseHash.trim().toLowerCase();
      const merged = isBase ? content : core.mergeAppended(nodeHasher, baseHash.trim().toLowerCase(), current, content);
      if (merged === undefined) return { status: 'conflict', content: current, hash, history: undefined };
      if (merged === current) return { status: 'unchanged', content: current, hash, history: undefined };
      const changed = core.revised({ path: note.path, before, note: own, content: merged, isDuplicate });
      const written = await quietly(() => {
        notes.checkPlace(note.path);
        return nodeFiles.replaceText(note.path, { expected: text, text: changed });
      });
      if (written === 'changed') continue;
      await notes.files.confirm([note.path]);
      const history = await this.#commit(note.path, text, changed, `notes: update ${note.id}`);
      const after = await this.get(note.id);
      return { status: isBase ? 'written' : 'merged', content: after.content, hash: after.hash, history };
    }
    throw new WheelhouseError('conflict', 'The note is being changed by another program right now. Read it again and try again.');
  }

  async #commit(path: string, before: string | undefined, text: string, subject: string): Promise<string | undefined> {
    const session = this.#notes.actor.replace(/^session:/, '').replace(/[^\w.:-]/g, '');
    const { commit, why } = await commitFile(this.#git, { path, before, text, message: `${subject}\n\nSession: ${session}\n` });
    return commit !== undefined ? 'committed' : why === undefined ? undefined : /rebase|branch|moment/.test(why) ? `not committed: ${why}` : 'not committed';
  }
}

/** What depends on the content alone. */
function checkDraft(note: core.NewNote, format: core.NoteFormat): void {
  const content = core.parseNote(format === 'org' ? 'note.org' : 'note.md', note.content);
  const isMarked = content.sections.some(({ marks }) => marks.length > 0) || note.tags.some(core.isVisibilityTag) || /^[ \t]*(#\+filetags:.*\bPUBLIC\b|:(PUBLIC|PRIVATE|VISIBILITY)\+?:)/im.test(note.content);
  if (isMarked) throw new WheelhouseError('refused', 'A new note is private until the user publishes it (wheelhouse notes publish ID). Leave PUBLIC and PRIVATE out of its tags, headings, properties and frontmatter.');
  if (content.problem !== undefined) throw new WheelhouseError('invalid-input', 'The content is not well-formed Unicode text.');
  if (content.sections.some(({ id, properties }) => id !== undefined || properties['ASKED_ID'] !== undefined)) throw new WheelhouseError('refused', 'The id of a new note is given by note_id. Leave ID properties out of the content.');
}

/** What the system says names paths, and those of private files are private. */
async function quietly<T>(work: () => Promise<T> | T): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isWheelhouseError(error) && error.code === 'conflict') throw error;
    throw new WheelhouseError('unwritable', 'The note could not be read or written just now. Try again; if it stays so, tell the user.', { cause: error });
  }
}
