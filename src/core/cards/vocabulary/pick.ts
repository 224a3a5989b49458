/** Which word comes next in a round of vocabulary: chance, but not what was just there. */
import { chanceOf } from '../schedule/fuzz.ts';

export type Direction = 'forward' | 'backward';

/** A word that was asked, and from which side. */
export interface Asked {
  readonly id: string;
  readonly direction: Direction;
}

export interface PickOptions {
  /** The same seed and history pick the same words. */
  readonly seed: string;
  /** How many to pick. */
  readonly count: number;
  /** What was asked before, oldest first; earlier rounds included. */
  readonly history?: readonly Asked[];
  /** So many words asked last do not come again; fewer in a small deck. Default 10. */
  readonly avoid?: number;
  /** Left out: both, a word's two directions in turn. */
  readonly direction?: Direction;
}

/**
 * Picks words one after the other. A word comes again only when at least `avoid` others (in a small
 * deck, half of them) have been asked since; words that were asked less often are likelier.
 */
export function pickWords(ids: readonly string[], { seed, count, history = [], avoid = 10, direction }: PickOptions): Asked[] {
  const words = [...new Set(ids)];
  const recent: string[] = [];
  const apart = Math.max(0, Math.min(avoid, Math.floor(words.length / 2)));
  const times = new Map<string, number>(words.map((id) => [id, 0]));
  const last = new Map<string, Direction>();
  const note = ({ id, direction: side }: Asked): void => {
    recent.push(id);
    if (times.has(id)) times.set(id, (times.get(id) ?? 0) + 1);
    last.set(id, side);
  };
  let drawn = 0;
  const chance = (): number => chanceOf(`${seed} ${drawn++}`);
  history.forEach(note);

  const picked: Asked[] = [];
  while (picked.length < count && words.length > 0) {
    const resting = new Set(apart === 0 ? [] : recent.slice(-apart));
    const free = words.filter((id) => !resting.has(id));
    const fewest = free.reduce((least, id) => Math.min(least, times.get(id) ?? 0), Infinity);
    const weights = free.map((id) => 1 / (1 + (times.get(id) ?? 0) - fewest) ** 2);
    const id = free[weighted(weights, chance())] ?? free[0];
    if (id === undefined) break;
    const before = last.get(id);
    const asked: Asked = { id, direction: direction ?? (before === undefined ? (chance() < 0.5 ? 'forward' : 'backward') : before === 'forward' ? 'backward' : 'forward') };
    note(asked);
    picked.push(asked);
  }
  return picked;
}

function weighted(weights: readonly number[], chance: number): number {
  let left = chance * weights.reduce((sum, weight) => sum + weight, 0);
  return Math.max(0, weights.findIndex((weight) => (left -= weight) < 0));
}
