/**
 * Whether work takes time in proportion to its input. A machine can be slow or busy, so no clock is
 * asked how long something took: the same work is measured at one size and at four times that, in
 * CPU time, and only the growth counts.
 */
import assert from 'node:assert/strict';

export interface Work<T> {
  /** The size of the large input; the small one has a fourth of it. Large enough that a loop in a loop over it would be seen. */
  readonly n: number;
  /** An input of that size; not measured. */
  readonly make: (n: number) => T;
  /** What is measured. It is done several times with the same input. */
  readonly run: (input: T) => unknown;
  /** 1: time in proportion to the size. 2: to its square, which then has to be the worst. */
  readonly power?: number;
}

/** The large input is four times the small one. */
const FACTOR = 4;
/** Work that is in proportion grows by 4, that of a loop in a loop by 16: between them, nearer to the latter, as caches and the collector cost a large input more. */
const SLACK = 0.8;
/** So little has no loop in a loop over inputs of such sizes; and it is too little to be compared. */
const NOTHING_MS = 20;
/** The least of several runs counts: all that disturbs adds. */
const FEWEST_ROUNDS = 4;
const MOST_ROUNDS = 12;

/** @throws AssertionError when the time grows by more than that. */
export function proportionate<T>({ n, make, run, power = 1 }: Work<T>): void {
  const [small, large] = [make(Math.ceil(n / FACTOR)), make(n)];
  const most = FACTOR ** (power + SLACK);
  let [least, least4] = [Infinity, Infinity];
  for (let round = 0; round < MOST_ROUNDS; round++) {
    least = Math.min(least, cpuMs(() => run(small)));
    least4 = Math.min(least4, cpuMs(() => run(large)));
    if (least4 <= NOTHING_MS || (round + 1 >= FEWEST_ROUNDS && least4 <= most * least)) return;
  }
  assert.fail(`four times the input takes ${(least4 / least).toFixed(1)} times the time (${least.toFixed(1)} and ${least4.toFixed(1)} ms of CPU), and at most ${most.toFixed(1)} times is expected`);
}

function cpuMs(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
