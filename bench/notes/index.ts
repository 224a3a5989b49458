/**
 * Ten thousand notes in org and Markdown, a third of them public, every one with links. The baseline
 * for a search is what one would do without an index: `rg` over the folder, else `grep -r`.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { openNotes, type Notes } from '../../src/adapters/node/notes/notes.ts';
import { openUserData } from '../../src/adapters/node/user-data.ts';
import { figure, type Figure } from '../figure.ts';

const NOTES = 10_000;

function random(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 4294967296;
}

/** Words by a law as in natural text: few are in nearly every note, most are rare. */
function generate(folder: string): string[] {
  const next = random(42);
  const vocabulary = Array.from({ length: 20_000 }, () => Array.from({ length: 3 + Math.floor(next() * 7) }, () => String.fromCharCode(97 + Math.floor(next() * 26))).join(''));
  const word = () => vocabulary[Math.floor(vocabulary.length * next() ** 3)] ?? '';
  const sentence = () => Array.from({ length: 12 }, word).join(' ');
  for (let n = 0; n < NOTES; n++) {
    const sub = join(folder, `area-${n % 20}`);
    if (n < 20) mkdirSync(sub, { recursive: true });
    const isPublic = n % 3 === 0;
    const links = Array.from({ length: 4 }, () => Math.floor(next() * NOTES));
    const body = Array.from({ length: 8 }, () => `${sentence()}.`).join('\n');
    const tag = `tag${n % 50}`;
    if (n % 2 === 0) writeFileSync(join(sub, `note-${n}.org`), `:PROPERTIES:\n:ID:       note-${n}\n:END:\n#+title: ${word()} ${word()} ${n}\n#+filetags: :${isPublic ? 'PUBLIC:' : ''}${tag}:\n\n${body}\n* Links\n${links.map((to) => `- [[id:note-${to}][see]]`).join('\n')} [[id:note-0]]\n`);
    else writeFileSync(join(sub, `note-${n}.md`), `---\ntitle: ${word()} ${word()} ${n}\ntags: [${isPublic ? 'PUBLIC, ' : ''}${tag}]\n---\n\n${body}\n\n${links.map((to) => `[[note-${to}]]`).join(' ')} [[note-0]]\n`);
  }
  return vocabulary;
}

function p95(times: number[]): number {
  return times.sort((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? NaN;
}

async function timed(times: number[], work: () => Promise<unknown>): Promise<void> {
  const started = performance.now();
  await work();
  times.push(performance.now() - started);
}

export async function run(): Promise<readonly Figure[]> {
  const home = mkdtempSync(join(tmpdir(), 'wheelhouse-bench-notes-'));
  const folder = join(home, 'notes');
  const open = () => openUserData({ env: { HOME: home }, actor: 'cli', dataOverride: join(home, 'data') });
  try {
    mkdirSync(folder);
    const vocabulary = generate(folder);
    const figures: Figure[] = [];
    for (const view of ['all', 'public'] as const) {
      const cold: number[] = [];
      const first = open();
      await timed(cold, () => openNotes(first, { view }));
      await first.dispose();
      figures.push(figure(`notes.cold_index.${view}`, cold[0] ?? NaN, 'ms', NOTES));
      const warm: number[] = [];
      const user = open();
      await timed(warm, () => openNotes(user, { view, watch: true }));
      figures.push(figure(`notes.warm_open.${view}`, warm[0] ?? NaN, 'ms', NOTES));
      const notes = await openNotes(user, { view, watch: true });
      figures.push(...(await asked(notes, folder, vocabulary, view)));
      if (view === 'all') figures.push(await saved(notes, folder));
      await user.dispose();
    }
    return figures;
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function asked(notes: Notes, folder: string, vocabulary: readonly string[], view: string): Promise<Figure[]> {
  const next = random(7);
  const word = () => vocabulary[Math.floor(vocabulary.length * next() ** 3)] ?? '';
  const queries = Array.from({ length: 300 }, (_, n) => (n % 3 === 0 ? word() : n % 3 === 1 ? `${word()} ${word()}` : word().slice(0, 4)));
  const [search, get, grep]: number[][] = [[], [], []];
  for (const query of queries) await timed(search ?? [], () => notes.search(query));
  const ids = (await notes.list()).map(({ id }) => id);
  for (let n = 0; n < 500; n++) await timed(get ?? [], () => notes.get(ids[1 + Math.floor(next() * (ids.length - 1))] ?? ''));
  const hub: number[] = [];
  for (let n = 0; n < 5; n++) await timed(hub, () => notes.get('note-0'));
  const program = spawnSync('rg', ['--version']).status === 0 ? ['rg', '-li'] : ['grep', '-rlis'];
  for (const query of queries.slice(0, 15)) await timed(grep ?? [], () => Promise.resolve(spawnSync(program[0] ?? 'grep', [...program.slice(1), query.split(' ')[0] ?? '', folder])));
  return [
    figure(`notes.search_p95.${view}`, p95(search ?? []), 'ms', queries.length, p95(grep ?? [])),
    figure(`notes.get_p95.${view}`, p95(get ?? []), 'ms', 500),
    figure(`notes.get_with_all_backlinks.${view}`, p95(hub), 'ms', 5),
  ];
}

/** From the moment that a file is saved to the moment that a search finds it, by the watch alone. */
async function saved(notes: Notes, folder: string): Promise<Figure> {
  const times: number[] = [];
  // A watch does not keep the process alive.
  const alive = setInterval(() => undefined, 1000);
  for (let n = 0; n < 20; n++) {
    const path = join(folder, `area-${n}`, `note-${n}.${n % 2 === 0 ? 'org' : 'md'}`);
    const text = `${readFileSync(path, 'utf8')}\nsavedword${n}\n`;
    await timed(times, async () => {
      const heard = new Promise<void>((done) => {
        const watch = notes.watch(() => {
          if (notes.index.search(`savedword${n}`, 1).total === 0) return;
          watch.dispose();
          done();
        });
      });
      writeFileSync(path, text);
      await heard;
    });
    await setImmediate();
  }
  clearInterval(alive);
  return figure('notes.save_to_searchable_p95', p95(times), 'ms', times.length);
}
