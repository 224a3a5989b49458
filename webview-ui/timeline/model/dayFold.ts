/** All days over 24 hours: each prompt at its time of day by the local clock. */
import { minute } from '../../shared/dates.ts';

const quarter = 15 * minute;
export const wholeDay = 86_400_000;

export interface Folded {
  /** Milliseconds after midnight by the clock on the wall, rising. */
  readonly x: Float64Array;
  /** The row of each. */
  readonly rows: Uint32Array;
}

/**
 * @param at Rising.
 * @param offsetAt Minutes that local time is behind UTC, as `Date.getTimezoneOffset`. It is asked once for each
 * quarter of an hour that has prompts, because clocks change at these only.
 */
export function foldDays(at: Float64Array, offsetAt: (at: number) => number): Folded {
  const time = new Float64Array(at.length);
  let bucket = NaN;
  let shift = 0;
  for (let row = 0; row < at.length; row++) {
    const moment = at[row] ?? 0;
    const its = Math.floor(moment / quarter);
    if (its !== bucket) {
      bucket = its;
      const offset = offsetAt(moment);
      shift = Number.isFinite(offset) ? offset * minute : 0;
    }
    time[row] = (((moment - shift) % wholeDay) + wholeDay) % wholeDay;
  }
  return sortByTime(time);
}

/** By counting minutes, then within each minute: a comparison sort of a million rows would be felt. */
function sortByTime(time: Float64Array): Folded {
  const starts = new Uint32Array(1441);
  for (const t of time) starts[Math.floor(t / minute) + 1] = (starts[Math.floor(t / minute) + 1] ?? 0) + 1;
  for (let i = 1; i <= 1440; i++) starts[i] = (starts[i] ?? 0) + (starts[i - 1] ?? 0);
  const next = starts.slice();
  const rows = new Uint32Array(time.length);
  for (let row = 0; row < time.length; row++) {
    const bucket = Math.floor((time[row] ?? 0) / minute);
    const place = next[bucket] ?? 0;
    rows[place] = row;
    next[bucket] = place + 1;
  }
  for (let i = 0; i < 1440; i++) rows.subarray(starts[i], starts[i + 1]).sort((a, b) => (time[a] ?? 0) - (time[b] ?? 0) || a - b);
  return { rows, x: Float64Array.from(rows, (row) => time[row] ?? 0) };
}
