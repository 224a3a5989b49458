/** Which prompts the filters let through. */
import type { PromptColumns, PromptSet, SearchFilter, Timeline } from '../../../src/protocol/timeline.ts';
import { rowFinder } from './rowFinder.ts';

export interface Filters {
  readonly text: string;
  /** Folders; empty: all. */
  readonly projects: readonly string[];
  /** 0 is unrated; empty: all. */
  readonly ratings: readonly number[];
  readonly agent: string | undefined;
  readonly hasNote: boolean;
  /** Milliseconds, `to` exclusive. */
  readonly from: number | undefined;
  readonly to: number | undefined;
  /** Nothing but these prompts: a topic, a thread, a session. */
  readonly only?: PromptSet | undefined;
}

export const noFilters: Filters = { text: '', projects: [], ratings: [], agent: undefined, hasNote: false, from: undefined, to: undefined, only: undefined };

/** What only the text does not decide. */
export function isFiltered(filters: Filters): boolean {
  return filters.projects.length > 0 || filters.ratings.length > 0 || filters.agent !== undefined || filters.hasNote || filters.from !== undefined || filters.to !== undefined || filters.only !== undefined;
}

export function searchFilter({ text, projects, ratings, agent, hasNote, from, to }: Filters): SearchFilter {
  return { text: text.trim(), projects, ratings, ...(agent !== undefined && { agent }), ...(from !== undefined && { from }), ...(to !== undefined && { to }), ...(hasNote && { hasNote: true }) };
}

/**
 * By row: 0 hidden by a filter, 1 dimmed because the search did not find it, 2 lit.
 * @param hits Ids that the search found; undefined when nothing is searched.
 */
export function visibility(timeline: Timeline, filters: Filters, hits: Uint32Array | undefined): Uint8Array {
  const { prompts } = timeline;
  const result = new Uint8Array(prompts.count).fill(hits ? 1 : 2);
  if (isFiltered(filters)) hideFiltered(timeline, filters, result);
  if (hits) light(prompts, hits, result);
  return result;
}

function hideFiltered({ prompts, projects, agents }: Timeline, filters: Filters, result: Uint8Array): void {
  const folders = new Set(filters.projects);
  const projectHidden = Uint8Array.from(projects, ({ path }) => (folders.size > 0 && !folders.has(path) ? 1 : 0));
  const agentHidden = Uint8Array.from(agents, (agent) => (filters.agent !== undefined && filters.agent !== agent ? 1 : 0));
  const ratingHidden = new Uint8Array(256);
  if (filters.ratings.length > 0) {
    ratingHidden.fill(1);
    for (const rating of filters.ratings) ratingHidden[rating] = 0;
  }
  const only = filters.only && new Set(filters.only.ids);
  const from = filters.from ?? -Infinity;
  const to = filters.to ?? Infinity;
  for (let row = 0; row < prompts.count; row++) {
    const at = prompts.at[row] ?? 0;
    const hidden =
      projectHidden[prompts.project[row] ?? 0] === 1 ||
      agentHidden[prompts.agent[row] ?? 0] === 1 ||
      ratingHidden[prompts.rating[row] ?? 0] === 1 ||
      (filters.hasNote && ((prompts.flags[row] ?? 0) & 1) === 0) ||
      at < from ||
      at >= to ||
      only?.has(prompts.id[row] ?? 0) === false;
    if (hidden) result[row] = 0;
  }
}

function light(prompts: PromptColumns, hits: Uint32Array, result: Uint8Array): void {
  const rowOf = rowFinder(prompts.id);
  for (const id of hits) {
    const row = rowOf(id);
    if (row >= 0 && result[row] !== 0) result[row] = 2;
  }
}
