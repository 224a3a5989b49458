import type { Disposable } from '../base/disposable.ts';
import { WheelhouseError } from '../base/errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Journal, JournalEntry } from '../ports/journal.ts';
import { loadState, saveState, WORTH_SAVING_BYTES, type StateCache } from './cache.ts';
import { newEvent, type CoordinationEvent } from './events.ts';
import { readFeed, type Feed } from './feed.ts';
import type { Outcome } from './outcome.ts';
import { apply, emptyState, type State } from './state.ts';
import { advance } from './time.ts';

export interface LedgerOptions {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly cache?: StateCache;
  /** Where the last feed stood. */
  readonly marks?: StateCache;
}

/**
 * The state of a repository's coordination, kept up with its journal. To claim without a lock: append
 * the claim, fold up to it, and look what became of it. All fold the same order and so agree.
 */
export class Ledger {
  readonly #options: LedgerOptions;
  #state = emptyState();
  #position = 0;
  #saved = 0;
  #log = '';
  #loaded = false;
  /** What became of events that this process waits for, by their ids. */
  readonly #awaited = new Map<string, Outcome | undefined>();
  #queue: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;

  constructor(options: LedgerOptions) {
    this.#options = options;
  }

  get state(): State {
    return this.#state;
  }

  /** Now, in journal time. */
  get elapsed(): number {
    return advance(this.#state.time, this.#options.clock.now()).elapsed;
  }

  now(): number {
    return this.#options.clock.now();
  }

  /** Folds what has come into the journal before this call. @throws WheelhouseError `unreadable`. */
  refresh(): Promise<void> {
    this.#next ??= this.#enqueue(() => {
      this.#next = undefined;
      return this.#fold();
    });
    return this.#next;
  }

  /**
   * Adds the events, all or none, and says what became of each.
   * @throws WheelhouseError `unwritable`, `unreadable`.
   */
  async append(by: string, events: readonly CoordinationEvent[]): Promise<readonly Outcome[]> {
    // From here to the fold nothing may be folded that is not awaited yet.
    const entries: JournalEntry[] = [];
    await this.#enqueue(async () => {
      entries.push(...(await this.#options.journal.append(events.map((event) => newEvent(by, event)))));
      for (const { event } of entries) this.#awaited.set(event.id, undefined);
      await this.#fold();
    });
    return entries.map(({ event }) => {
      const outcome = this.#awaited.get(event.id);
      this.#awaited.delete(event.id);
      if (outcome === undefined) throw new WheelhouseError('conflict', 'The journal was replaced by another one at this moment. Look how things are, and try again.');
      return outcome;
    });
  }

  /** What has happened behind a cursor: see `readFeed`. */
  feed(since: number, limit: number): Promise<Feed> {
    const { journal, cache, marks } = this.#options;
    return readFeed(journal, { since, limit, ...(cache && { caches: [cache] }), ...(marks && { marks }) });
  }

  onDidAppend(listener: () => void): Disposable {
    return this.#options.journal.watch(listener);
  }

  /** Saves the state if that spares others much. Never throws. */
  async save(): Promise<void> {
    const { cache, journal } = this.#options;
    if (cache === undefined || this.#position - this.#saved < WORTH_SAVING_BYTES) return;
    try {
      await saveState(cache, journal, { state: this.#state, position: this.#position });
      this.#saved = this.#position;
    } catch {
      // It is a cache.
    }
  }

  #enqueue(work: () => Promise<void>): Promise<void> {
    const result = this.#queue.then(work);
    this.#queue = result.catch(() => undefined);
    return result;
  }

  async #fold(): Promise<void> {
    const { cache, journal } = this.#options;
    if (!this.#loaded) {
      this.#loaded = true;
      const saved = cache && (await loadState(cache, journal));
      if (saved !== undefined) {
        this.#state = saved.state;
        this.#position = this.#saved = saved.position;
      }
    }
    for (let more = true; more; ) {
      const read = await journal.read(this.#position);
      const replaced = read.end < this.#position || (this.#log !== '' && read.log !== this.#log);
      this.#log = read.log;
      if (replaced && this.#position > 0) {
        this.#state = emptyState();
        this.#position = this.#saved = 0;
        continue;
      }
      for (const entry of read.entries) {
        const outcome = apply(this.#state, entry);
        if (outcome !== undefined && this.#awaited.has(entry.event.id)) this.#awaited.set(entry.event.id, outcome);
      }
      this.#position = read.end;
      more = read.more;
    }
  }
}
