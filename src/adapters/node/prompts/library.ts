/** The archive of prompts with what was made of it: the index, the marks of the user, the words. */
import { join } from 'node:path';
import { WheelhouseError } from '../../../core/base/errors.ts';
import * as core from '../../../core/prompts/index.ts';
import { imageFile } from '../database-image.ts';
import { nodeFiles } from '../files.ts';
import type { UserData } from '../user-data.ts';
import { Archive } from './archive.ts';
import { loadIndex, saveIndex } from './index-image.ts';
import { Positions } from './positions.ts';
import { WordIndex } from './word-index.ts';

/** An image is saved unasked only to spare the folding of so much of the archive, bytes. */
const WORTH_SAVING_BYTES = 512 * 1024;
/** Rows that are read from the archive at once. */
const SLICE = 2000;
const BRIEF = 2000;

/** Whoever asks it for rows calls `ready` first. */
export class PromptLibrary {
  readonly archive: Archive;
  readonly #user: UserData;
  readonly #folder: string;
  readonly #image;
  readonly #words: WordIndex;
  #positions: Positions | undefined;
  /** How much of the archive the saved image has; undefined: the index was not loaded yet. */
  #imageTo: number | undefined;
  #marks: { readonly version: string; readonly marks: core.Marks } | undefined;
  #queue: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(user: UserData) {
    this.#user = user;
    this.#folder = join(user.folder, 'prompts');
    this.archive = new Archive(join(this.#folder, 'archive.jsonl'));
    this.#image = imageFile(nodeFiles, join(this.#folder, 'index.bin'));
    this.#words = new WordIndex(user.databases, imageFile(nodeFiles, join(this.#folder, 'words.sqlite')));
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  get table(): core.PromptTable {
    return this.archive.index.table;
  }

  /** Of what `ready` has found last. */
  get version(): string {
    return this.#marks?.version ?? '';
  }

  /** How far the agents' files were read. */
  get positions(): Positions {
    return (this.#positions ??= new Positions(join(this.#folder, 'positions.json'), ({ size, fingerprint }) => this.archive.fingerprint(size) === fingerprint));
  }

  /** One thing after the other, for the index must not change under who reads it across an `await`. */
  enqueue<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#queue.then(() => {
      if (this.#closed) throw closedError();
      return work();
    });
    this.#queue = done.catch(() => undefined);
    return done;
  }

  /** The index, up to what any process has found. */
  async load(): Promise<void> {
    if (this.#imageTo === undefined) {
      const loaded = await loadIndex(this.#image, (end) => this.archive.fingerprint(end));
      if (loaded) Object.assign(this.archive, loaded);
      this.#imageTo = loaded?.foldedTo ?? 0;
    }
    await this.archive.refresh();
  }

  /** Index and marks up to date. */
  async ready(): Promise<core.Marks> {
    await this.enqueue(() => this.load());
    const store = await this.#user.store();
    await store.refresh();
    const version = `${this.archive.generation}-${this.archive.foldedTo}-${core.marksVersion(store.db)}`;
    if (this.#marks?.version !== version) this.#marks = { version, marks: new core.Marks(this.archive.index, core.promptMarks(store.db)) };
    return this.#marks.marks;
  }

  /** The words of all prompts, indexed now if need be; undefined when it was closed meanwhile. */
  words() {
    return this.enqueue(() => this.#words.upTo(this.archive));
  }

  get(id: number): core.Prompt {
    const [prompt] = Number.isInteger(id) && id >= 1 && id <= this.table.count ? this.read([id - 1]) : [];
    if (prompt === undefined) throw new WheelhouseError('not-found', `Prompt #${id} not found. "wheelhouse prompts list" has the newest; "wheelhouse prompts sync" looks for new ones.`);
    return prompt;
  }

  /** The lines of many rows, some at a time, so that others may go between. */
  *slices(rows: Uint32Array): Iterable<readonly [row: number, line: core.ArchiveLine][]> {
    for (let from = 0; from < rows.length && !this.#closed; from += SLICE) yield this.archive.lines(rows.subarray(from, from + SLICE));
  }

  read(rows: readonly number[] | Uint32Array): core.Prompt[] {
    return this.archive.lines(rows).map((line) => this.prompt(line));
  }

  prompt([row, { told }]: readonly [row: number, line: core.ArchiveLine]): core.Prompt {
    const marks = this.#marks?.marks;
    const pasted = told.pasted === undefined ? '{}' : JSON.stringify(told.pasted);
    const rating = marks?.rating[row] ?? 0;
    return { ...told, pasted, key: core.promptKey(told), id: row + 1, rating: rating === 0 ? undefined : (rating as core.Rating), note: marks?.notes.get(row) };
  }

  briefs(rows: readonly number[]): core.PromptBrief[] {
    const known = rows.filter((row) => Number.isInteger(row) && row >= 0 && row < this.table.count);
    return this.read(known).map(({ id, at, text, rating }) => ({ id, at, text: text.slice(0, BRIEF), rating: rating ?? 0 }));
  }

  get #isWorthSaving(): boolean {
    return this.#imageTo !== undefined && this.archive.foldedTo >= this.#imageTo + WORTH_SAVING_BYTES;
  }

  /** An editor may be killed at any moment, so what took long to fold is saved at once. */
  async saveIfLong(): Promise<void> {
    if (this.#isWorthSaving) await this.saveQuietly();
  }

  /** All of it is a cache: what matters is in the archive and in the journal. */
  async saveQuietly(): Promise<void> {
    try {
      await this.#save();
    } catch (error) {
      this.#user.onError(error);
    }
  }

  async #save(): Promise<void> {
    const archive = this.archive;
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

  /** Saves what spares the next process work, and frees the memory. Never throws. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#words.stop();
    await this.#queue.catch(() => undefined);
    await this.saveQuietly();
    this.#words.close();
    this.archive.startOver();
    this.#marks = undefined;
  }
}

export function closedError(): WheelhouseError {
  return new WheelhouseError('cancelled', 'The prompts were closed. Open them again.');
}
