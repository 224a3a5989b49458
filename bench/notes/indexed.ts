/**
 * The index of ten thousand notes: built, opened again, asked, and kept up to date by the watch. Beside each
 * stands what one would do without an index: read every file, or `rg` over the folder, else `grep -r`.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { openNotes, type Notes } from '../../src/adapters/node/notes/notes.ts';
import { openUserData } from '../../src/adapters/node/user-data.ts';
import { figure, type Figure } from '../figure.ts';
import { generateNotes, NOTES, random, type Generated } from './generate.ts';
import { blocking, spread, timed, type Blocked } from './measure.ts';

const QUERIES = 300;
const READ = 500;
const SAVED = 40;
/** Of the baselines, which take long and vary little. */
const TRIED = 15;
const OPENED = 5;

export async function indexFigures(): Promise<readonly Figure[]> {
  const home = mkdtempSync(join(tmpdir(), 'wheelhouse-bench-notes-'));
  const folder = join(home, 'notes');
  const open = () => openUserData({ env: { HOME: home }, actor: 'cli', dataOverride: join(home, 'data') });
  try {
    const generated = generateNotes(folder);
    const readAll = await timed(() => readEvery(folder));
    const figures: Figure[] = [];
    for (const view of ['all', 'public'] as const) {
      const first = open();
      const cold = await blocking(() => openNotes(first, { view, watch: true }));
      const put = await blocking(() => first.dispose());
      figures.push(figure(`notes.cold_index.${view}`, cold.took, 'ms', NOTES, readAll), figure(`notes.cold_index_on_processor.${view}`, cold.worked, 'ms', NOTES, readAll), ...blockFigures(`cold_index.${view}`, cold, readAll), ...blockFigures(`image_saved.${view}`, put, readAll));
      const warm: Blocked[] = [];
      for (let n = 0; n < OPENED; n++) {
        const again = open();
        warm.push(await blocking(() => openNotes(again, { view, watch: true })));
        await again.dispose();
      }
      figures.push(...spread(`notes.warm_open.${view}`, warm.map(({ took }) => took), [readAll]), ...blockFigures(`warm_open.${view}`, longestOf(warm), readAll));
      const user = open();
      const notes = await openNotes(user, { view, watch: true });
      figures.push(...(await asked(notes, folder, generated, view)));
      if (view === 'all') figures.push(...(await saved(notes, folder, generated)));
      await user.dispose();
    }
    return figures;
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  }
}

function blockFigures(name: string, { longest, onProcessor }: Pick<Blocked, 'longest' | 'onProcessor'>, baseline: number): Figure[] {
  return [figure(`notes.longest_block.${name}`, longest, 'ms', 1, baseline), figure(`notes.longest_block_on_processor.${name}`, onProcessor, 'ms', 1, baseline)];
}

function longestOf(all: readonly Blocked[]): Pick<Blocked, 'longest' | 'onProcessor'> {
  return { longest: Math.max(...all.map(({ longest }) => longest)), onProcessor: Math.max(...all.map(({ onProcessor }) => onProcessor)) };
}

async function asked(notes: Notes, folder: string, { wordBy }: Generated, view: string): Promise<Figure[]> {
  const next = random(7);
  const word = () => wordBy(next);
  const queries = Array.from({ length: QUERIES }, (_, n) => (n % 3 === 0 ? word() : n % 3 === 1 ? `${word()} ${word()}` : word().slice(0, 4)));
  const ids = (await notes.list()).map(({ id }) => id).filter((id) => id !== 'note-0');
  const some = Array.from({ length: READ }, () => ids[Math.floor(next() * ids.length)] ?? '');
  const [search, get, grep, grepId]: [number[], number[], number[], number[]] = [[], [], [], []];
  const asking = await blocking(async () => {
    for (const query of queries) search.push(await timed(() => notes.search(query)));
    for (const id of some) get.push(await timed(() => notes.get(id)));
  });
  const hub = await blocking(() => notes.get('note-0'));
  for (const query of queries.slice(0, TRIED)) grep.push(await timed(() => find(folder, '-li', query.split(' ')[0] ?? '')));
  for (const id of some.slice(0, TRIED)) grepId.push(await timed(() => find(folder, '-l', `:ID: +${id}$`)));
  return [
    ...spread(`notes.search.${view}`, search, grep),
    ...spread(`notes.get.${view}`, get, grepId),
    ...blockFigures(`search_and_get.${view}`, asking, grep[0] ?? NaN),
    figure(`notes.get_with_all_backlinks.${view}`, hub.took, 'ms', 1, grep[0]),
    ...blockFigures(`get_with_all_backlinks.${view}`, hub, grep[0] ?? NaN),
  ];
}

/** From the moment that a file is saved to the moment that a search finds it, by the watch alone. */
async function saved(notes: Notes, folder: string, { pathOf }: Generated): Promise<Figure[]> {
  const times: number[] = [];
  const grep: number[] = [];
  // A watch does not keep the process alive.
  const alive = setInterval(() => undefined, 1000);
  const blocked = await blocking(async () => {
    for (let n = 0; n < SAVED; n++) {
      const path = pathOf(n);
      const text = `${readFileSync(path, 'utf8')}\nsavedword${n}\n`;
      const found = new Promise<void>((done) => {
        const watch = notes.watch(() => {
          if (notes.index.search(`savedword${n}`, 1).total === 0) return;
          watch.dispose();
          done();
        });
      });
      times.push(
        await timed(() => {
          writeFileSync(path, text);
          return found;
        }),
      );
      await setImmediate();
    }
  });
  clearInterval(alive);
  for (let n = 0; n < TRIED; n++) grep.push(await timed(() => find(folder, '-l', `savedword${n}`)));
  return [...spread('notes.save_to_searchable', times, grep), ...blockFigures('saving', blocked, grep[0] ?? NaN)];
}

const program = spawnSync('rg', ['--version']).status === 0 ? ['rg'] : ['grep', '-rsE'];

function find(folder: string, how: '-l' | '-li', pattern: string): void {
  spawnSync(program[0] ?? 'grep', [...program.slice(1), how, pattern, folder]);
}

function readEvery(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) if (entry.isFile()) readFileSync(join(entry.parentPath, entry.name), 'utf8');
}

if (import.meta.main) for (const each of await indexFigures()) console.log(JSON.stringify(each));
