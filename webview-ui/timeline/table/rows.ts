/** The order of the table. */
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
