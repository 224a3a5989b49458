import { setTimeout as delay } from 'node:timers/promises';
import { figure, type Figure } from '../figure.ts';

export function percentile(times: readonly number[], share: number): number {
  return times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))] ?? NaN;
}

/** The median and the 95th percentile, each against that of the baseline. */
export function spread(name: string, times: readonly number[], baseline?: readonly number[]): Figure[] {
  return ([0.5, 0.95] as const).map((share) => figure(`${name}_p${share * 100}`, percentile(times, share), 'ms', times.length, baseline && percentile(baseline, share)));
}

/** @returns milliseconds. */
export async function timed(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

export interface Blocked {
  readonly took: number;
  /** How long this thread was on a processor in all. */
  readonly worked: number;
  /** The longest time for which nobody else could go, in milliseconds, */
  readonly longest: number;
  /** and of that which this thread was on a processor: other programs have no part in it. */
  readonly onProcessor: number;
}

const TICK_MS = 1;

/** Watches, with a timer of a millisecond, how long `work` keeps others waiting. */
export async function blocking(work: () => Promise<unknown>): Promise<Blocked> {
  let [longest, onProcessor] = [0, 0];
  let [at, used] = [performance.now(), process.threadCpuUsage()];
  const look = () => {
    const now = performance.now();
    const { user, system } = process.threadCpuUsage(used);
    longest = Math.max(longest, now - at - TICK_MS);
    onProcessor = Math.max(onProcessor, (user + system) / 1000);
    [at, used] = [now, process.threadCpuUsage()];
  };
  const timer = setInterval(look, TICK_MS);
  try {
    await delay(5);
    [longest, onProcessor] = [0, 0];
    const before = process.threadCpuUsage();
    const took = await timed(work);
    const { user, system } = process.threadCpuUsage();
    await delay(5);
    return { took, worked: (user + system - before.user - before.system) / 1000, longest, onProcessor };
  } finally {
    clearInterval(timer);
  }
}
