/** Which project has which lane. */

export interface Lanes {
  /** Projects by lane, from the top. */
  readonly order: readonly number[];
  /** Lane by project; projects without one have the lane below the last, which all others share. */
  readonly laneOf: Uint16Array;
  /** Whether the shared lane is there. */
  readonly others: boolean;
}

/**
 * Ranks lanes anew without jumping: a project that is still among the `places` most frequent ones keeps
 * its lane. New ones take free lanes below first, then those of projects that dropped out, most frequent first.
 * A project that has nothing in view keeps its lane until somebody needs it.
 * @param counts Prompts in view, by project.
 * @param totals Prompts in all, by project; decides among equals.
 */
export function rerank(previous: readonly number[], counts: ArrayLike<number>, totals: ArrayLike<number>, places: number): number[] {
  const inView: number[] = [];
  for (let project = 0; project < counts.length; project++) if ((counts[project] ?? 0) > 0) inView.push(project);
  inView.sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || (totals[b] ?? 0) - (totals[a] ?? 0) || a - b);
  const top = new Set(inView.slice(0, places));
  const order = previous.slice(0, places);
  const shown = new Set(order);
  const entrants = [...top].filter((project) => !shown.has(project));
  while (order.length < places && entrants.length > 0) order.push(entrants.shift() ?? 0);
  for (let lane = 0; lane < order.length && entrants.length > 0; lane++) {
    if (!top.has(order[lane] ?? -1)) order[lane] = entrants.shift() ?? 0;
  }
  return order;
}

/** @param counts Prompts in view, by project. */
export function lanesOf(order: readonly number[], counts: ArrayLike<number>): Lanes {
  const laneOf = new Uint16Array(counts.length).fill(order.length);
  order.forEach((project, lane) => (laneOf[project] = lane));
  let others = false;
  for (let project = 0; project < counts.length; project++) others ||= laneOf[project] === order.length && (counts[project] ?? 0) > 0;
  return { order, laneOf, others };
}

const narrowest = 34;
const widest = 64;

/** Height of a lane and how many there are, in CSS pixels; the height depends on nothing that moves. */
export function laneLayout(height: number, projects: number): { readonly laneHeight: number; readonly places: number } {
  const laneHeight = Math.floor(Math.max(narrowest, Math.min(widest, height / Math.max(1, projects))));
  const fits = Math.max(1, Math.floor(height / laneHeight));
  return { laneHeight, places: projects <= fits ? projects : Math.max(1, fits - 1) };
}
