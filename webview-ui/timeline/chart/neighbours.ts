/** Where the arrow keys lead: along a lane by time, and to the nearest prompt of another lane. */
import { lowerBound } from '../model/viewport.ts';

export interface Places {
  /** Rising. */
  readonly x: Float64Array;
  readonly rows: Uint32Array | undefined;
  readonly project: Uint16Array;
  readonly visibility: Uint8Array;
  readonly laneOf: Uint16Array;
  readonly laneCount: number;
}

/** When a search is on, keys go from hit to hit. */
function eligible({ rows, project, visibility, laneOf }: Places, least: number, lane: number | undefined) {
  return (i: number) => {
    const row = rows ? (rows[i] ?? 0) : i;
    return (visibility[row] ?? 0) >= least && (lane === undefined || laneOf[project[row] ?? 0] === lane);
  };
}

const rowAt = ({ rows }: Places, i: number) => (rows ? (rows[i] ?? 0) : i);

/** Position of a row on the axis. @param x its place. */
function positionOf(places: Places, row: number, x: number): number {
  for (let i = lowerBound(places.x, x); i < places.x.length && places.x[i] === x; i++) if (rowAt(places, i) === row) return i;
  return -1;
}

/** The next row of the same lane in a direction; undefined at the end. */
export function alongLane(places: Places, row: number, x: number, by: 1 | -1, least = 1): number | undefined {
  const lane = places.laneOf[places.project[row] ?? 0];
  const fits = eligible(places, least, lane);
  for (let i = positionOf(places, row, x) + by; i >= 0 && i < places.x.length; i += by) if (fits(i)) return rowAt(places, i);
  return undefined;
}

/** The row nearest in time in the next lane up or down that has any. */
export function acrossLanes(places: Places, row: number, x: number, by: 1 | -1, least = 1): number | undefined {
  for (let lane = (places.laneOf[places.project[row] ?? 0] ?? 0) + by; lane >= 0 && lane < places.laneCount; lane += by) {
    const found = nearest(places, x, least, lane);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The row whose place is nearest; of one lane, or of all. */
export function nearest(places: Places, x: number, least = 1, lane?: number): number | undefined {
  const fits = eligible(places, least, lane);
  const start = lowerBound(places.x, x);
  let after = start;
  while (after < places.x.length && !fits(after)) after++;
  let before = start - 1;
  const limit = after < places.x.length ? 2 * x - (places.x[after] ?? 0) : -Infinity;
  while (before >= 0 && (places.x[before] ?? 0) >= limit && !fits(before)) before--;
  const good = before >= 0 && (places.x[before] ?? 0) >= limit && fits(before);
  if (good) return rowAt(places, before);
  return after < places.x.length ? rowAt(places, after) : undefined;
}

/** The first or last row that may be reached. */
export function endOf(places: Places, which: 'first' | 'last', least = 1): number | undefined {
  const fits = eligible(places, least, undefined);
  const by = which === 'first' ? 1 : -1;
  for (let i = which === 'first' ? 0 : places.x.length - 1; i >= 0 && i < places.x.length; i += by) if (fits(i)) return rowAt(places, i);
  return undefined;
}
