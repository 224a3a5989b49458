import type { Marks } from './marks.ts';
import type { PromptFilter } from './model.ts';
import { flagBits, type PromptTable } from './table.ts';

/** Whether a row fits all of a filter but its text. */
export function rowFilter(table: PromptTable, marks: Marks, filter: PromptFilter): (row: number) => boolean {
  const { from = -Infinity, to = Infinity, minRating = 0 } = filter;
  const chosen = (names: readonly string[] | undefined, known: { find(name: string): number | undefined }) => (names === undefined || names.length === 0 ? undefined : new Set(names.map((name) => known.find(name))));
  const projects = chosen(filter.projects, table.projects);
  const agents = chosen(filter.agent === undefined ? [] : [filter.agent], table.agents);
  const sessions = chosen(filter.session === undefined ? [] : [filter.session], table.sessions);
  const ratings = filter.ratings === undefined || filter.ratings.length === 0 ? undefined : new Set(filter.ratings);
  return (row) => {
    const at = table.at[row] ?? 0;
    const rating = marks.rating[row] ?? 0;
    return (
      at >= from && at < to && rating >= minRating &&
      (filter.commands === true || ((table.flags[row] ?? 0) & flagBits.command) === 0) &&
      (projects === undefined || projects.has(table.project[row])) &&
      (agents === undefined || agents.has(table.agent[row])) &&
      (sessions === undefined || sessions.has(table.session[row])) &&
      (ratings === undefined || ratings.has(rating)) &&
      (filter.hasNote === undefined || marks.notes.has(row) === filter.hasNote)
    );
  };
}
