/** The user's prompts, as every face opens them. */
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Disposable } from '../../../core/base/disposable.ts';
import { Emitter } from '../../../core/base/emitter.ts';
import { WheelhouseError } from '../../../core/base/errors.ts';
import * as core from '../../../core/prompts/index.ts';
import type { Store } from '../../../core/storage/index.ts';
import { systemClock } from '../clock.ts';
import { imageFile } from '../database-image.ts';
import { nodeFiles } from '../files.ts';
import { claudeConfigFolder } from '../sessions/claude-config.ts';
import type { UserData } from '../user-data.ts';
import { Archive } from './archive.ts';
import { claudePrompts } from './claude-source.ts';
import { loadIndex, saveIndex } from './index-image.ts';
import { Positions } from './positions.ts';
import { searchPrompts } from './search.ts';
import type { PromptSource } from './source.ts';
import { syncFiles, withNews, type Synced, type SyncOptions } from './sync.ts';
import { WordIndex } from './word-index.ts';

export interface PromptsOptions {
  /** Default: Claude Code's files. */
  readonly sources?: readonly PromptSource[];
  readonly clock?: typeof systemClock;
}

export interface Prompts {
  /** Takes in what is new. Quick when nothing is; a sync that is under way is waited for. */
  sync(options?: SyncOptions & { readonly sources?: readonly PromptSource[] }): Promise<Synced>;
  /** Newest first; all that fit without a limit. `text` is a part of the prompt here, whatever its case. */
  list(filter?: core.PromptFilter, limit?: number): Promise<readonly core.Prompt[]>;
  /** As `list`, oldest first and in pieces, for exports. */
  each(filter?: core.PromptFilter): AsyncIterable<core.Prompt>;
  /** @throws WheelhouseError `not-found`. */
  get(id: number): Promise<core.Prompt>;
  /** With its pasted parts and its neighbours. @throws WheelhouseError `not-found`. */
  inSession(id: number): Promise<core.PromptInSession>;
  /** In the order asked for; ids that are not known are left out. */
  briefs(ids: readonly number[]): Promise<readonly core.PromptBrief[]>;
  /** By words: see `PromptFilter.text`. The first search takes a while, for the words are indexed then. */
  search(filter: core.PromptFilter): Promise<core.PromptSearch>;
  /** Indexes the words before somebody searches. */
  prepareSearch(): Promise<void>;
  timeline(): Promise<core.PromptTimeline>;
  stats(period?: core.Period): Promise<core.PromptStats>;
  words(period: core.Period, technical: boolean, limit: number): Promise<readonly core.WordCount[]>;
  /** 0 clears. @throws WheelhouseError `not-found`, `invalid-input`. */
  rate(id: number, rating: number): Promise<core.Prompt>;
  /** Empty removes it. @throws WheelhouseError `not-found`. */
  note(id: number, text: string): Promise<core.Prompt>;
  /**
   * Adds what is not known. A rating or a note that the user gave here stays.
   * @returns how many prompts were new, and how many ratings and notes were taken over.
   */
  import(original: core.OriginalDatabase): Promise<{ readonly added: number; readonly marked: number }>;
  /** What changes when another answer would be given to `timeline`. */
  version(): Promise<string>;
  /** There is something new. While somebody listens, sources are watched and synced. */
  onDidChange(listener: () => void): Disposable;
  /** Saves what spares the next process work, and frees the memory. Never throws. */
  dispose(): Promise<void>;
}

/** An image is saved unasked only to spare the folding of so much of the archive, bytes. */
const WORTH_SAVING_BYTES = 512 * 1024;
/** Rows that are read from the archive at once. */
const SLICE = 2000;
const BRIEF = 2000;
/** Where another program's record of the same prompt is looked for. */
const NEAR_MS = 5000;

export function openPrompts(user: UserData, options: PromptsOptions = {}): Prompts {
  const prompts = new UserPrompts(user, options);
  user.onDispose(() => prompts.dispose());
  return prompts;
}

class UserPrompts implements Prompts {
  readonly #user: UserData;
  readonly #sources: readonly PromptSource[];
  readonly #clock: typeof systemClock;
  readonly #archive: Archive;
  readonly #image;
  readonly #words: WordIndex;
  readonly #changed: Emitter<void>;
  #positions: Positions | undefined;
  /** How much of the archive the saved image has; undefined: the index was not loaded yet. */
  #imageTo: number | undefined;
  #marks: { readonly version: string; readonly marks: core.Marks } | undefined;
  #queue: Promise<unknown> = Promise.resolve();
  #listeners = 0;
  #watching: readonly Disposable[] = [];
  #announced = '';
  #disposed = false;

  constructor(user: UserData, options: PromptsOptions) {
    const folder = join(user.folder, 'prompts');
    this.#user = user;
    this.#sources = options.sources ?? [claudePrompts(claudeConfigFolder(user.env))];
    this.#clock = options.clock ?? systemClock;
    this.#archive = new Archive(join(folder, 'archive.jsonl'));
    this.#image = imageFile(nodeFiles, join(folder, 'index.bin'));
    this.#words = new WordIndex(user.databases, imageFile(nodeFiles, join(folder, 'words.sqlite')));
    this.#changed = new Emitter(user.onError);
  }

  sync({ sources = this.#sources, ...options }: Parameters<Prompts['sync']>[0] = {}): Promise<Synced> {
    return this.#enqueue(async () => {
      this.#positions ??= new Positions(this.#positionsPath, ({ size, fingerprint }) => this.#archive.fingerprint(size) === fingerprint);
      const news = withNews(sources.flatMap((source) => source.files()), this.#positions);
      if (news.length === 0) return { added: 0, problems: [] };
      await this.#load();
      try {
        return await syncFiles(this.#archive, this.#positions, news, options);
      } finally {
        // An editor may be killed at any moment, so what took long to fold is saved at once.
        if (this.#isWorthSaving) await this.#saveQuietly();
      }
    });
  }

  async list(filter: core.PromptFilter = {}, limit = Infinity): Promise<readonly core.Prompt[]> {
    const marks = await this.#ready();
    const { text = '', ...rest } = filter;
    const rows = this.#table.order().filter(core.rowFilter(this.#table, marks, rest)).reverse();
    if (text === '') return this.#read(rows.subarray(0, limit));
    const found: core.Prompt[] = [];
    const wanted = text.toLowerCase();
    for (const slice of this.#slices(rows)) {
      const fitting = slice.filter(([, { told }]) => told.text.toLowerCase().includes(wanted));
      found.push(...fitting.slice(0, limit - found.length).map((line) => this.#prompt(line)));
      if (found.length >= limit) break;
      await setImmediate();
    }
    return found;
  }

  async *each(filter: core.PromptFilter = {}): AsyncIterable<core.Prompt> {
    const marks = await this.#ready();
    for (const slice of this.#slices(this.#table.order().filter(core.rowFilter(this.#table, marks, filter)))) {
      yield* slice.map((line) => this.#prompt(line));
      await setImmediate();
    }
  }

  async get(id: number): Promise<core.Prompt> {
    await this.#ready();
    return this.#get(id);
  }

  async inSession(id: number): Promise<core.PromptInSession> {
    await this.#ready();
    const prompt = this.#get(id);
    const { table } = this.#archive.index;
    const row = id - 1;
    const session = table.session[row];
    const order = table.order().filter((each) => table.session[each] === session && prompt.session !== '');
    const place = order.indexOf(row);
    const [before, after] = [order[place - 1], order[place + 1]].map((each) => (each === undefined ? undefined : this.#briefs([each])[0]));
    const project = core.projectsOf(table.projects.list)[table.project[row] ?? 0] ?? { path: prompt.project, label: prompt.project };
    return { prompt, pasted: core.pastedParts(prompt), project, before, after };
  }

  async briefs(ids: readonly number[]): Promise<readonly core.PromptBrief[]> {
    await this.#ready();
    return this.#briefs(ids.map((id) => id - 1));
  }

  async search(filter: core.PromptFilter): Promise<core.PromptSearch> {
    const marks = await this.#ready();
    const query = core.parseQuery(filter.text ?? '');
    const needsWords = query.terms.length > 0 || query.excluded.length > 0;
    const words = needsWords ? await this.#enqueue(() => this.#words.upTo(this.#archive)) : undefined;
    if (needsWords && words === undefined) throw closed();
    return searchPrompts({ archive: this.#archive, marks, words }, query, filter);
  }

  async prepareSearch(): Promise<void> {
    await this.#ready();
    await this.#enqueue(async () => {
      await this.#words.upTo(this.#archive);
      await this.#saveQuietly();
    });
  }

  async timeline(): Promise<core.PromptTimeline> {
    const marks = await this.#ready();
    return core.timelineOf(this.#table, marks, this.#version);
  }

  async stats({ from, to }: core.Period = {}): Promise<core.PromptStats> {
    const marks = await this.#ready();
    return core.statsOf(this.#table, marks, this.#table.order().filter(core.rowFilter(this.#table, marks, { from, to, commands: true })), this.#clock);
  }

  async words(period: core.Period, technical: boolean, limit: number): Promise<readonly core.WordCount[]> {
    const marks = await this.#ready();
    const counter = new core.WordCounter(technical);
    for (const slice of this.#slices(this.#table.order().filter(core.rowFilter(this.#table, marks, { from: period.from, to: period.to })))) {
      for (const [, { told }] of slice) counter.add(told.text);
      await setImmediate();
    }
    return counter.top(limit);
  }

  async rate(id: number, rating: number): Promise<core.Prompt> {
    if (rating !== 0 && !core.isRating(rating)) throw new WheelhouseError('invalid-input', `A rating is 1 to 5 stars, or 0 to take it away, not ${rating}.`);
    return this.#mark(id, (key) => ({ type: 'prompts.rated', key, rating }));
  }

  async note(id: number, text: string): Promise<core.Prompt> {
    return this.#mark(id, (key) => ({ type: 'prompts.noted', key, note: text }));
  }

  async import(original: core.OriginalDatabase): Promise<{ added: number; marked: number }> {
    await this.#ready();
    const { records, events } = core.importedPrompts(original, (at) => this.#read(this.#rowsNear(at)));
    const before = this.#table.count;
    await this.#enqueue(async () => {
      await this.#load();
      const batch = this.#archive.batch();
      for (const record of records) batch.take(core.sightingOf({ ...record, pasted: core.parsePasted(record.pasted) }), 'import');
      await this.#archive.append(batch);
    });
    const marks = await this.#ready();
    const wanted = events.flatMap((event) => {
      const parts = core.parseKey(event.key);
      const row = parts && this.#archive.index.rowOf(parts);
      if (row === undefined) return [event];
      const isMarked = event.type === 'prompts.rated' ? (marks.rating[row] ?? 0) > 0 : marks.notes.has(row);
      // Under another key than the user's own mark, it would stand in its place.
      return isMarked ? [] : [{ ...event, key: marks.keys.get(row) ?? event.key }];
    });
    const store = await this.#store();
    // A record of the journal has a limit that a hundred notes do not reach.
    for (let from = 0; from < wanted.length; from += 100) await store.append(wanted.slice(from, from + 100).map((event) => ({ ...event, by: this.#user.actor })));
    return { added: this.#table.count - before, marked: wanted.length };
  }

  #rowsNear(at: number): Uint32Array {
    const { at: times } = this.#table;
    return this.#table.order().filter((row) => Math.abs((times[row] ?? 0) - at) < NEAR_MS);
  }

  async version(): Promise<string> {
    await this.#ready();
    return this.#version;
  }

  onDidChange(listener: () => void): Disposable {
    const listening = this.#changed.event(listener);
    if (this.#listeners++ === 0) void this.#watch();
    let open = true;
    return {
      dispose: () => {
        if (!open) return;
        open = false;
        listening.dispose();
        if (--this.#listeners === 0) this.#unwatch();
      },
    };
  }

  async dispose(): Promise<void> {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#unwatch();
    this.#words.stop();
    await this.#queue.catch(() => undefined);
    await this.#saveQuietly();
    this.#words.close();
    this.#archive.startOver();
    this.#marks = undefined;
  }

  get #table(): core.PromptTable {
    return this.#archive.index.table;
  }

  get #positionsPath(): string {
    return join(this.#user.folder, 'prompts', 'positions.json');
  }

  get #version(): string {
    return this.#marks?.version ?? '';
  }

  #store(): Promise<Store> {
    return this.#user.store();
  }

  /** One thing after the other, for the index must not change under who reads it across an `await`. */
  #enqueue<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#queue.then(() => {
      if (this.#disposed) throw closed();
      return work();
    });
    this.#queue = done.catch(() => undefined);
    return done;
  }

  /** The index, up to what any process has found. */
  async #load(): Promise<void> {
    if (this.#imageTo === undefined) {
      const loaded = await loadIndex(this.#image, (end) => this.#archive.fingerprint(end));
      if (loaded) Object.assign(this.#archive, loaded);
      this.#imageTo = loaded?.foldedTo ?? 0;
    }
    await this.#archive.refresh();
  }

  /** Index and marks up to date. */
  async #ready(): Promise<core.Marks> {
    await this.#enqueue(() => this.#load());
    const store = await this.#store();
    await store.refresh();
    const version = `${this.#archive.generation}-${this.#archive.foldedTo}-${core.marksVersion(store.db)}`;
    if (this.#marks?.version !== version) this.#marks = { version, marks: new core.Marks(this.#archive.index, core.promptMarks(store.db)) };
    return this.#marks.marks;
  }

  async #mark(id: number, event: (key: string) => core.PromptEvent): Promise<core.Prompt> {
    const marks = await this.#ready();
    const key = marks.keys.get(id - 1) ?? this.#get(id).key;
    await (await this.#store()).append([{ ...event(key), by: this.#user.actor }]);
    await this.#ready();
    return this.#get(id);
  }

  #get(id: number): core.Prompt {
    const [prompt] = Number.isInteger(id) && id >= 1 && id <= this.#table.count ? this.#read([id - 1]) : [];
    if (prompt === undefined) throw new WheelhouseError('not-found', `Prompt #${id} not found. "wheelhouse prompts list" has the newest; "wheelhouse prompts sync" looks for new ones.`);
    return prompt;
  }

  /** The lines of many rows, some at a time, so that others may go between. */
  *#slices(rows: Uint32Array): Iterable<readonly [row: number, line: core.ArchiveLine][]> {
    for (let from = 0; from < rows.length && !this.#disposed; from += SLICE) yield this.#archive.lines(rows.subarray(from, from + SLICE));
  }

  #read(rows: readonly number[] | Uint32Array): core.Prompt[] {
    return this.#archive.lines(rows).map((line) => this.#prompt(line));
  }

  #prompt([row, { told }]: readonly [row: number, line: core.ArchiveLine]): core.Prompt {
    const marks = this.#marks?.marks;
    const pasted = told.pasted === undefined ? '{}' : JSON.stringify(told.pasted);
    const rating = marks?.rating[row] ?? 0;
    return { ...told, pasted, key: core.promptKey(told), id: row + 1, rating: rating === 0 ? undefined : (rating as core.Rating), note: marks?.notes.get(row) };
  }

  #briefs(rows: readonly number[]): core.PromptBrief[] {
    const known = rows.filter((row) => Number.isInteger(row) && row >= 0 && row < this.#table.count);
    return this.#read(known).map(({ id, at, text, rating }) => ({ id, at, text: text.slice(0, BRIEF), rating: rating ?? 0 }));
  }

  async #watch(): Promise<void> {
    const look = () => {
      this.#announce().catch((error: unknown) => {
        if (!this.#disposed) this.#user.onError(error);
      });
    };
    this.#watching = [...this.#sources.map((source) => source.watch(look)), nodeFiles.watchFile(this.#archive.path, look)];
    try {
      this.#announced = await this.version();
      const store = await this.#store();
      if (this.#listeners === 0 || this.#disposed) return;
      this.#watching = [...this.#watching, store.onDidChange((entries) => entries.some(({ event }) => event.type.startsWith('prompts.')) && look()), store.follow()];
    } catch (error) {
      if (!this.#disposed) this.#user.onError(error);
    }
  }

  async #announce(): Promise<void> {
    if (this.#listeners === 0 || this.#disposed) return;
    await this.sync();
    const version = await this.version();
    if (version === this.#announced) return;
    this.#announced = version;
    this.#changed.fire();
  }

  #unwatch(): void {
    for (const watching of this.#watching) watching.dispose();
    this.#watching = [];
  }

  get #isWorthSaving(): boolean {
    return this.#imageTo !== undefined && this.#archive.foldedTo >= this.#imageTo + WORTH_SAVING_BYTES;
  }

  /** All of it is a cache: what matters is in the archive and in the journal. */
  async #saveQuietly(): Promise<void> {
    try {
      await this.#save();
    } catch (error) {
      this.#user.onError(error);
    }
  }

  async #save(): Promise<void> {
    const archive = this.#archive;
    if (this.#imageTo === undefined) return;
    const fingerprint = archive.fingerprint(archive.foldedTo);
    if (fingerprint === undefined) return;
    if (this.#isWorthSaving) {
      await saveIndex(this.#image, archive, fingerprint);
      this.#imageTo = archive.foldedTo;
    }
    await this.#words.save(archive);
    await this.#positions?.save({ size: archive.foldedTo, fingerprint });
  }
}

function closed(): WheelhouseError {
  return new WheelhouseError('cancelled', 'The prompts were closed. Open them again.');
}
