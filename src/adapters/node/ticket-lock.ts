import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { WheelhouseError } from '../../core/base/errors.ts';
import type { LockOptions, Locks } from '../../core/ports/locks.ts';
import { systemRandom } from './clock.ts';
import { unwritable } from './file-errors.ts';
import { nodeHasher } from './hash.ts';
import { isAlive, type ProcessIdentity } from './process-identity.ts';
import { appendTicketLine, emptyTicketFile, readTickets, type Ticket } from './ticket-file.ts';
import { watchFile } from './watch.ts';

export interface TicketLockOptions extends LockOptions {
  readonly owner: ProcessIdentity;
  /** What the lock is for, in messages; default the lock's path. */
  readonly name?: string;
}

const DEFAULT_TIMEOUT_MS = 10_000;
/** A death makes no file event, so those who wait look again this often. */
const POLL_MS = 50;
/** Who is not next looks again after so long for each before it. */
const BEHIND_MS = 4;
/** Whether a process of another machine lives cannot be asked; its ticket counts for so long. */
const FOREIGN_TICKET_MS = 60_000;
/** A file this large is emptied when nobody waits. */
const EMPTY_ABOVE_BYTES = 256 * 1024;

/** Locks whose tickets lie in one folder, a file for each resource. */
export function createLocks(folder: string, owner: ProcessIdentity | Promise<ProcessIdentity>): Locks {
  return {
    withLock: async (resource, work, options) =>
      withLock(join(folder, `${nodeHasher.sha256(resource).slice(0, 32)}.lock`), work, { ...options, owner: await owner, name: resource }),
  };
}

/**
 * Runs `work` while nobody else does under the same lock file: no other process, and no other
 * caller in this one.
 *
 * Everybody appends a ticket; the order of the lines is the order of service. I hold the lock when
 * every ticket before mine is released, withdrawn, or its process is dead. The dead stay dead and
 * the order never changes, so this cannot become true for two at once, and there is nothing to
 * steal: a waiter never removes anybody's claim, it only sees that it is next.
 *
 * The holder may empty the file instead of adding its release: nobody else acts on the file's
 * content but to wait for that very release. Who then misses its own ticket takes a new one.
 */
export async function withLock<T>(path: string, work: () => Promise<T> | T, options: TicketLockOptions): Promise<T> {
  const id = systemRandom.base32(16);
  const position = await acquire(path, id, options);
  try {
    return await work();
  } finally {
    release(path, id, position);
  }
}

async function acquire(path: string, id: string, options: TicketLockOptions): Promise<number> {
  if (isAborted(options)) throw cancelled(path, options);
  const started = performance.now();
  const timeout = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const take = () => appendTicketLine(path, { take: id, owner: options.owner, at: Date.now() });
  try {
    take();
  } catch (error) {
    throw unwritable(path, error);
  }
  let waiter: Waiter | undefined;
  try {
    for (;;) {
      const { tickets } = readTickets(path);
      const mine = tickets.findIndex((ticket) => ticket.id === id);
      if (mine < 0) {
        take();
        continue;
      }
      const blocker = await firstLiving(tickets.slice(0, mine));
      if (blocker === undefined) return tickets[mine]?.position ?? 0;
      if (isAborted(options)) throw cancelled(path, options);
      const left = timeout - (performance.now() - started);
      if (left <= 0) throw timedOut(path, options, timeout, blocker);
      // Only who is next wakes at every change: a long queue that does would keep the holder waiting.
      // From the second look on, a change since the look before ends the wait at once.
      if (mine > 1) await sleep(Math.min(POLL_MS, left, BEHIND_MS * (mine - 1)));
      else if (waiter === undefined) waiter = watchForChange(path, options);
      else await waiter.change(Math.min(POLL_MS, left));
    }
  } catch (error) {
    withdraw(path, id);
    throw unwritable(path, error);
  } finally {
    waiter?.dispose();
  }
}

async function firstLiving(tickets: readonly Ticket[]): Promise<Ticket | undefined> {
  for (const ticket of tickets) {
    const alive = await isAlive(ticket.owner);
    if (alive === 'unknown' ? Math.abs(Date.now() - ticket.at) < FOREIGN_TICKET_MS : alive) return ticket;
  }
  return undefined;
}

function release(path: string, id: string, position: number): void {
  try {
    const { tickets, size } = readTickets(path);
    if (size > EMPTY_ABOVE_BYTES && tickets.every((ticket) => ticket.id === id)) emptyTicketFile(path);
    else appendTicketLine(path, { release: id, ticket: position });
  } catch {
    // To empty the file needs no space on a full disk.
    insist(() => emptyTicketFile(path));
  }
}

function withdraw(path: string, id: string): void {
  insist(() => appendTicketLine(path, { withdraw: id }));
}

/** As long as this process lives, its open ticket stops all others: so this has to succeed. */
function insist(work: () => void): void {
  try {
    work();
  } catch {
    setTimeout(() => insist(work), 1000).unref();
  }
}

interface Waiter {
  /** Resolves when the file changed since the last call, was aborted, or the time is over. */
  change(ms: number): Promise<void>;
  dispose(): void;
}

function watchForChange(path: string, options: TicketLockOptions): Waiter {
  let changed = false;
  let wake = new AbortController();
  const onChange = () => {
    changed = true;
    wake.abort();
  };
  const watching = watchFile(path, onChange);
  options.signal?.addEventListener('abort', onChange, { once: true });
  return {
    change: async (ms) => {
      if (!changed) await sleep(ms, undefined, { signal: wake.signal }).catch(() => undefined);
      changed = false;
      wake = new AbortController();
    },
    dispose: () => {
      watching.dispose();
      options.signal?.removeEventListener('abort', onChange);
    },
  };
}

function timedOut(path: string, options: TicketLockOptions, timeout: number, holder: Ticket): WheelhouseError {
  const seconds = Math.max(0, Math.round((Date.now() - holder.at) / 1000));
  return new WheelhouseError(
    'timeout',
    `Gave up after ${timeout / 1000} s waiting for ${options.name ?? path}: process ${holder.owner.pid} on ${holder.owner.machine.split(' ', 1)[0] ?? '?'} has had it, or waited for it, for ${seconds} s. Try again, or end that process.`,
  );
}

function isAborted(options: TicketLockOptions): boolean {
  return options.signal?.aborted === true;
}

function cancelled(path: string, options: TicketLockOptions): WheelhouseError {
  return new WheelhouseError('cancelled', `Cancelled while waiting for ${options.name ?? path}.`);
}
