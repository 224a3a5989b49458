import { projectsOf } from './labels.ts';
import type { Marks } from './marks.ts';
import type { PromptTimeline } from './model.ts';
import { flagBits, type PromptTable } from './table.ts';

/** More projects than this do not get a number of their own. */
const MOST_PROJECTS = 65_535;

/** All prompts but bare commands, as columns. */
export function timelineOf(table: PromptTable, marks: Marks, version: string): PromptTimeline {
  const order = table.order().filter((row) => ((table.flags[row] ?? 0) & flagBits.command) === 0);
  const count = order.length;
  const prompts = {
    count,
    id: new Uint32Array(count),
    at: new Float64Array(count),
    length: new Uint32Array(count),
    rating: new Uint8Array(count),
    project: new Uint16Array(count),
    agent: new Uint8Array(count),
    flags: new Uint8Array(count),
  };
  for (let n = 0; n < count; n++) {
    const row = order[n] ?? 0;
    prompts.id[n] = row + 1;
    prompts.at[n] = table.at[row] ?? 0;
    prompts.length[n] = table.length[row] ?? 0;
    prompts.rating[n] = marks.rating[row] ?? 0;
    prompts.project[n] = Math.min(table.project[row] ?? 0, MOST_PROJECTS);
    prompts.agent[n] = table.agent[row] ?? 0;
  }
  if (marks.notes.size > 0) for (let n = 0; n < count; n++) prompts.flags[n] = marks.notes.has(order[n] ?? 0) ? 1 : 0;
  return { version, prompts, projects: projectsOf(table.projects.list.slice(0, MOST_PROJECTS + 1)), agents: table.agents.list };
}
