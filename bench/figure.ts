/** One measured figure, printed as a line of JSON. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** The same in what a user would pick instead, measured in the same run. */
  readonly baseline?: number;
  /** value / baseline. */
  readonly ratio?: number;
  /** How many samples. */
  readonly n: number;
}

/** Median milliseconds of several runs of `work`, after one that warms up. */
export async function medianMs(n: number, work: () => unknown): Promise<number> {
  await work();
  const times: number[] = [];
  for (let i = 0; i < n; i++) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  times.sort((a, b) => a - b);
  return times[Math.floor(n / 2)] ?? NaN;
}

export function figure(name: string, value: number, unit: string, n: number, baseline?: number): Figure {
  const round = (x: number) => Number(x.toPrecision(4));
  return { name, value: round(value), unit, ...(baseline !== undefined && { baseline: round(baseline), ratio: round(value / baseline) }), n };
}
