/** From the id of a prompt to its row. */
import { lowerBound } from './viewport.ts';

/** Ids mostly rise with time; then nothing has to be built, which a million of them would make felt. @returns -1 for an unknown id. */
export function rowFinder(ids: Uint32Array): (id: number) => number {
  let rising = true;
  for (let row = 1; row < ids.length && rising; row++) rising = (ids[row] ?? 0) > (ids[row - 1] ?? 0);
  if (rising) {
    return (id) => {
      const row = lowerBound(ids, id);
      return ids[row] === id ? row : -1;
    };
  }
  const rows = new Map<number, number>();
  for (let row = 0; row < ids.length; row++) rows.set(ids[row] ?? 0, row);
  return (id) => rows.get(id) ?? -1;
}
