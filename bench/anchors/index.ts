/**
 * How well comments follow the code, and what that costs: one line of JSON per figure.
 *   node bench/anchors/index.ts                 made-up edits of real files, with known truth
 *   node bench/anchors/index.ts --repo DIR      lines of a git repository's real history as well
 *   ... --tune                                  on the files that the constants were tuned on
 */
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { recordAnchor, resolveAnchors } from '../../src/core/review/anchor/index.ts';
import { corpus } from './corpus.ts';
import { historyCases, judgeHistory } from './history.ts';
import { anchorsOf, OURS, resolveLines } from './methods.ts';
import { judge, trials } from './synthetic.ts';
import type { Trial } from './synthetic.ts';
import { figuresOf, Tally } from './tally.ts';
import type { Figure } from '../figure.ts';

const EDITS_PER_KIND = 3;
const HISTORY_LINES = 2400;
const HISTORY_SEED = 11;

export interface Options {
  /** A git repository whose history is looked at, too. */
  readonly repository?: string;
  /** The half of the corpus that the constants were not tuned on is the default. */
  readonly half?: 'tune' | 'report';
}

export function run({ repository, half = 'report' }: Options = {}): Promise<Figure[]> {
  const all = trials(half, EDITS_PER_KIND);
  const { overall, byKind } = judge(all);
  const figures = [
    ...figuresOf('anchors, synthetic', overall, OURS),
    ...[...byKind].flatMap(([kind, tallies]) => figuresOf(`anchors, synthetic, ${kind}`, new Map([[OURS, tallies.get(OURS) ?? new Tally()]]), OURS)),
    asked(all),
    ...ranges(all),
    ...speed(all),
  ];
  if (repository !== undefined) {
    const judged = judgeHistory(historyCases(repository, HISTORY_LINES, HISTORY_SEED));
    figures.push(...figuresOf('anchors, history', judged.all, OURS), ...figuresOf('anchors, history, changed lines', judged.touched, OURS));
  }
  return Promise.resolve(figures);
}

/** Of the comments that were not attached though their line exists: how often is it among the places that the user is shown? */
function asked(all: readonly Trial[]): Figure {
  let shown = 0;
  let lost = 0;
  for (const { before, after, line, truth } of all) {
    const [resolution] = resolveLines(before, after, [line]);
    if (truth === undefined || resolution?.range) continue;
    lost++;
    if (resolution?.candidates?.some(({ range }) => range.start === truth)) shown++;
  }
  return { name: `anchors, synthetic: ${OURS}: lost, but offered as a candidate`, value: percent(shown, lost), unit: '% of lost', n: lost };
}

/**
 * Comments on up to 10 lines: right when the place holds at least half of the lines that are left
 * and is not much wider than before. Where most of the lines are gone, either answer would do.
 */
function ranges(all: readonly Trial[]): Figure[] {
  const tally = new Tally();
  for (const [index, { before, after, line, origins }] of all.entries()) {
    const start = Math.max(1, line - (index % 4));
    const end = Math.min(before.length, line + (index % 7));
    const anchor = recordAnchor(before.join('\n'), { start, end }, { path: 'file', blob: '', dirty: false });
    const [resolution] = resolveAnchors([anchor], before.join('\n'), after.join('\n'));
    const left = origins.flatMap((origin, at) => (origin >= start - 1 && origin < end ? [at + 1] : []));
    if (left.length > 0 && left.length < (end - start + 1) / 2) continue;
    const range = resolution?.range;
    if (left.length === 0 || !range) {
      tally.count(range, left[0]);
      continue;
    }
    const held = left.filter((at) => at >= range.start && at <= range.end).length;
    const tooWide = range.end - range.start + 1 > 1.5 * (end - start + 1) + 6;
    tally.count(range, 2 * held >= left.length && !tooWide ? range.start : -1);
  }
  return figuresOf('anchors, synthetic, ranges', new Map([[OURS, tally]]), OURS);
}

/** Processor time, so that other work on the machine does not count. */
function milliseconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function speed(all: readonly Trial[]): Figure[] {
  const several = all.filter(({ kind }) => kind === 'several at once');
  const files = Array.from({ length: 200 }, (_, i) => several[i % several.length] as Trial);
  const prepared = files.map(({ before, after, line }) => {
    const old = before.join('\n');
    return { old, now: after.join('\n'), anchors: anchorsOf(old, [0, 1, 2, 3, 4].map((k) => ((line + k * 37) % before.length) + 1)) };
  });
  const project = milliseconds(() => {
    for (const { old, now, anchors } of prepared) resolveAnchors(anchors, old, now);
  });
  const long = corpus().flatMap(({ lines }) => lines).slice(0, 5000);
  const text = long.join('\n');
  const edited = long.map((line, i) => (i % 40 === 7 ? line.replace(/\w+/, 'changed') : line)).join('\n');
  const anchors = anchorsOf(text, Array.from({ length: 500 }, (_, i) => 1 + i * 10));
  const file = milliseconds(() => resolveAnchors(anchors, text, edited));
  return [
    { name: 'anchors: 1,000 comments in 200 changed files', value: Math.round(project), unit: 'ms CPU', n: 1000 },
    { name: 'anchors: one comment', value: Math.round(project) / 1000, unit: 'ms CPU', n: 1000 },
    { name: 'anchors: 500 comments in one file of 5,000 lines', value: Math.round(file), unit: 'ms CPU', n: 500 },
  ];
}

function percent(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((1e4 * part) / whole) / 100;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values } = parseArgs({ options: { repo: { type: 'string' }, tune: { type: 'boolean', default: false } } });
  const figures = await run({ half: values.tune ? 'tune' : 'report', ...(values.repo !== undefined && { repository: values.repo }) });
  for (const figure of figures) console.log(JSON.stringify(figure));
}
