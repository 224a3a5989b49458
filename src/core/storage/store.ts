import type { Disposable } from '../base/disposable.ts';
import { Emitter } from '../base/emitter.ts';
import { WheelhouseError } from '../base/errors.ts';
import type { Database, DatabaseFactory, DatabaseImage } from '../ports/database.ts';
import type { Journal, JournalEntry, NewEvent } from '../ports/journal.ts';
import { fold, protect, unprotected, type SkippedEvent } from './fold.ts';
import { describeImage, emptyDatabase, loadImage } from './image.ts';
import type { Projection } from './projection.ts';

export interface StoreOptions {
  readonly journal: Journal;
  readonly databases: DatabaseFactory;
  readonly projections: readonly Projection[];
  /** Where the database is kept between runs; when left out, each opening folds the whole journal. */
  readonly image?: DatabaseImage;
  /**
   * Called with the saving of the image after each change; runs it once nothing has changed for a
   * while. When left out, the image is saved by `close` and `saveImage` only.
   */
  readonly whenIdle?: (save: () => void) => void;
  /** Told what goes wrong where nobody waits: in a listener, in `follow`, in saving while idle. */
  readonly onError?: (error: unknown) => void;
}

/** What was found on the way, for `wheelhouse doctor`. */
export interface StoreHealth {
  /** `used`, `none wanted`, or why the saved image could not be used. */
  readonly image: string;
  /** Byte offsets of the damaged lines that this process has met. */
  readonly damaged: readonly number[];
  readonly skipped: readonly SkippedEvent[];
}

/**
 * The tables that a journal amounts to, and the way to add to it. What is in the tables came from
 * the journal, and nothing else: outside of a projection's `apply` they can only be read.
 */
export interface Store {
  /** For queries. Take it anew each time: it is another one after the journal was replaced. */
  readonly db: Database;
  readonly health: StoreHealth;
  /** The journal position up to which the tables stand. */
  readonly position: number;
  /** Folds what has come into the journal before this call, or more. */
  refresh(): Promise<void>;
  /**
   * Adds the events, all or none, and folds at least up to them. This is how something is claimed
   * without a lock: append the claim, then look in the tables whether it was the first; everybody
   * folds in the same order and comes to the same answer.
   * @throws WheelhouseError `unwritable`.
   */
  append(events: readonly NewEvent[]): Promise<readonly JournalEntry[]>;
  /** Called with entries just folded, this process's own included, in order. */
  onDidChange(listener: (entries: readonly JournalEntry[]) => void): Disposable;
  /** Refreshes whenever anybody appends, until disposed. */
  follow(): Disposable;
  /** Saves the image if anything was folded since the last. @throws WheelhouseError `unwritable`. */
  saveImage(): Promise<void>;
  /** Saves the image when that is worth it, and frees the memory. Never throws. */
  close(): Promise<void>;
}

/** Folding this much of a journal takes about 10 ms; an image is saved unasked only to spare more. */
const WORTH_SAVING_BYTES = 256 * 1024;

/** Opens the tables: the saved image, if it is still good, and then the journal from there on. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const store = new JournalStore(options);
  await store.open();
  return store;
}

class JournalStore implements Store {
  readonly #options: StoreOptions;
  readonly #changed: Emitter<readonly JournalEntry[]>;
  #db: Database | undefined;
  #position = 0;
  /** Where the saved image stands; undefined when there is none that is good. */
  #imagePosition: number | undefined;
  #log = '';
  #image = 'none wanted';
  #damaged: number[] = [];
  #skipped: SkippedEvent[] = [];
  /** Folding and saving happen one after the other. */
  #queue: Promise<unknown> = Promise.resolve();
  #waiting: Promise<void> | undefined;
  #closing = false;

  constructor(options: StoreOptions) {
    this.#options = options;
    this.#changed = new Emitter(options.onError);
  }

  get db(): Database {
    if (this.#db === undefined) throw shuttingDown();
    return this.#db;
  }

  get health(): StoreHealth {
    return { image: this.#image, damaged: this.#damaged, skipped: this.#skipped };
  }

  get position(): number {
    return this.#position;
  }

  readonly onDidChange = (listener: (entries: readonly JournalEntry[]) => void): Disposable => this.#changed.event(listener);

  async open(): Promise<void> {
    const { image, databases, journal, projections } = this.#options;
    const loaded = image === undefined ? 'none wanted' : await loadImage(image, databases, journal, projections);
    if (typeof loaded === 'string') {
      this.#image = loaded;
      await this.#startOver();
    } else {
      this.#image = 'used';
      this.#db = loaded.db;
      this.#position = loaded.position;
      this.#imagePosition = loaded.position;
      protect(this.#db);
    }
    await this.refresh();
  }

  refresh(): Promise<void> {
    // A refresh that has not begun yet will see all that this caller wants to see.
    this.#waiting ??= this.#enqueue(() => {
      this.#waiting = undefined;
      return this.#foldTail();
    });
    return this.#waiting;
  }

  async append(events: readonly NewEvent[]): Promise<readonly JournalEntry[]> {
    if (this.#closing) throw shuttingDown();
    const entries = await this.#options.journal.append(events);
    const last = entries.at(-1);
    if (last === undefined) return entries;
    await this.refresh();
    if (this.#position <= last.position) {
      throw new WheelhouseError('conflict', 'The journal was replaced by another one at this moment. Look whether the change is there, and make it again if not.');
    }
    return entries;
  }

  follow(): Disposable {
    const refresh = () => void this.refresh().catch((error: unknown) => this.#options.onError?.(error));
    const watching = this.#options.journal.watch(refresh);
    // What came between the last refresh and the start of the watch.
    refresh();
    return watching;
  }

  saveImage(): Promise<void> {
    return this.#enqueue(async () => {
      const { image, journal, projections } = this.#options;
      const db = this.#db;
      if (image === undefined || db === undefined || this.#imagePosition === this.#position) return;
      const fingerprint = await journal.fingerprint(this.#position);
      // The journal was replaced since it was folded: the next refresh will start over.
      if (fingerprint === undefined) return;
      unprotected(db, () => describeImage(db, this.#position, fingerprint, projections));
      await image.save(db.export());
      this.#imagePosition = this.#position;
    });
  }

  async close(): Promise<void> {
    if (this.#closing) return;
    this.#closing = true;
    await this.#saveIfWorthIt();
    await this.#enqueue(() => {
      this.#db?.close();
      this.#db = undefined;
      return Promise.resolve();
    });
  }

  #enqueue(work: () => Promise<void>): Promise<void> {
    const done = this.#queue.then(work);
    this.#queue = done.catch(() => undefined);
    return done;
  }

  async #saveIfWorthIt(): Promise<void> {
    const unsaved = this.#position - (this.#imagePosition ?? 0);
    if (unsaved < WORTH_SAVING_BYTES && this.#imagePosition !== undefined) return;
    if (this.#position === 0) return;
    try {
      await this.saveImage();
    } catch (error) {
      // The image is a cache. What matters is in the journal.
      this.#options.onError?.(error);
    }
  }

  async #startOver(): Promise<void> {
    const fresh = await emptyDatabase(this.#options.databases, this.#options.projections);
    this.#db?.close();
    this.#db = fresh;
    protect(fresh);
    this.#position = 0;
    this.#imagePosition = undefined;
    this.#damaged = [];
    this.#skipped = [];
  }

  async #foldTail(): Promise<void> {
    for (let more = true; more && this.#db !== undefined; ) {
      const read = await this.#options.journal.read(this.#position);
      const replaced = read.end < this.#position || (this.#log !== '' && read.log !== this.#log);
      this.#log = read.log;
      if (replaced && this.#position > 0) {
        this.#image = 'another journal';
        await this.#startOver();
        continue;
      }
      this.#skipped.push(...fold(this.#db, this.#options.projections, read.entries));
      this.#damaged.push(...read.damaged);
      this.#position = read.end;
      more = read.more;
      if (read.entries.length > 0) {
        this.#changed.fire(read.entries);
        if (!this.#closing) this.#options.whenIdle?.(() => void this.#saveIfWorthIt());
      }
    }
  }
}

function shuttingDown(): WheelhouseError {
  return new WheelhouseError('cancelled', 'Wheelhouse is shutting down. Try again once it has started.');
}
