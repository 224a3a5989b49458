/** Prompts: what a sync costs, beside the program that this replaces, and how quick answers are. */
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPrompts } from '../../src/adapters/node/prompts/prompts.ts';
import { openUserData } from '../../src/adapters/node/user-data.ts';
import { figure, medianMs, type Figure } from '../figure.ts';
import { line, randomFrom, word, writeHistory } from './generate.ts';

const rounds = 3;

export async function run(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'wheelhouse-bench-'));
  try {
    return [...(await hundredThousand(join(folder, 'a'))), ...(await million(join(folder, 'b')))];
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** The prompts of a home, as one process has them open. */
function open(home: string) {
  const user = openUserData({ env: { HOME: home, XDG_DATA_HOME: join(home, 'data'), XDG_CONFIG_HOME: join(home, 'config') }, actor: 'bench' });
  return { prompts: openPrompts(user), close: () => user.dispose() };
}

function homeWith(home: string, count: number): string {
  mkdirSync(join(home, '.claude'), { recursive: true });
  const history = join(home, '.claude/history.jsonl');
  writeHistory(history, count);
  return history;
}

/** CPU seconds of all threads of this process. */
async function cpuSeconds(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

async function hundredThousand(home: string): Promise<Figure[]> {
  const count = 100_000;
  const history = homeWith(home, count);
  const [own, original, originalAgain]: number[][] = [[], [], []];
  for (let round = 0; round < rounds; round++) {
    rmSync(join(home, 'data'), { recursive: true, force: true });
    rmSync(join(home, 'original.db'), { force: true });
    const { prompts, close } = open(home);
    own?.push(await cpuSeconds(async () => {
      if ((await prompts.sync()).added !== count) throw new Error('prompts were lost');
    }));
    await close();
    original?.push(python(history, join(home, 'original.db')));
    originalAgain?.push(python(history, join(home, 'original.db')));
  }
  const baseline = (values: readonly number[] | undefined) => (values === undefined || values.some(Number.isNaN) ? undefined : median(values));
  const figures = [figure(`prompts: cold sync of ${count}, CPU (baseline: the original's Python)`, median(own ?? []), 's', rounds, baseline(original))];

  const again = await medianMs(5, async () => {
    const { prompts, close } = open(home);
    await prompts.sync();
    await close();
  });
  const pythonAgain = baseline(originalAgain);
  figures.push(figure(`prompts: ${count}, opened and synced again with nothing new (baseline: CPU of the original's Python)`, again, 'ms', 5, pythonAgain === undefined ? undefined : 1000 * pythonAgain));

  const { prompts, close } = open(home);
  try {
    await prompts.sync();
    await prompts.timeline();
    const random = randomFrom(7);
    let next = count;
    const one = await medianMs(50, async () => {
      appendFileSync(history, `${JSON.stringify(line(next++, random))}\n`);
      if ((await prompts.sync()).added !== 1) throw new Error('a new prompt was not seen');
    });
    figures.push(figure(`prompts: one more line behind ${count}`, one, 'ms', 50));
    figures.push(figure(`prompts: the columns of ${count} for the timeline`, await medianMs(5, () => prompts.timeline()), 'ms', 5));
    figures.push(figure(`prompts: statistics of ${count}`, await medianMs(5, () => prompts.stats()), 'ms', 5));
    const started = performance.now();
    await prompts.prepareSearch();
    figures.push(figure(`prompts: words of ${count} indexed for the first search, in slices`, performance.now() - started, 'ms', 1));
    figures.push(...(await searches(prompts, count)));
    figures.push(figure(`prompts: memory of the whole process with ${count} open and searched`, process.memoryUsage.rss() / 1e6, 'MB', 1));
  } finally {
    await close();
  }
  return figures;
}

/** Single words from frequent to rare, two together, phrases, beginnings of words. */
async function searches(prompts: ReturnType<typeof open>['prompts'], count: number): Promise<Figure[]> {
  const random = randomFrom(3);
  const anyWord = () => word(Math.floor(10 * 3000 ** random()));
  const queries = Array.from({ length: 200 }, (_, n) => {
    const [a, b] = [anyWord(), anyWord()];
    return [`${a} `, `${a} ${b} `, `"${a} ${b}"`, a.slice(0, 5), `${a} -${b} `][n % 5] ?? a;
  });
  for (const text of queries.slice(0, 20)) await prompts.search({ text });
  const times: number[] = [];
  for (const text of queries) {
    const started = performance.now();
    await prompts.search({ text });
    times.push(performance.now() - started);
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(share * times.length)] ?? NaN;
  return [figure(`prompts: a search over ${count}, p50`, at(0.5), 'ms', times.length), figure(`prompts: a search over ${count}, p95`, at(0.95), 'ms', times.length)];
}

async function million(home: string): Promise<Figure[]> {
  const count = 1_000_000;
  homeWith(home, count);
  const first = open(home);
  const cold = await cpuSeconds(() => first.prompts.sync());
  await first.close();
  const again = await medianMs(5, async () => {
    const { prompts, close } = open(home);
    if ((await prompts.sync()).added !== 0) throw new Error('prompts came twice');
    await close();
  });
  return [figure(`prompts: cold sync of ${count}, CPU`, cold, 's', 1), figure(`prompts: ${count}, opened and synced again with nothing new`, again, 'ms', 5)];
}

/** @returns CPU seconds; NaN without a Python. */
function python(history: string, database: string): number {
  try {
    const out = execFileSync('python3', [join(import.meta.dirname, 'original.py'), history, database], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return (JSON.parse(out) as { cpu: number }).cpu;
  } catch {
    return NaN;
  }
}
