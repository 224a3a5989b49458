/** Keeps an index in step with folders of notes: at once where it is watched, and before every answer where it matters. */
import { watch, type FSWatcher } from 'node:fs';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Disposable } from '../../../core/base/disposable.ts';
import { isNoteFile, parseNote, type NoteIndex, type ParsedNote } from '../../../core/notes/index.ts';
import { nodeHasher } from '../hash.ts';
import { readOwn } from './read-own.ts';
import { folderStamp, listFolder, stampOf } from './scan.ts';

/** So long at most is worked without letting others go first. */
const SLICE_MS = 20;
const QUIET_MS = 15;
/** From so many files on, they are taken in as transactions, */
const MANY = 50;
/** of so many each: the end of a transaction is one piece of work that nobody can interrupt. */
const AT_ONCE = 150;

export class NoteFiles {
  readonly #index: NoteIndex;
  readonly #roots: readonly string[];
  readonly #onError: (error: unknown) => void;
  /** Folders with their stamps, and the files in them. */
  readonly #folders = new Map<string, { stamp: string | undefined; files: readonly string[]; links: readonly string[] }>();
  /** Each file as it is in the index, by path. */
  readonly #stamps = new Map<string, { stamp: string; hash: string }>();
  /** Paths by the names that the index gives them. */
  readonly #paths = new Map<string, string>();
  readonly #dirty = new Set<string>();
  /** To be put again although they did not change. */
  readonly #forced = new Set<string>();
  readonly #watchers = new Map<string, FSWatcher>();
  #watching = false;
  #listeners = new Set<() => void>();
  #isLoaded = false;
  #working: Promise<void> = Promise.resolve();
  #changes = 0;
  #isTidying = false;
  #isDisposed = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(index: NoteIndex, roots: readonly string[], onError: (error: unknown) => void) {
    this.#index = index;
    this.#roots = roots;
    this.#onError = onError;
  }

  /** Rises whenever the index changed. */
  get changes(): number {
    return this.#changes;
  }

  /** Why files are not notes, by path, and links that are not followed. */
  get problems(): ReadonlyMap<string, string> {
    const links = [...this.#folders.values()].flatMap(({ links }) => links.map((path) => [path, 'it is a symbolic link, and links are not followed'] as const));
    return new Map([...this.#index.problems(), ...links]);
  }

  get paths(): readonly string[] {
    return [...this.#stamps.keys()];
  }

  /** Brings the index up to what is known to have changed: names in the folders, and files that were reported. */
  refresh(): Promise<void> {
    return this.#one(async () => {
      // Reports of changes that have come in already are heard first.
      await setImmediate();
      if (!this.#isLoaded) await this.#load();
      else await this.#renew();
    });
  }

  /** Whether these files are as the index has them; those that are not are taken in. */
  async confirm(paths: Iterable<string>): Promise<boolean> {
    const before = this.#changes;
    const all = [...new Set(paths)];
    // Whoever found so many has worked for a while already.
    if (all.length > MANY) await setImmediate();
    const stale = await this.#changed(all);
    if (stale.length === 0) return this.#changes === before && !all.some((path) => this.#dirty.has(path));
    await this.#one(() => this.#take(stale));
    return this.#changes === before;
  }

  /** Watches until it is disposed; calls back after the index has changed. */
  watch(listener: () => void): Disposable {
    this.#listeners.add(listener);
    this.#startWatching();
    return { dispose: () => void this.#listeners.delete(listener) };
  }

  /** Watches without telling anybody, so that answers need not look at every file. */
  follow(): void {
    this.#startWatching();
  }

  /** Ends when work under way has ended. */
  async dispose(): Promise<void> {
    clearTimeout(this.#timer);
    this.#isDisposed = true;
    this.#watching = false;
    this.#listeners.clear();
    for (const watcher of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
    await this.#working;
  }

  /** One at a time, in order. */
  #one(work: () => Promise<void>): Promise<void> {
    const next = this.#working.then(work);
    this.#working = next.catch(() => undefined);
    return next;
  }

  async #load(): Promise<void> {
    const known = this.#index.stamps();
    await setImmediate();
    await this.#list(this.#roots);
    await setImmediate();
    const found = new Set([...this.#folders.values()].flatMap(({ files }) => files));
    await inSlices(found, (path) => {
      const name = this.#index.nameOf(path);
      this.#paths.set(name, path);
      const kept = known.get(name);
      if (kept !== undefined) this.#stamps.set(path, kept);
    });
    for (const name of known.keys()) if (!this.#paths.has(name)) this.#again(this.#index.removeName(name));
    await this.#take(await this.#changed(found));
    this.#isLoaded = true;
    // Whoever opens notes for one answer does not stay for it.
    if (this.#watching) this.#tidy();
  }

  async #renew(): Promise<void> {
    const moved = [...new Set([...this.#roots, ...this.#folders.keys()])].filter((folder) => folderStamp(folder) !== this.#folders.get(folder)?.stamp);
    const files = () => new Set([...this.#folders.values()].flatMap(({ files }) => files));
    if (moved.length > 0) {
      const before = files();
      await this.#list(moved);
      for (const folder of this.#folders.keys()) if (!this.#roots.includes(folder) && folderStamp(folder) === undefined) this.#folders.delete(folder);
      const now = files();
      for (const path of before) if (!now.has(path)) this.#dirty.add(path);
      for (const path of now) if (!before.has(path)) this.#dirty.add(path);
    }
    if (!this.#watching || this.#watchers.size < this.#folders.size) for (const path of await this.#changed(files())) this.#dirty.add(path);
    await this.#take([...this.#dirty]);
  }

  /** Lists folders and those below them that are new. */
  async #list(folders: readonly string[]): Promise<void> {
    const queue = [...folders];
    let paused = performance.now();
    for (let folder = queue.pop(); folder !== undefined; folder = queue.pop()) {
      // The stamp comes first: what changes in between is seen the next time.
      const stamp = folderStamp(folder);
      if (stamp === undefined) {
        this.#folders.set(folder, { stamp, files: [], links: [] });
        continue;
      }
      this.#watchFolder(folder);
      const listed = listFolder(folder);
      this.#folders.set(folder, { stamp, files: listed.files, links: listed.links });
      queue.push(...listed.folders.filter((below) => !this.#folders.has(below) || folderStamp(below) !== this.#folders.get(below)?.stamp));
      if (performance.now() - paused > SLICE_MS) {
        await setImmediate();
        paused = performance.now();
      }
    }
  }

  async #changed(paths: Iterable<string>): Promise<string[]> {
    const changed: string[] = [];
    await inSlices(paths, (path) => {
      if (this.#dirty.has(path) || stampOf(path)?.stamp !== this.#stamps.get(path)?.stamp) changed.push(path);
    });
    return changed;
  }

  /** Takes files in as they are now, and those whose ids have become double by that. */
  async #take(paths: readonly string[]): Promise<void> {
    for (const path of paths) this.#dirty.add(path);
    const before = this.#changes;
    // Files whose ids have become double are taken in again, and by that perhaps others: some rounds are enough.
    for (let round = 0; this.#dirty.size > 0 && round < 5; round++) {
      const dirty = [...this.#dirty];
      if (dirty.length < MANY) await this.#takeAll(dirty);
      else for (let at = 0; at < dirty.length; at += AT_ONCE) await this.#takeTogether(dirty.slice(at, at + AT_ONCE));
    }
    if (this.#changes === before) return;
    for (const listener of [...this.#listeners]) listener();
    this.#tidy();
  }

  /** Step by step, with whoever asks in between. */
  #tidy(): void {
    if (this.#isTidying) return;
    this.#isTidying = true;
    const step = (): void => {
      this.#one(async () => {
        await setImmediate();
        if (!this.#isDisposed && this.#index.tidy()) step();
        else this.#isTidying = false;
      }).catch((error: unknown) => {
        this.#isTidying = false;
        this.#onError(error);
      });
    };
    step();
  }

  async #takeTogether(paths: readonly string[]): Promise<void> {
    try {
      await this.#index.batch(async () => {
        await this.#takeAll(paths);
        await setImmediate();
      });
      await setImmediate();
      while (this.#index.tidy()) await setImmediate();
    } catch (error) {
      // Nothing of it is in the index: the next look begins anew.
      this.#stamps.clear();
      this.#folders.clear();
      this.#isLoaded = false;
      throw error;
    }
  }

  async #takeAll(paths: readonly string[]): Promise<void> {
    await inSlices(paths, (path) => {
      this.#dirty.delete(path);
      this.#takeOne(path);
    });
  }

  #takeOne(path: string): void {
    const found = !this.#isLoaded || this.#folders.get(dirname(path))?.files.includes(path) === true ? stampOf(path) : undefined;
    const name = this.#index.nameOf(path);
    if (found === undefined) {
      this.#stamps.delete(path);
      this.#paths.delete(name);
      this.#again(this.#index.remove(path));
      this.#changes++;
      return;
    }
    this.#paths.set(name, path);
    const read = readNote(path);
    // Unequal to anything, so that the next answer looks at it again.
    const stamp = found.isUnsure ? `${found.stamp}?` : found.stamp;
    const isKnown = this.#stamps.get(path)?.hash === read.hash;
    this.#stamps.set(path, { stamp, hash: read.hash });
    if (isKnown && !this.#forced.has(path)) {
      this.#index.restamp(path, stamp);
      return;
    }
    this.#forced.delete(path);
    this.#again(this.#index.put({ path, stamp, modifiedAt: found.modifiedAt, hash: read.hash, problem: read.problem }, read.note));
    this.#changes++;
  }

  #again(names: readonly string[]): void {
    for (const path of names.flatMap((name) => this.#paths.get(name) ?? [])) {
      this.#dirty.add(path);
      this.#forced.add(path);
    }
  }

  #startWatching(): void {
    if (this.#watching) return;
    this.#watching = true;
    for (const folder of this.#folders.keys()) this.#watchFolder(folder);
  }

  #watchFolder(folder: string): void {
    if (!this.#watching || this.#watchers.has(folder)) return;
    const drop = () => {
      this.#watchers.get(folder)?.close();
      this.#watchers.delete(folder);
    };
    try {
      const watcher = watch(folder, { persistent: false }, (_, name) => {
        if (name !== null && isNoteFile(name)) this.#dirty.add(join(folder, name));
        else if (name === null) for (const path of this.#folders.get(folder)?.files ?? []) this.#dirty.add(path);
        if (folderStamp(folder) === undefined) drop();
        this.#soon();
      });
      watcher.on('error', drop);
      this.#watchers.set(folder, watcher);
    } catch {
      // No file events here: every answer looks at all files.
    }
  }

  #soon(): void {
    if (this.#listeners.size === 0 || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.refresh().catch(this.#onError);
    }, QUIET_MS);
    this.#timer.unref();
  }
}

/** Each in turn, with whoever waits in between. */
async function inSlices<T>(all: Iterable<T>, work: (each: T) => void): Promise<void> {
  let paused = performance.now();
  for (const each of all) {
    work(each);
    if (performance.now() - paused < SLICE_MS) continue;
    await setImmediate();
    paused = performance.now();
  }
}

interface Read {
  readonly hash: string;
  readonly note: ParsedNote | undefined;
  readonly problem: string | undefined;
}

/** A file that is no text, too large or may not be read is no note, and private. */
function readNote(path: string): Read {
  try {
    const text = readOwn(path);
    const note = parseNote(path, text);
    const broken = note.sections.flatMap(({ marks }) => marks).find(({ kind }) => kind === 'broken');
    return { hash: nodeHasher.sha256(text), note, problem: note.problem ?? (broken && (broken.name === 'FRONTMATTER' ? broken.value : 'a property drawer in it is not valid')) };
  } catch (error) {
    return { hash: 'unreadable', note: undefined, problem: error instanceof Error ? error.message : String(error) };
  }
}
