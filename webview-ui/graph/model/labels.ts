/** Which titles can be written without covering each other. */

export interface LabelWish {
  readonly place: number;
  /** Pixels: the middle of the note, its radius, and the width of its title. */
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly width: number;
}

export interface Label {
  readonly place: number;
  /** Pixels: the left end, and the middle of the line. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

export const LINE = 15;
const GAP = 4;
/** Of the grid that finds what is in the way. */
const CELL = 64;

/**
 * Labels to the right of their notes, else to the left, below or above.
 * @param wishes The most important first: they get their place before others.
 * @param right Where the picture ends; it begins at 0. No label is cut off.
 */
export function placedLabels(wishes: Iterable<LabelWish>, most: number, right: number): Label[] {
  const taken = new Map<number, [number, number, number, number][]>();
  const cells = function* (left: number, top: number, end: number, bottom: number) {
    for (let cy = Math.floor(top / CELL); cy <= Math.floor(bottom / CELL); cy++) for (let cx = Math.floor(left / CELL); cx <= Math.floor(end / CELL); cx++) yield cy * 4096 + cx;
  };
  const isFree = (left: number, top: number, end: number, bottom: number) => {
    if (left < 0 || end > right) return false;
    for (const cell of cells(left, top, end, bottom)) for (const [l, t, r, b] of taken.get(cell) ?? []) if (left < r && end > l && top < b && bottom > t) return false;
    return true;
  };
  const labels: Label[] = [];
  for (const { place, x, y, radius, width } of wishes) {
    if (labels.length >= most) break;
    const spots: readonly (readonly [number, number])[] = [[x + radius + GAP, y], [x - radius - GAP - width, y], [x - width / 2, y + radius + LINE / 2 + 2], [x - width / 2, y - radius - LINE / 2 - 2]];
    const spot = spots.find(([left, middle]) => isFree(left - GAP, middle - LINE / 2, left + width + GAP, middle + LINE / 2));
    if (!spot) continue;
    const [left, middle] = spot;
    const box: [number, number, number, number] = [left - GAP, middle - LINE / 2, left + width + GAP, middle + LINE / 2];
    for (const cell of cells(...box)) taken.set(cell, [...(taken.get(cell) ?? []), box]);
    labels.push({ place, x: left, y: middle, width });
  }
  return labels;
}
