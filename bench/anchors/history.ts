/**
 * Real edits: lines of an old commit and where they are many commits later. The truth comes from
 * git, one commit at a time, where changes are small: outside the hunks of `git diff` a line
 * shifts; in a hunk it is followed only when its fate is plain by shared words. Lines whose fate is
 * not plain at any one step are left out. The methods see the first and the last text only.
 */
import { execFileSync } from 'node:child_process';
import { METHODS } from './methods.ts';
import { SeededRandom } from './random.ts';
import { Tally } from './tally.ts';

const CODE = /\.(?:[cm]?[jt]sx?|py|rs|go|rb|java|kt|c|h|cc|cpp|hpp|cs|swift|lua|sh|el|css|html|md|rst|toml|yml|yaml)$/;
const DISTANCES = [5, 20, 60, 200, 600];
const LINES_PER_FILE = 12;
const FILES_PER_PAIR = 4;

export interface HistoryCase {
  readonly path: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly lines: readonly { readonly line: number; readonly truth: number | undefined; readonly touched: boolean }[];
}

/** @param repository A working tree or a bare git directory. */
export function historyCases(repository: string, wantedLines: number, seed: number): HistoryCase[] {
  const git = (...args: string[]): string => execFileSync('git', ['-C', repository, ...args], { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] });
  const commits = git('rev-list', '--first-parent', '--reverse', 'HEAD').trim().split('\n');
  const random = new SeededRandom(seed);
  const cases: HistoryCase[] = [];
  let found = 0;
  for (let attempt = 0; attempt < 400 && found < wantedLines; attempt++) {
    const distance = random.pick(DISTANCES);
    const at = random.int(0, commits.length - 1 - distance);
    const from = commits[at];
    const to = commits[at + distance];
    if (!from || !to) continue;
    const changed = git('diff', '--name-only', '--no-renames', '--diff-filter=M', '-z', from, to).split('\0').filter((path) => CODE.test(path));
    for (let n = 0; n < FILES_PER_PAIR && changed.length > 0; n++) {
      const [path] = changed.splice(random.int(0, changed.length - 1), 1) as [string];
      const history = follow(git, from, to, path, random);
      if (!history) continue;
      cases.push(history);
      found += history.lines.length;
    }
  }
  return cases;
}

function follow(git: (...args: string[]) => string, from: string, to: string, path: string, random: SeededRandom): HistoryCase | undefined {
  const before = git('show', `${from}:${path}`).split('\n');
  const after = git('show', `${to}:${path}`).split('\n');
  if (before.length < 20 || before.length > 6000 || after.includes('\0')) return undefined;
  const log = git('log', '--first-parent', '-m', '--reverse', '-p', '-U0', '--no-renames', '--no-color', '--no-ext-diff', '--format=%x00', `${from}..${to}`, '--', path);
  let tracks: Track[] = before.map((_, at) => ({ at, touched: false }));
  for (const patch of log.split('\0')) {
    // Removed as a whole and brought back later, or written anew: no line's fate is plain.
    if (/^(?:deleted|new) file mode/m.test(patch)) return undefined;
    const hunks = hunksOf(patch);
    if (hunks.reduce((sum, { removed }) => sum + removed.length, 0) > tracks.length / 2) return undefined;
    if (hunks.length > 0) tracks = tracks.map((track) => step(track, hunks));
  }
  const inherited = new Set(tracks.map(({ at }) => at));
  // A deleted line that is there again was brought back or had been moved in two steps.
  const unexplained = new Set(after.filter((_, line) => !inherited.has(line)).map(bare));
  const known = tracks.flatMap(({ at, touched }, line) => {
    const text = bare(before[line] ?? '');
    if (at === 'unknown' || text === '' || (at === 'gone' && unexplained.has(text))) return [];
    return [{ line: line + 1, truth: at === 'gone' ? undefined : at + 1, touched }];
  });
  // A chain that does not end in the last text was broken by something that this parser does not know.
  if (known.some(({ truth }) => truth !== undefined && truth > after.length)) return undefined;
  if (known.some(({ line, truth, touched }) => !touched && truth !== undefined && before[line - 1] !== after[truth - 1])) return undefined;
  const lines: (typeof known)[number][] = [];
  while (lines.length < LINES_PER_FILE && known.length > 0) lines.push(...known.splice(random.int(0, known.length - 1), 1));
  return { path, before, after, lines };
}

interface Track {
  /** 0-based line. */
  readonly at: number | 'gone' | 'unknown';
  readonly touched: boolean;
}

interface Hunk {
  readonly oldFrom: number;
  readonly newFrom: number;
  readonly removed: string[];
  readonly added: string[];
}

function hunksOf(patch: string): Hunk[] {
  const hunks: Hunk[] = [];
  for (const line of patch.split('\n')) {
    const header = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line);
    if (header) {
      // With a count of 0 the number is that of the line before.
      const from = (number: string | undefined, count: string | undefined): number => Number(number) - (count === '0' ? 0 : 1);
      hunks.push({ oldFrom: from(header[1], header[2]), newFrom: from(header[3], header[4]), removed: [], added: [] });
    } else if (line.startsWith('-')) hunks.at(-1)?.removed.push(line.slice(1));
    else if (line.startsWith('+')) hunks.at(-1)?.added.push(line.slice(1));
  }
  return hunks;
}

/** The fate of one line in one commit. */
function step(track: Track, hunks: readonly Hunk[]): Track {
  const { at } = track;
  if (typeof at === 'string') return track;
  let shift = 0;
  for (const hunk of hunks) {
    if (at < hunk.oldFrom) break;
    if (at < hunk.oldFrom + hunk.removed.length) return { at: inHunk(hunk, at - hunk.oldFrom, hunks), touched: true };
    shift = hunk.newFrom + hunk.added.length - (hunk.oldFrom + hunk.removed.length);
  }
  return { at: at + shift, touched: track.touched };
}

function inHunk(hunk: Hunk, index: number, hunks: readonly Hunk[]): number | 'gone' | 'unknown' {
  const text = hunk.removed[index] as string;
  const words = wordsOf(text);
  if (words.length < 2) return 'unknown';
  const everywhere = hunks.flatMap((other) => other.added.map((line, k) => ({ line, at: other.newFrom + k, here: other === hunk, k })));
  const same = everywhere.filter(({ line }) => bare(line) === bare(text));
  const rivals = hunks.flatMap((other) => other.removed).filter((line) => bare(line) === bare(text)).length;
  if (same.length > 0) return same.length === 1 && rivals === 1 ? (same[0]?.at ?? 'unknown') : 'unknown';
  const overlaps = everywhere.map((place) => ({ ...place, overlap: overlap(words, wordsOf(place.line)) })).sort((x, y) => y.overlap - x.overlap);
  const [best, second] = overlaps;
  if (!best || best.overlap < 0.2) return 'gone';
  const clear = best.overlap >= 0.6 && best.overlap - (second?.overlap ?? 0) >= 0.15;
  if (!best.here || !clear) return 'unknown';
  const better = hunk.removed.some((line, k) => k !== index && overlap(wordsOf(line), wordsOf(best.line)) >= best.overlap);
  return better ? 'unknown' : best.at;
}

/** A line without white space: realigning a table or re-indenting is no new text. */
function bare(line: string): string {
  return line.replace(/\s+/g, '');
}

function wordsOf(line: string): string[] {
  return line.match(/\w+/g) ?? [];
}

/** Shared words, each counted as often as it occurs on both sides, 0 to 1. */
function overlap(a: readonly string[], b: readonly string[]): number {
  const left = [...b];
  let common = 0;
  for (const word of a) {
    const at = left.indexOf(word);
    if (at < 0) continue;
    left.splice(at, 1);
    common++;
  }
  return a.length + b.length === 0 ? 0 : (2 * common) / (a.length + b.length);
}

/** Tallies over all sampled lines, and over those that some commit touched or deleted. */
export function judgeHistory(cases: readonly HistoryCase[], methods = METHODS): { all: Map<string, Tally>; touched: Map<string, Tally> } {
  const tallies = (): Map<string, Tally> => new Map(Object.keys(methods).map((name) => [name, new Tally()]));
  const result = { all: tallies(), touched: tallies() };
  for (const { before, after, lines } of cases) {
    for (const [name, method] of Object.entries(methods)) {
      const answers = method(before, after, lines.map(({ line }) => line));
      for (const [i, { truth, touched }] of lines.entries()) {
        result.all.get(name)?.count(answers[i], truth);
        if (touched) result.touched.get(name)?.count(answers[i], truth);
      }
    }
  }
  return result;
}
