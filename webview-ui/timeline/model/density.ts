/** How many prompts fall into each of equally long stretches. */
import type { Span } from '../../shared/dates.ts';

/**
 * @param shown By row: 0 is not counted.
 * @returns counts by bin, and of those that are lit.
 */
export function density(at: Float64Array, shown: Uint8Array, span: Span, bins: number): { readonly all: Uint32Array; readonly lit: Uint32Array; readonly most: number } {
  const all = new Uint32Array(bins);
  const lit = new Uint32Array(bins);
  const scale = bins / Math.max(1, span.to - span.from);
  let most = 0;
  for (let row = 0; row < at.length; row++) {
    const seen = shown[row] ?? 0;
    if (seen === 0) continue;
    const bin = Math.floor(((at[row] ?? 0) - span.from) * scale);
    if (bin < 0 || bin >= bins) continue;
    const n = (all[bin] ?? 0) + 1;
    all[bin] = n;
    if (n > most) most = n;
    if (seen === 2) lit[bin] = (lit[bin] ?? 0) + 1;
  }
  return { all, lit, most };
}
