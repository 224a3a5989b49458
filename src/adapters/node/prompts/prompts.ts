/** The user's prompts, as every face opens them. */
import { setImmediate } from 'node:timers/promises';
import type { Disposable } from '../../../core/base/disposable.ts';
import { Emitter } from '../../../core/base/emitter.ts';
import { WheelhouseError } from '../../../core/base/errors.ts';
import * as core from '../../../core/prompts/index.ts';
import { systemClock } from '../clock.ts';
import { nodeFiles } from '../files.ts';
import { claudeConfigFolder } from '../sessions/claude-config.ts';
import type { UserData } from '../user-data.ts';
import { claudePrompts } from './claude-source.ts';
import { closedError, PromptLibrary } from './library.ts';
import { searchPrompts } from './search.ts';
import type { PromptSource } from './source.ts';
import { syncFiles, withNews, type Synced, type SyncOptions } from './sync.ts';

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
  readonly #library: PromptLibrary;
  readonly #changed: Emitter<void>;
  #listeners = 0;
  #watching: readonly Disposable[] = [];
  #announced = '';

  constructor(user: UserData, options: PromptsOptions) {
    this.#user = user;
    this.#sources = options.sources ?? [claudePrompts(claudeConfigFolder(user.env))];
    this.#clock = options.clock ?? systemClock;
    this.#library = new PromptLibrary(user);
    this.#changed = new Emitter(user.onError);
  }

  sync({ sources = this.#sources, ...options }: Parameters<Prompts['sync']>[0] = {}): Promise<Synced> {
    return this.#library.enqueue(async () => {
      const news = withNews(sources.flatMap((source) => source.files()), this.#library.positions);
      if (news.length === 0) return { added: 0, problems: [] };
      await this.#library.load();
      try {
        return await syncFiles(this.#library.archive, this.#library.positions, news, options);
      } finally {
        // An editor may be killed at any moment, so what took long to fold is saved at once.
        await this.#library.saveIfLong();
      }
    });
  }

  async list(filter: core.PromptFilter = {}, limit = Infinity): Promise<readonly core.Prompt[]> {
    const marks = await this.#library.ready();
    const { text = '', ...rest } = filter;
    const rows = this.#library.table.order().filter(core.rowFilter(this.#library.table, marks, rest)).reverse();
    if (text === '') return this.#library.read(rows.subarray(0, limit));
    const found: core.Prompt[] = [];
    const wanted = text.toLowerCase();
    for (const slice of this.#library.slices(rows)) {
      const fitting = slice.filter(([, { told }]) => told.text.toLowerCase().includes(wanted));
      found.push(...fitting.slice(0, limit - found.length).map((line) => this.#library.prompt(line)));
      if (found.length >= limit) break;
      await setImmediate();
    }
    return found;
  }

  async *each(filter: core.PromptFilter = {}): AsyncIterable<core.Prompt> {
    const marks = await this.#library.ready();
    for (const slice of this.#library.slices(this.#library.table.order().filter(core.rowFilter(this.#library.table, marks, filter)))) {
      yield* slice.map((line) => this.#library.prompt(line));
      await setImmediate();
    }
  }

  async get(id: number): Promise<core.Prompt> {
    await this.#library.ready();
    return this.#library.get(id);
  }

  async inSession(id: number): Promise<core.PromptInSession> {
    await this.#library.ready();
    const prompt = this.#library.get(id);
    const { table } = this.#library.archive.index;
    const row = id - 1;
    const session = table.session[row];
    const order = table.order().filter((each) => table.session[each] === session && prompt.session !== '');
    const place = order.indexOf(row);
    const [before, after] = [order[place - 1], order[place + 1]].map((each) => (each === undefined ? undefined : this.#library.briefs([each])[0]));
    const project = core.projectsOf(table.projects.list)[table.project[row] ?? 0] ?? { path: prompt.project, label: prompt.project };
    return { prompt, pasted: core.pastedParts(prompt), project, before, after };
  }

  async briefs(ids: readonly number[]): Promise<readonly core.PromptBrief[]> {
    await this.#library.ready();
    return this.#library.briefs(ids.map((id) => id - 1));
  }

  async search(filter: core.PromptFilter): Promise<core.PromptSearch> {
    const marks = await this.#library.ready();
    const query = core.parseQuery(filter.text ?? '');
    const needsWords = query.terms.length > 0 || query.excluded.length > 0;
    const words = needsWords ? await this.#library.words() : undefined;
    if (needsWords && words === undefined) throw closedError();
    return searchPrompts({ archive: this.#library.archive, marks, words }, query, filter);
  }

  async prepareSearch(): Promise<void> {
    await this.#library.ready();
    await this.#library.words();
    await this.#library.enqueue(() => this.#library.saveQuietly());
  }

  async timeline(): Promise<core.PromptTimeline> {
    const marks = await this.#library.ready();
    return core.timelineOf(this.#library.table, marks, this.#library.version);
  }

  async stats({ from, to }: core.Period = {}): Promise<core.PromptStats> {
    const marks = await this.#library.ready();
    return core.statsOf(this.#library.table, marks, this.#library.table.order().filter(core.rowFilter(this.#library.table, marks, { from, to, commands: true })), this.#clock);
  }

  async words(period: core.Period, technical: boolean, limit: number): Promise<readonly core.WordCount[]> {
    const marks = await this.#library.ready();
    const counter = new core.WordCounter(technical);
    for (const slice of this.#library.slices(this.#library.table.order().filter(core.rowFilter(this.#library.table, marks, { from: period.from, to: period.to })))) {
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
    await this.#library.ready();
    const { records, events } = core.importedPrompts(original, (at) => this.#library.read(this.#rowsNear(at)));
    const before = this.#library.table.count;
    await this.#library.enqueue(async () => {
      await this.#library.load();
      const batch = this.#library.archive.batch();
      for (const record of records) batch.take(core.sightingOf({ ...record, pasted: core.parsePasted(record.pasted) }), 'import');
      await this.#library.archive.append(batch);
    });
    const marks = await this.#library.ready();
    const wanted = events.flatMap((event) => {
      const parts = core.parseKey(event.key);
      const row = parts && this.#library.archive.index.rowOf(parts);
      if (row === undefined) return [event];
      const isMarked = event.type === 'prompts.rated' ? (marks.rating[row] ?? 0) > 0 : marks.notes.has(row);
      // Under another key than the user's own mark, it would stand in its place.
      return isMarked ? [] : [{ ...event, key: marks.keys.get(row) ?? event.key }];
    });
    const store = await this.#user.store();
    // A record of the journal has a limit that a hundred notes do not reach.
    for (let from = 0; from < wanted.length; from += 100) await store.append(wanted.slice(from, from + 100).map((event) => ({ ...event, by: this.#user.actor })));
    return { added: this.#library.table.count - before, marked: wanted.length };
  }

  #rowsNear(at: number): Uint32Array {
    const { at: times } = this.#library.table;
    return this.#library.table.order().filter((row) => Math.abs((times[row] ?? 0) - at) < NEAR_MS);
  }

  async version(): Promise<string> {
    await this.#library.ready();
    return this.#library.version;
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
    if (this.#library.isClosed) return;
    this.#unwatch();
    await this.#library.close();
  }

  async #mark(id: number, event: (key: string) => core.PromptEvent): Promise<core.Prompt> {
    const marks = await this.#library.ready();
    const key = marks.keys.get(id - 1) ?? this.#library.get(id).key;
    await (await this.#user.store()).append([{ ...event(key), by: this.#user.actor }]);
    await this.#library.ready();
    return this.#library.get(id);
  }

  async #watch(): Promise<void> {
    const look = () => {
      this.#announce().catch((error: unknown) => {
        if (!this.#library.isClosed) this.#user.onError(error);
      });
    };
    this.#watching = [...this.#sources.map((source) => source.watch(look)), nodeFiles.watchFile(this.#library.archive.path, look)];
    try {
      this.#announced = await this.version();
      const store = await this.#user.store();
      if (this.#listeners === 0 || this.#library.isClosed) return;
      this.#watching = [...this.#watching, store.onDidChange((entries) => entries.some(({ event }) => event.type.startsWith('prompts.')) && look()), store.follow()];
    } catch (error) {
      if (!this.#library.isClosed) this.#user.onError(error);
    }
  }

  async #announce(): Promise<void> {
    if (this.#listeners === 0 || this.#library.isClosed) return;
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
}
