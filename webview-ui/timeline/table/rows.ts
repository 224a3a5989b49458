/** The order of the table, and which of its rows are on the screen. */
import type { Timeline } from '../../../src/protocol/timeline.ts';

export type SortKey = 'at' | 'project' | 'length' | 'rating';
export interface Sorting {
  readonly key: SortKey;
  readonly descending: boolean;
}

/** Rows of the columns that are lit, in the wanted order; equal ones newest first. */
export function sortedRows({ prompts, projects }: Timeline, visibility: Uint8Array, { key, descending }: Sorting): Uint32Array {
  const rows = new Uint32Array(prompts.count);
  let n = 0;
  for (let row = prompts.count - 1; row >= 0; row--) if (visibility[row] === 2) rows[n++] = row;
  const result = rows.subarray(0, n);
  if (key === 'at') return descending ? result : result.reverse();
  const values = key === 'length' ? prompts.length : key === 'rating' ? prompts.rating : ranks(prompts.project, projects.map(({ label }) => label));
  const sign = descending ? -1 : 1;
  return result.sort((a, b) => sign * ((values[a] ?? 0) - (values[b] ?? 0)) || b - a);
}

/** Places of the projects in the alphabet, by row. */
function ranks(project: Uint16Array, labels: readonly string[]): Uint32Array {
  const order = labels.map((label, i) => ({ label, i })).sort((a, b) => a.label.localeCompare(b.label) || a.i - b.i);
  const rank = new Uint32Array(labels.length);
  order.forEach(({ i }, place) => (rank[i] = place));
  return Uint32Array.from(project, (one) => rank[one] ?? 0);
}

/** Browsers have no taller elements. */
const tallest = 8_000_000;

/** Height of everything that can be scrolled. */
export const fullHeight = (rows: number, rowHeight: number): number => Math.min(tallest, rows * rowHeight);

/**
 * The rows on the screen. In a table that is taller than an element can be, the scroll bar goes in larger steps.
 * @returns the first row, how many, and where the first one stands.
 */
export function visibleRows(rows: number, rowHeight: number, scrollTop: number, viewHeight: number): { readonly first: number; readonly count: number; readonly top: number } {
  const count = Math.min(rows, Math.ceil(viewHeight / rowHeight) + 2);
  const whole = rows * rowHeight;
  if (whole <= tallest) {
    const first = Math.max(0, Math.min(rows - count, Math.floor(scrollTop / rowHeight)));
    return { first, count, top: first * rowHeight };
  }
  const share = scrollTop / Math.max(1, tallest - viewHeight);
  const exact = share * (whole - viewHeight);
  const first = Math.max(0, Math.min(rows - count, Math.floor(exact / rowHeight)));
  return { first, count, top: scrollTop - (exact - first * rowHeight) };
}

/** Where to scroll so that a row is seen; undefined when it is. */
export function scrollTo(row: number, rows: number, rowHeight: number, scrollTop: number, viewHeight: number): number | undefined {
  const whole = rows * rowHeight;
  const factor = whole <= tallest ? 1 : (tallest - viewHeight) / (whole - viewHeight);
  const exact = scrollTop / factor;
  if (row * rowHeight < exact) return row * rowHeight * factor;
  if ((row + 1) * rowHeight > exact + viewHeight) return ((row + 1) * rowHeight - viewHeight) * factor;
  return undefined;
}
