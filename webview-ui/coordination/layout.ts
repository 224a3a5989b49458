/** Where the nodes of the small graph stand: who waits on the left, for whom on the right. */

export interface Edge {
  readonly from: string;
  readonly to: string;
}

/** A place on the grid: columns from the left, rows from the top. */
export interface Slot {
  readonly column: number;
  readonly row: number;
}

/**
 * Laid out once and then still: a node that had a place keeps it, and one that comes takes a free one.
 * @param before What an earlier call gave; a graph without any of its nodes begins anew.
 */
export function layout(edges: readonly Edge[], before: ReadonlyMap<string, Slot> = new Map()): ReadonlyMap<string, Slot> {
  const ids = [...new Set(edges.flatMap(({ from, to }) => [from, to]))];
  const columns = columnsOf(ids, edges);
  const slots = new Map<string, Slot>();
  for (const id of ids) {
    const kept = before.get(id);
    if (kept) slots.set(id, kept);
  }
  for (const id of [...ids].sort((a, b) => (columns.get(a) ?? 0) - (columns.get(b) ?? 0))) {
    if (slots.has(id)) continue;
    const column = columns.get(id) ?? 0;
    const passing = edges.filter(({ from, to }) => (slots.get(from)?.column ?? column) < column && (slots.get(to)?.column ?? columns.get(to) ?? 0) > column);
    // A line that goes farther runs in the row that it comes from.
    const taken = new Set([...[...slots.values()].filter((slot) => slot.column === column), ...passing.flatMap(({ from }) => slots.get(from) ?? [])].map(({ row }) => row));
    let row = 0;
    while (taken.has(row)) row++;
    slots.set(id, { column, row });
  }
  return slots;
}

/** The length of the longest way that leads to a node. A circle, which the journal refuses, would be cut where it is met again. */
function columnsOf(ids: readonly string[], edges: readonly Edge[]): ReadonlyMap<string, number> {
  const columns = new Map<string, number>();
  const visit = (id: string, way: ReadonlySet<string>): number => {
    const known = columns.get(id);
    if (known !== undefined) return known;
    if (way.has(id)) return 0;
    const before = edges.filter(({ to }) => to === id).map(({ from }) => visit(from, new Set([...way, id])) + 1);
    const column = Math.max(0, ...before);
    columns.set(id, column);
    return column;
  };
  for (const id of ids) visit(id, new Set());
  return columns;
}

export type Direction = 'left' | 'right' | 'up' | 'down';

/** Where a key leads: right along an edge to whom it waits for, left to who waits for it, up and down within the column. */
export function walk(edges: readonly Edge[], slots: ReadonlyMap<string, Slot>, id: string, direction: Direction): string | undefined {
  const here = slots.get(id);
  if (!here) return undefined;
  const nearest = (ids: readonly string[]) => ids.map((each) => ({ each, slot: slots.get(each) })).sort((a, b) => Math.abs((a.slot?.row ?? 0) - here.row) - Math.abs((b.slot?.row ?? 0) - here.row))[0]?.each;
  if (direction === 'right') return nearest(edges.filter(({ from }) => from === id).map(({ to }) => to));
  if (direction === 'left') return nearest(edges.filter(({ to }) => to === id).map(({ from }) => from));
  const step = direction === 'down' ? 1 : -1;
  return nearest([...slots].filter(([, slot]) => slot.column === here.column && (slot.row - here.row) * step > 0).map(([each]) => each));
}
