/** Histories of prompts, from a fixed seed: as long as real ones, with words as unevenly spread. */
import { closeSync, openSync, writeSync } from 'node:fs';

/** Numbers from 0 to 1 (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const VOCABULARY = 30_000;
const consonants = 'bcdfghjklmnprstvw';
const vowels = 'aeiou';

/** The word of that rank. Frequent ones are short, and no two ranks that follow each other begin alike. */
export function word(rank: number): string {
  let rest = (Math.imul(rank + 1, 2654435761) >>> 0) % 4_294_967_291;
  let text = '';
  for (let pairs = 1 + Math.floor(Math.log2(rank + 2) / 4); pairs >= 0; pairs--) {
    text += (consonants[rest % consonants.length] ?? '') + (vowels[Math.floor(rest / consonants.length) % vowels.length] ?? '');
    rest = Math.floor(rest / (consonants.length * vowels.length));
  }
  return text + rank.toString(36);
}

/** Zipf's law: the word of rank r about r times as rare as the first. */
function anyWord(random: () => number): string {
  return word(Math.floor(VOCABULARY ** random()) - 1);
}

export interface GeneratedLine {
  readonly display: string;
  readonly pastedContents: Readonly<Record<string, unknown>>;
  readonly timestamp: number;
  readonly project: string;
  readonly sessionId: string;
}

/** The `n`th line of a history. @param random Advances from line to line. */
export function line(n: number, random: () => number): GeneratedLine {
  const words = 3 + Math.floor(-16 * Math.log(1 - random()));
  return {
    display: Array.from({ length: words }, () => anyWord(random)).join(' '),
    pastedContents: {},
    timestamp: 1_700_000_000_000 + n * 300_000 + Math.floor(random() * 1000),
    project: `/home/user/work/project-${Math.floor(40 * random() ** 2)}`,
    sessionId: `00000000-0000-4000-8000-${String(Math.floor(n / 20)).padStart(12, '0')}`,
  };
}

/** Writes a history of `count` lines. */
export function writeHistory(path: string, count: number, seed = 1): void {
  const random = randomFrom(seed);
  const file = openSync(path, 'w');
  try {
    for (let n = 0; n < count; ) {
      const lines: string[] = [];
      for (let end = Math.min(count, n + 5000); n < end; n++) lines.push(JSON.stringify(line(n, random)));
      writeSync(file, `${lines.join('\n')}\n`);
    }
  } finally {
    closeSync(file);
  }
}
