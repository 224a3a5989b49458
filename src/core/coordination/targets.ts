/**
 * What can be claimed: a file, a folder with all in it, or a glob. Two targets overlap when there could
 * be a path that is in both; that is decided on the patterns alone, so it holds for files yet to come.
 */
export interface Target {
  readonly kind: 'file' | 'folder' | 'glob';
  /**
   * Relative to the work tree's top, with '/' between the parts. In a glob, `*` and `?` stand for
   * characters of one part, `**` for any number of parts. Square brackets are themselves: files such as
   * `[id].tsx` are common.
   */
  readonly path: string;
}

export function sameTarget(a: Target, b: Target): boolean {
  return a.kind === b.kind && a.path === b.path;
}

/** Whether there could be a path in both. */
export function overlaps(a: Target, b: Target): boolean {
  if (a.kind !== 'glob' && b.kind !== 'glob') return isAtOrBelow(a.path, b.path) || isAtOrBelow(b.path, a.path);
  return partsMeet(partsOf(a), partsOf(b), 0, 0);
}

/** Whether everything in `inner` is in `outer`, as far as that is plain to see. */
export function covers(outer: Target, inner: Target): boolean {
  if (sameTarget(outer, inner)) return true;
  if (outer.kind === 'folder') return inner.path.startsWith(`${outer.path}/`) && (inner.kind !== 'glob' || !wild(inner.path.slice(0, outer.path.length)));
  return outer.kind === 'glob' && inner.kind === 'file' && overlaps(outer, inner);
}

/** `src/`, `src/a.ts`, `src/*.ts`: as a user wrote it. */
export function targetText({ kind, path }: Target): string {
  return kind === 'folder' ? `${path}/` : path;
}

export function wild(text: string): boolean {
  return /[*?]/.test(text);
}

/** Whatever the upper one is: a path that is not there yet is called a file, and may become a folder. */
function isAtOrBelow(path: string, upper: string): boolean {
  return path === upper || (path.length > upper.length && path.startsWith(upper) && path[upper.length] === '/');
}

interface Part {
  readonly text: string;
  readonly literal: boolean;
}

const ANY = '**';

function partsOf({ kind, path }: Target): readonly Part[] {
  const parts = path.split('/').map((text) => ({ text, literal: kind !== 'glob' || !wild(text) }));
  return kind === 'folder' ? [...parts, { text: ANY, literal: false }] : parts;
}

const isAny = (part: Part) => !part.literal && part.text === ANY;

/** Whether the rests of two patterns have a path in common; `**` takes no part or one more. */
function partsMeet(a: readonly Part[], b: readonly Part[], i: number, j: number): boolean {
  // One flag for each pair of rests: patterns full of `**` would else take exponential time.
  const seen = new Set<number>();
  const meet = (i: number, j: number): boolean => {
    const key = i * (b.length + 1) + j;
    if (seen.has(key)) return false;
    seen.add(key);
    const [x, y] = [a[i], b[j]];
    if (x === undefined && y === undefined) return true;
    if (x !== undefined && isAny(x)) return meet(i + 1, j) || (y !== undefined && meet(i, j + 1));
    if (y !== undefined && isAny(y)) return meet(i, j + 1) || (x !== undefined && meet(i + 1, j));
    return x !== undefined && y !== undefined && partMeets(x, y) && meet(i + 1, j + 1);
  };
  return meet(i, j);
}

/** Whether two parts have a name in common. */
function partMeets(x: Part, y: Part): boolean {
  if (x.literal && y.literal) return x.text === y.text;
  const [a, b] = [Array.from(x.text), Array.from(y.text)];
  const star = (part: Part, c: string | undefined) => !part.literal && c === '*';
  const one = (part: Part, c: string | undefined) => !part.literal && c === '?';
  const seen = new Set<number>();
  const meet = (i: number, j: number): boolean => {
    const key = i * (b.length + 1) + j;
    if (seen.has(key)) return false;
    seen.add(key);
    const [c, d] = [a[i], b[j]];
    if (c === undefined && d === undefined) return true;
    if (star(x, c)) return meet(i + 1, j) || (d !== undefined && meet(i, j + 1));
    if (star(y, d)) return meet(i, j + 1) || (c !== undefined && meet(i + 1, j));
    if (c === undefined || d === undefined) return false;
    return (c === d || one(x, c) || one(y, d)) && meet(i + 1, j + 1);
  };
  return meet(0, 0);
}
