/** What is drawn of the prompts in view: all, or the largest of each small cell. */

export interface Points {
  /** Place on the axis by position, rising. */
  readonly x: Float64Array;
  /** Row in the columns by position; without, the position is the row. */
  readonly rows: Uint32Array | undefined;
  readonly project: Uint16Array;
  readonly radius: Uint8Array;
  /** By row: 0 hidden, 1 dimmed, 2 lit. */
  readonly visibility: Uint8Array;
}

export interface Frame {
  /** Visible stretch of the axis and the pixels it has. */
  readonly from: number;
  readonly to: number;
  readonly width: number;
  readonly laneOf: Uint16Array;
  readonly laneCount: number;
}

/** By row, in CSS pixels. */
export interface Sizes {
  readonly radius: Uint8Array;
  /** From the middle of the lane, downwards. */
  readonly offset: Int8Array;
  readonly laneHeight: number;
}

/** Bubbles to draw, columns of equal length; those drawn first come first. */
export interface Bubbles {
  count: number;
  row: Uint32Array;
  /** Pixels from the left edge. */
  x: Float64Array;
  lane: Uint16Array;
  /** How many prompts it stands for. */
  size: Uint32Array;
  /** Prompts in view, by project; hidden ones are not counted. */
  inView: Uint32Array;
  /** Prompts in view that are not hidden, and those of them that are lit. */
  total: number;
  lit: number;
  /** Whether some stand for several. */
  clustered: boolean;
}

/** Below this many prompts in view every one is drawn. */
export const detailLimit = 5000;
export const cellWidth = 6;

/** Arrays that frames share, because two megabytes of new arrays for each would be seen. */
export class LevelOfDetail {
  #best = new Int32Array(0);
  #sizes = new Uint32Array(0);
  #order = new Uint32Array(0);
  readonly #bubbles: Bubbles = { count: 0, row: new Uint32Array(0), x: new Float64Array(0), lane: new Uint16Array(0), size: new Uint32Array(0), inView: new Uint32Array(0), total: 0, lit: 0, clustered: false };

  /** @returns arrays that are valid until the next call. */
  bubbles(points: Points, frame: Frame, low: number, high: number): Bubbles {
    const scale = frame.width / (frame.to - frame.from);
    const found = this.#prepare(frame.laneOf.length);
    if (high - low <= detailLimit) this.#everyOne(points, frame, low, high, scale, found);
    else this.#largestOfEachCell(points, frame, low, high, scale, found);
    this.#largestFirst(points, found);
    return found;
  }

  #prepare(projects: number): Bubbles {
    const found = this.#bubbles;
    if (found.inView.length !== projects) found.inView = new Uint32Array(projects);
    else found.inView.fill(0);
    found.count = 0;
    found.total = 0;
    found.lit = 0;
    found.clustered = false;
    return found;
  }

  #everyOne({ x, rows, project, visibility }: Points, { from, laneOf }: Frame, low: number, high: number, scale: number, found: Bubbles): void {
    grow(found, high - low);
    for (let i = low; i < high; i++) {
      const row = rows ? (rows[i] ?? 0) : i;
      const seen = visibility[row] ?? 0;
      if (seen === 0) continue;
      if (seen === 2) found.lit++;
      const at = project[row] ?? 0;
      found.inView[at] = (found.inView[at] ?? 0) + 1;
      const n = found.count++;
      found.row[n] = row;
      found.x[n] = ((x[i] ?? 0) - from) * scale;
      found.lane[n] = laneOf[at] ?? 0;
      found.size[n] = 1;
    }
    found.total = found.count;
  }

  /** Cells hang on the axis, not on the screen: while it is dragged they stay the same. */
  #largestOfEachCell({ x, rows, project, radius, visibility }: Points, { from, to, width, laneOf, laneCount }: Frame, low: number, high: number, scale: number, found: Bubbles): void {
    const first = Math.floor((from * scale) / cellWidth) - 8;
    const columns = Math.floor((to * scale) / cellWidth) + 8 - first + Math.ceil(width / 1e6);
    const cells = columns * laneCount;
    if (this.#best.length < cells) {
      this.#best = new Int32Array(cells);
      this.#sizes = new Uint32Array(cells);
    }
    const best = this.#best.fill(-1, 0, cells);
    const sizes = this.#sizes.fill(0, 0, cells);
    const inView = found.inView;
    const perCell = scale / cellWidth;
    let total = 0;
    let litOnes = 0;
    for (let i = low; i < high; i++) {
      const row = rows ? (rows[i] ?? 0) : i;
      const seen = visibility[row] ?? 0;
      if (seen === 0) continue;
      total++;
      if (seen === 2) litOnes++;
      const at = project[row] ?? 0;
      inView[at] = (inView[at] ?? 0) + 1;
      const column = Math.floor((x[i] ?? 0) * perCell) - first;
      const cell = (laneOf[at] ?? 0) * columns + (column < 0 ? 0 : column >= columns ? columns - 1 : column);
      sizes[cell] = (sizes[cell] ?? 0) + 1;
      const known = best[cell] ?? -1;
      if (known < 0) {
        best[cell] = i;
        continue;
      }
      const other = rows ? (rows[known] ?? 0) : known;
      const lit = visibility[other] ?? 0;
      if (seen > lit || (seen === lit && (radius[row] ?? 0) > (radius[other] ?? 0))) best[cell] = i;
    }
    found.total = total;
    found.lit = litOnes;
    found.clustered = true;
    grow(found, Math.min(cells, high - low));
    for (let cell = 0; cell < cells; cell++) {
      const i = best[cell] ?? -1;
      if (i < 0) continue;
      const n = found.count++;
      found.row[n] = rows ? (rows[i] ?? 0) : i;
      found.x[n] = ((x[i] ?? 0) - from) * scale;
      found.lane[n] = Math.floor(cell / columns);
      found.size[n] = sizes[cell] ?? 0;
    }
  }

  /** Dimmed ones lie below lit ones, large ones below small ones: a sort by counting. */
  #largestFirst({ radius, visibility }: Points, found: Bubbles): void {
    const { count, row } = found;
    const rank = (n: number) => ((visibility[row[n] ?? 0] ?? 0) >= 2 ? 256 : 0) + 255 - (radius[row[n] ?? 0] ?? 0);
    const starts = new Uint32Array(513);
    for (let n = 0; n < count; n++) {
      const at = rank(n) + 1;
      starts[at] = (starts[at] ?? 0) + 1;
    }
    for (let i = 1; i < 513; i++) starts[i] = (starts[i] ?? 0) + (starts[i - 1] ?? 0);
    if (this.#order.length < count) this.#order = new Uint32Array(count * 2);
    const order = this.#order;
    for (let n = 0; n < count; n++) {
      const at = rank(n);
      const place = starts[at] ?? 0;
      order[place] = n;
      starts[at] = place + 1;
    }
    found.row = permuted(found.row, order, count);
    found.x = permuted(found.x, order, count);
    found.lane = permuted(found.lane, order, count);
    found.size = permuted(found.size, order, count);
  }
}

function permuted<T extends Uint32Array | Float64Array | Uint16Array>(values: T, order: Uint32Array, count: number): T {
  const copy = values.slice(0, count);
  for (let n = 0; n < count; n++) values[n] = copy[order[n] ?? 0] ?? 0;
  return values;
}

function grow(found: Bubbles, count: number): void {
  if (found.row.length >= count) return;
  found.row = new Uint32Array(count);
  found.x = new Float64Array(count);
  found.lane = new Uint16Array(count);
  found.size = new Uint32Array(count);
}

/**
 * The bubble under a point, or -1: of those that reach it the uppermost one whose middle is nearest.
 * @param y Pixels from the top of the lanes.
 */
export function bubbleAt(bubbles: Bubbles, { radius, offset, laneHeight }: Sizes, x: number, y: number, slack = 3): number {
  let best = -1;
  let nearest = Infinity;
  for (let n = bubbles.count - 1; n >= 0; n--) {
    const dx = (bubbles.x[n] ?? 0) - x;
    if (dx > 24 || dx < -24) continue;
    const row = bubbles.row[n] ?? 0;
    const dy = ((bubbles.lane[n] ?? 0) + 0.5) * laneHeight + (offset[row] ?? 0) - y;
    const reach = (radius[row] ?? 0) + slack;
    const distance = dx * dx + dy * dy;
    if (distance <= reach * reach && distance < nearest) {
      nearest = distance;
      best = n;
    }
  }
  return best;
}

/** Of the bubbles that stand for several, those whose count is written: the largest of each stretch of a lane. */
export function labelled(bubbles: Bubbles, spacing = 40): number[] {
  const best = new Map<number, number>();
  for (let n = 0; n < bubbles.count; n++) {
    const size = bubbles.size[n] ?? 0;
    if (size < 2) continue;
    const cell = (bubbles.lane[n] ?? 0) * 100_000 + Math.floor((bubbles.x[n] ?? 0) / spacing) + 1000;
    const known = best.get(cell);
    if (known === undefined || size > (bubbles.size[known] ?? 0)) best.set(cell, n);
  }
  // Neighbours of two stretches can still touch: the smaller one stays silent.
  const chosen = [...best.values()].sort((a, b) => (bubbles.lane[a] ?? 0) - (bubbles.lane[b] ?? 0) || (bubbles.x[a] ?? 0) - (bubbles.x[b] ?? 0));
  const kept: number[] = [];
  for (const n of chosen) {
    const last = kept.at(-1);
    if (last === undefined || bubbles.lane[last] !== bubbles.lane[n] || (bubbles.x[n] ?? 0) - (bubbles.x[last] ?? 0) >= spacing * 0.7) kept.push(n);
    else if ((bubbles.size[n] ?? 0) > (bubbles.size[last] ?? 0)) kept[kept.length - 1] = n;
  }
  return kept;
}
