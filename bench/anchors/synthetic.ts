import type { SourceFile } from './corpus.ts';
import { corpus } from './corpus.ts';
import type { MarkedLine } from './edits.ts';
import { EDITS } from './edits.ts';
import { METHODS } from './methods.ts';
import { SeededRandom } from './random.ts';
import { Tally } from './tally.ts';

export interface Trial {
  readonly file: string;
  readonly kind: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** 1-based. */
  readonly line: number;
  /** 1-based; undefined when it is gone. */
  readonly truth: number | undefined;
  /** For every line of `after` the 0-based line of `before` that it descends from, or -1. */
  readonly origins: readonly number[];
}

/**
 * Every second file is for tuning, the others are for reporting; no file is in both.
 * @param perKind Edits of each kind per file.
 */
export function trials(half: 'tune' | 'report', perKind: number): Trial[] {
  const all = corpus();
  const files = all.filter((_, i) => (i % 2 === 0) === (half === 'tune'));
  return files.flatMap((file, index) => trialsOn(file, foreignTo(file, all), perKind, 1000 * index + (half === 'tune' ? 1 : 2)));
}

function foreignTo(file: SourceFile, all: readonly SourceFile[]): SourceFile {
  const peers = all.filter((other) => other.language === file.language);
  return peers[(peers.indexOf(file) + 2) % peers.length] as SourceFile;
}

function trialsOn(file: SourceFile, foreign: SourceFile, perKind: number, seed: number): Trial[] {
  const random = new SeededRandom(seed);
  const commentable = file.lines.flatMap((text, i) => (text.trim() === '' ? [] : [i]));
  return Object.entries(EDITS).flatMap(([kind, edit]) =>
    Array.from({ length: perKind }, (): Trial => {
      const at = random.pick(commentable);
      const marked = file.lines.map((text, i): MarkedLine => ({ text, marked: i === at, origin: i }));
      const after = edit(marked, { random, foreign: foreign.lines });
      const truth = after.findIndex((line) => line.marked) + 1;
      return { file: file.path, kind, before: file.lines, after: after.map(({ text }) => text), origins: after.map(({ origin }) => origin), line: at + 1, truth: truth === 0 ? undefined : truth };
    }),
  );
}

/** Runs every method on every trial: tallies by method, over all kinds and for each. */
export function judge(all: readonly Trial[], methods = METHODS): { overall: Map<string, Tally>; byKind: Map<string, Map<string, Tally>> } {
  const overall = new Map(Object.keys(methods).map((name) => [name, new Tally()]));
  const byKind = new Map(Object.keys(EDITS).map((kind) => [kind, new Map(Object.keys(methods).map((name) => [name, new Tally()]))]));
  for (const { kind, before, after, line, truth } of all) {
    for (const [name, method] of Object.entries(methods)) {
      const [answer] = method(before, after, [line]);
      overall.get(name)?.count(answer, truth);
      byKind.get(kind)?.get(name)?.count(answer, truth);
    }
  }
  return { overall, byKind };
}
