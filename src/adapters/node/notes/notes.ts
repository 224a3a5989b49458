/** The notes of a user, and the verbs on them. */
import { realpathSync } from 'node:fs';
import nodePath from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { WheelhouseError } from '../../../core/base/errors.ts';
import type { Disposable } from '../../../core/base/disposable.ts';
import type { Database } from '../../../core/ports/database.ts';
import * as core from '../../../core/notes/index.ts';
import { createGit } from '../../../core/git/git.ts';
import { imageFile } from '../database-image.ts';
import { nodeFiles } from '../files.ts';
import { nodeHasher } from '../hash.ts';
import { nodeProcesses } from '../processes.ts';
import type { UserData } from '../user-data.ts';
import { AgentNotes } from './agent-notes.ts';
import { NoteFiles } from './note-files.ts';
import { readOwn } from './read-own.ts';
import { noteFolders } from './settings.ts';

export interface OpenNotes {
  /** `public` for whatever an LLM gets to see. */
  readonly view: core.View;
  /** Whether changes are watched from now on: for what lives long. */
  readonly watch?: boolean;
}

export interface NoteDetails {
  readonly note: core.NoteEntry;
  readonly content: string;
  readonly links: readonly core.ResolvedLink[];
  readonly backlinks: readonly core.NoteEntry[];
}

export interface NoteCheck {
  readonly files: readonly { readonly path: string; readonly problem: string }[];
  readonly duplicates: readonly { readonly id: string; readonly paths: readonly string[] }[];
  readonly broken: readonly { readonly note: core.NoteEntry; readonly target: string }[];
  readonly orphans: readonly core.NoteEntry[];
}

export type NewUserNote = core.NewNote & {
  readonly format?: core.NoteFormat;
  /** Absolute, one of the folders or below it; by default the first. */
  readonly folder?: string;
};

const opened = new WeakMap<UserData, Map<core.View, Promise<Notes>>>();

/** One for each view, kept as long as the user's data are open. */
export function openNotes(user: UserData, options: OpenNotes): Promise<Notes> {
  const views = opened.get(user) ?? new Map<core.View, Promise<Notes>>();
  opened.set(user, views);
  const known = views.get(options.view);
  if (known) return known;
  const opening = Notes.open(user, options);
  views.set(options.view, opening);
  opening.catch(() => views.delete(options.view));
  return opening;
}

/** Puts the notes of a view away; the next `openNotes` looks anew where they are. */
export async function closeNotes(user: UserData, view: core.View): Promise<void> {
  const opening = opened.get(user)?.get(view);
  opened.get(user)?.delete(view);
  await (await opening?.catch(() => undefined))?.close();
}

export class Notes {
  readonly view: core.View;
  readonly folders: readonly string[];
  readonly index: core.NoteIndex;
  readonly files: NoteFiles;
  /** What an LLM may do. */
  readonly agent: AgentNotes;
  readonly actor: string;
  #close: () => Promise<void> = () => Promise.resolve();

  private constructor(user: UserData, view: core.View, folders: readonly string[], db: Database) {
    this.view = view;
    this.folders = folders;
    this.actor = user.actor;
    this.index = new core.NoteIndex({ db, view, hasher: nodeHasher, resolveFile: (from, target) => nodePath.resolve(nodePath.dirname(from), target.replace(/^~(?=\/)/, user.home)) });
    this.files = new NoteFiles(this.index, folders, user.onError);
    this.agent = new AgentNotes(this, createGit(nodeProcesses()));
  }

  static async open(user: UserData, { view, watch = false }: OpenNotes): Promise<Notes> {
    const image = imageFile(nodeFiles, nodePath.join(user.folder, view === 'all' ? 'notes.sqlite' : 'notes-public.sqlite'));
    const [folders, bytes] = await Promise.all([noteFolders(nodeFiles, user), image.load()]);
    const saved = bytes && (await user.databases.open(bytes).catch(() => undefined));
    // To copy a large one into the database is a piece of work of its own.
    await setImmediate();
    const isUsable = saved !== undefined && core.NoteIndex.isUsable(saved);
    if (!isUsable) saved?.close();
    const db = isUsable ? saved : await user.databases.open();
    const notes = new Notes(user, view, folders, db);
    let closing: Promise<void> | undefined;
    const close = async () => {
      await notes.files.dispose();
      if (notes.files.changes > 0) await image.save(notes.index.image()).catch(user.onError);
      db.close();
    };
    notes.#close = () => (closing ??= close());
    user.onDispose(notes.#close);
    if (watch) notes.files.follow();
    await notes.files.refresh();
    return notes;
  }

  /** Ends all that is alive, and saves the index if it changed. */
  close(): Promise<void> {
    return this.#close();
  }

  /** Calls back after notes have changed, within about 50 ms. */
  watch(listener: () => void): Disposable {
    return this.files.watch(listener);
  }

  /** An answer about the notes as they are now: what it rests on is looked at before it is given. */
  async answer<T>(ask: (index: core.NoteIndex) => T, entriesOf: (answer: T) => Iterable<core.NoteEntry | undefined>): Promise<T> {
    await this.files.refresh();
    for (let tries = 0; tries < 5; tries++) {
      const answer = ask(this.index);
      const paths = [...entriesOf(answer)].flatMap((entry) => entry?.path ?? []);
      if (await this.files.confirm(paths)) return answer;
    }
    throw new WheelhouseError('conflict', 'The notes are being changed by another program right now. Try again in a moment.');
  }

  list(filter: core.NoteFilter = {}): Promise<core.NoteEntry[]> {
    return this.answer((index) => index.list(filter), (notes) => notes);
  }

  search(text: string, limit = 20, filter: core.NoteFilter = {}): Promise<{ notes: core.FoundNote[]; total: number }> {
    return this.answer((index) => index.search(text, limit, filter), ({ notes }) => notes);
  }

  /** @throws WheelhouseError `not-found`. */
  async get(id: string): Promise<NoteDetails> {
    const found = await this.answer(
      (index) => {
        const [note, ...more] = index.find(id);
        return { note, more, ...(note && { details: { note, content: index.contentOf(note), links: index.linksOf(note), backlinks: index.backlinksOf(note) } }) };
      },
      ({ note, details }) => [note, ...(details?.links.map((link) => link.note) ?? []), ...(details?.backlinks ?? [])],
    );
    if (found.details === undefined) throw new WheelhouseError('not-found', core.noSuchNote(id));
    if (found.more.length > 0) throw new WheelhouseError('conflict', `${found.more.length + 1} notes have the id ${JSON.stringify(id)}: ${[found.note, ...found.more].map((note) => note?.path ?? '').join(', ')}. Give each its own.`);
    return found.details;
  }

  /** How many links and backlinks each note has, by its key. */
  async counts(): Promise<ReadonlyMap<number, { links: number; backlinks: number }>> {
    await this.files.refresh();
    return this.index.linkCounts();
  }

  async check(): Promise<NoteCheck> {
    await this.files.refresh();
    const notes = this.index.list();
    const counts = this.index.linkCounts();
    const byId = new Map<string, string[]>();
    for (const { id, path } of notes) byId.set(id, [...(byId.get(id) ?? []), path]);
    return {
      files: [...this.files.problems].map(([path, problem]) => ({ path, problem })).sort((a, b) => (a.path < b.path ? -1 : 1)),
      duplicates: [...byId].filter(([, paths]) => paths.length > 1).map(([id, paths]) => ({ id, paths })),
      broken: this.index.broken(),
      orphans: notes.filter(({ key, kind }) => kind === 'file' && (counts.get(key)?.links ?? 0) + (counts.get(key)?.backlinks ?? 0) === 0),
    };
  }

  /**
   * A new note by the user.
   * @throws WheelhouseError `conflict` when there is one, `invalid-input`, `unwritable`.
   */
  async create(note: NewUserNote): Promise<core.NoteEntry> {
    const format = note.format ?? this.usualFormat();
    const text = core.newNoteText(note, format);
    await this.files.refresh();
    const inside = note.folder === undefined ? undefined : nodePath.resolve(note.folder);
    if (inside !== undefined && !this.folders.some((folder) => (inside + nodePath.sep).startsWith(folder + nodePath.sep))) throw new WheelhouseError('invalid-input', `${inside} is in none of the folders of notes (${this.folders.join(', ')}).`);
    const path = this.newPath(note.id, format, inside);
    const taken = this.index.find(note.id).find(({ id }) => id === note.id);
    if (taken || (await nodeFiles.replaceText(path, { expected: undefined, text })) === 'changed') {
      throw new WheelhouseError('conflict', `There is a note ${note.id} already (${taken?.path ?? path}), and it was left as it is. Choose another id.`);
    }
    await this.files.refresh();
    return (await this.get(note.id)).note;
  }

  /**
   * Publishes a note or takes that back; by the user only.
   * @param isSure Whether the user saw which note it is. Otherwise one is not published by an id under which an LLM
   *   says to have written another one: it cannot be told that the user has a note of that name.
   * @throws WheelhouseError `refused` when the gate still sees it otherwise; `conflict` when it is not sure.
   */
  async setPublic(id: string, toPublic: boolean, { isSure = false } = {}): Promise<{ note: core.NoteEntry; stillPublic: readonly string[] }> {
    const { note } = await this.get(id);
    if (note.isPublic !== toPublic) {
      const draft = toPublic && !isSure ? this.#draftFor([id, note.id]) : undefined;
      if (draft) throw new WheelhouseError('conflict', `An agent wrote a note ${JSON.stringify(id)}. Your own “${note.title}” has that name, so what the agent wrote is called ${draft.id} (“${draft.title}”): publish that by its id. Your own was left private; --own publishes it.`);
      await this.change(note.path, (text) => {
        const parsed = core.parseNote(note.path, text);
        const isDuplicate = this.index.duplicatesIn(parsed, note.path);
        const own = core.notesIn(parsed, note.path, isDuplicate, 'all').find((each) => each.id === note.id && each.section.level === (note.kind === 'file' ? 0 : each.section.level));
        if (!own) throw new WheelhouseError('not-found', core.noSuchNote(id));
        const verdict = (changed: string) => core.notesIn(core.parseNote(note.path, changed), note.path, isDuplicate, 'all').find((each) => each.id === note.id)?.isPublic;
        const changed = [false, true].map((isInPublic) => core.withVisibility(parsed, own.section, toPublic, isInPublic)).find((each) => verdict(each) === toPublic);
        if (changed !== undefined) return changed;
        throw new WheelhouseError('refused', `${note.id} stays ${toPublic ? 'private' : 'public'}: ${toPublic ? 'something in or around it keeps it closed (a PRIVATE mark around it, an unreadable drawer or frontmatter, or another note with its id). See wheelhouse notes check' : 'its marks could not be taken out. Edit them by hand'}.`);
      });
      await this.refreshIndexNote();
    }
    const after = (await this.get(id)).note;
    const stillPublic = toPublic || after.kind === 'heading' ? [] : core.notesInFile(this.index, after.path).filter(({ isPublic }) => isPublic).map((each) => each.id);
    return { note: after, stillPublic };
  }

  /** A note that an LLM wrote and believes to have one of these names, which is another note's. */
  #draftFor(names: readonly string[]): core.NoteEntry | undefined {
    const slugs = names.map(core.slugOf);
    const isOne = (id: string | undefined) => id !== undefined && slugs.includes(core.slugOf(id));
    return this.index.list().find((draft) => !draft.isPublic && isOne(/^(.+)-\d+$/.exec(draft.id)?.[1]) && isOne(core.askedId(core.parseNote(draft.path, this.index.contentOf(draft)))));
  }

  /**
   * Writes the list of public notes into the index note; creates that, PUBLIC, when there is none,
   * as it names only what is public.
   */
  async writeIndex(): Promise<core.NoteEntry> {
    await this.files.refresh();
    const [existing] = this.index.find(core.INDEX_ID);
    const format = existing ? core.formatOf(existing.path) : this.usualFormat();
    const list = () => core.indexText(this.index.list().filter(({ isPublic }) => isPublic), format);
    if (!existing) return this.create({ id: core.INDEX_ID, title: 'Index of notes', tags: ['PUBLIC'], content: core.withIndex('', list(), format), format });
    await this.change(existing.path, (text) => core.withIndex(text, list(), format));
    return (await this.get(existing.id)).note;
  }

  /** Brings the list up to date where the user has one. */
  async refreshIndexNote(): Promise<void> {
    const [existing] = this.index.find(core.INDEX_ID);
    if (existing && core.generatedSpans(this.index.contentOf(existing)).length > 0) await this.writeIndex();
  }

  /** Changes a file by compare and set: when somebody else was faster, the change is made again to what they wrote. */
  async change(path: string, edit: (text: string) => string): Promise<void> {
    if (!(await this.rewrite(path, edit))) throw new WheelhouseError('conflict', `${path} is being changed by another program. Try again in a moment.`);
    await this.files.confirm([path]);
    await this.files.refresh();
  }

  /** As `change`, but the notes are not read anew. @returns false when others wrote again and again. */
  async rewrite(path: string, edit: (text: string) => string): Promise<boolean> {
    this.checkPlace(path);
    for (let tries = 0; tries < 5; tries++) {
      const text = readOwn(path);
      const changed = edit(text);
      if (changed === text || (await nodeFiles.replaceText(path, { expected: text, text: changed })) === 'written') return true;
    }
    return false;
  }

  /** @throws WheelhouseError `refused` when a link would lead the write out of the folders. */
  checkPlace(path: string): void {
    let folder = nodePath.dirname(path);
    while (!this.folders.includes(folder) && folder !== nodePath.dirname(folder)) folder = nodePath.dirname(folder);
    const real = realpathSync(path);
    if (real !== path || !this.folders.includes(folder)) throw new WheelhouseError('refused', `${path} leads out of the folders of notes by a symbolic link. Move the file itself into the folder.`);
  }

  newPath(id: string, format: core.NoteFormat, folder = this.folders[0] ?? ''): string {
    return nodePath.join(folder, `${id}${format === 'org' ? '.org' : '.md'}`);
  }

  /** What most files in the folders are; org without any. */
  usualFormat(): core.NoteFormat {
    const org = this.files.paths.filter((path) => core.formatOf(path) === 'org').length;
    return this.files.paths.length - org > org ? 'markdown' : 'org';
  }
}
