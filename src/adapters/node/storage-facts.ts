import { accessSync, constants, readdirSync, statfsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { messageOf } from '../../core/base/errors.ts';
import type { StorageFacts } from '../../core/storage/index.ts';
import { systemClock, systemRandom } from './clock.ts';
import { imageFile } from './database-image.ts';
import { nodeFiles } from './files.ts';
import { openJournal } from './journal-file.ts';
import type { DataRoot } from './locations.ts';
import { isAlive } from './process-identity.ts';
import { readTickets } from './ticket-file.ts';

/**
 * Looks at a data folder without changing anything: journals are its `*.jsonl` files named
 * `journal.jsonl`, images end in `.sqlite`, locks in `.lock`, in any folder below.
 */
export async function gatherStorageFacts(root: DataRoot): Promise<StorageFacts> {
  const files = filesBelow(root.path);
  const named = (end: string) => files.filter((path) => path.endsWith(end));
  return {
    root: { ...root, ...rootFacts(root.path) },
    journals: await Promise.all(named('journal.jsonl').map(journalFacts)),
    images: await Promise.all(named('.sqlite').map(imageFacts)),
    deadTickets: (await Promise.all(named('.lock').map(deadTickets))).filter(({ pids }) => pids.length > 0),
  };
}

function rootFacts(path: string): Pick<StorageFacts['root'], 'exists' | 'writable' | 'mode' | 'freeBytes'> {
  const found = statSync(path, { throwIfNoEntry: false });
  const existing = nearestExisting(path);
  const { bavail, bsize } = statfsSync(existing);
  return {
    exists: found !== undefined,
    writable: isWritable(existing),
    freeBytes: bavail * bsize,
    ...(found === undefined || process.platform === 'win32' ? {} : { mode: found.mode & 0o777 }),
  };
}

async function journalFacts(path: string): Promise<StorageFacts['journals'][number]> {
  const journal = openJournal(path, { clock: systemClock, random: systemRandom });
  const damaged: number[] = [];
  let events = 0;
  const bytes = sizeOf(path);
  try {
    for (let from = 0, more = true; more; ) {
      const read = await journal.read(from);
      events += read.entries.length;
      damaged.push(...read.damaged);
      from = read.end;
      more = read.more;
    }
    return { path, bytes, events, damaged };
  } catch (error) {
    return { path, bytes, events, damaged, error: messageOf(error) };
  }
}

async function imageFacts(path: string): Promise<StorageFacts['images'][number]> {
  return { path, bytes: sizeOf(path), intact: (await imageFile(nodeFiles, path).load()) !== undefined };
}

async function deadTickets(path: string): Promise<StorageFacts['deadTickets'][number]> {
  const pids: number[] = [];
  try {
    for (const { owner } of readTickets(path).tickets) {
      if ((await isAlive(owner)) === false) pids.push(owner.pid);
    }
  } catch {
    // A lock that cannot be read tells nothing; who needs it is told by its own error.
  }
  return { path, pids };
}

function filesBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort().map((name) => join(folder, name));
  } catch {
    return [];
  }
}

function nearestExisting(path: string): string {
  return statSync(path, { throwIfNoEntry: false }) !== undefined || dirname(path) === path ? path : nearestExisting(dirname(path));
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
