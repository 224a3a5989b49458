/**
 * One of several processes that claim at once: `child.ts WAY FOLDER NAME`. Takes one command as JSON from
 * each line of its input, and answers each with a line.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { openCoordination } from '../../src/adapters/node/coordination/open.ts';
import { waitAt } from '../../src/adapters/node/coordination/wait.ts';
import { ownIdentity } from '../../src/adapters/node/process-identity.ts';
import { isWheelhouseError } from '../../src/core/base/errors.ts';
import { arriveAt, claimPaths, releasePaths, setStatus, type CoordinationContext } from '../../src/core/coordination/index.ts';

export type Command =
  | { readonly do: 'claim'; readonly paths: readonly string[] }
  | { readonly do: 'release' | 'forever' }
  | { readonly do: 'report'; readonly times: number }
  | { readonly do: 'wait' | 'arrive'; readonly name: string };

export interface Answered {
  readonly won: readonly string[];
  /** Of each claim, in milliseconds. */
  readonly times: readonly number[];
  /** When it was done, by the machine's clock with fractions. */
  readonly at: number;
}

interface Claimer {
  claim(path: string): Promise<boolean>;
  release(): Promise<void>;
  report(note: string): Promise<void>;
}

export async function coordinationIn(folder: string, name: string): Promise<CoordinationContext> {
  return openCoordination({ env: {}, scope: folder, folder, worktrees: [folder], agent: { session: name, process: await ownIdentity() }, actor: `session:${name}`, isUser: false });
}

function journalClaimer(context: CoordinationContext): Claimer {
  return {
    claim: async (path) => {
      try {
        await claimPaths(context, { paths: [path] });
        return true;
      } catch (error) {
        if (isWheelhouseError(error) && error.code === 'refused') return false;
        throw error;
      }
    },
    release: async () => {
      await releasePaths(context, 'all');
    },
    report: (note) => setStatus(context, 'in_progress', note),
  };
}

/** What a first draft does: read the store, change it, write the whole of it under a new name and rename it. */
function wholeFileClaimer(folder: string, name: string): Claimer {
  const file = storeIn(folder);
  const change = <T>(work: (store: Store) => T): T => {
    const store = readStore(folder);
    const result = work(store);
    const temporary = `${file}.${process.pid}`;
    writeFileSync(temporary, JSON.stringify(store));
    renameSync(temporary, file);
    return result;
  };
  return {
    // eslint-disable-next-line @typescript-eslint/require-await -- As the other one.
    claim: async (path) =>
      change((store) => {
        if (store.held[path] !== undefined) return false;
        store.held[path] = name;
        return true;
      }),
    // eslint-disable-next-line @typescript-eslint/require-await -- As the other one.
    release: async () =>
      change((store) => {
        store.held = Object.fromEntries(Object.entries(store.held).filter(([, holder]) => holder !== name));
      }),
    // eslint-disable-next-line @typescript-eslint/require-await -- As the other one.
    report: async (note) => change((store) => void store.notes.push(note)),
  };
}

interface Store {
  held: Record<string, string>;
  readonly notes: string[];
}

const storeIn = (folder: string) => join(folder, 'store.json');

export function readStore(folder: string): Store {
  return existsSync(storeIn(folder)) ? (JSON.parse(readFileSync(storeIn(folder), 'utf8')) as Store) : { held: {}, notes: [] };
}

async function serve(way: string, folder: string, name: string): Promise<void> {
  const context = await coordinationIn(folder, name);
  const claimer = way === 'journal' ? journalClaimer(context) : wholeFileClaimer(folder, name);
  const answer = (won: readonly string[] = [], times: readonly number[] = []) => process.stdout.write(`${JSON.stringify({ won, times, at: performance.timeOrigin + performance.now() } satisfies Answered)}\n`);
  answer();
  for await (const line of createInterface({ input: process.stdin })) {
    const command = JSON.parse(line) as Command;
    if (command.do === 'claim') {
      const won: string[] = [];
      const times: number[] = [];
      for (const path of command.paths) {
        const started = performance.now();
        if (await claimer.claim(path)) won.push(path);
        times.push(performance.now() - started);
      }
      answer(won, times);
    } else if (command.do === 'report') {
      for (let i = 0; i < command.times; i++) await claimer.report(`${name} ${i}`);
      answer();
    } else if (command.do === 'forever') {
      answer();
      for (let i = 0; ; i++) {
        await claimer.claim(`${name}-${i % 20}`);
        if (i % 20 === 19) await claimer.release();
      }
    } else if (command.do === 'wait') {
      answer();
      await waitAt(context, command.name, { signal: new AbortController().signal });
      answer();
    } else if (command.do === 'arrive') {
      await arriveAt(context, command.name);
      answer();
    } else {
      await claimer.release();
      answer();
    }
  }
}

if (import.meta.main) {
  const [way = '', folder = '', name = ''] = process.argv.slice(2);
  await serve(way, folder, name);
  process.exit();
}
