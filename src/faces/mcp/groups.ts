import { WheelhouseError } from '../../core/base/errors.ts';
import type { ToolGroup } from './tool.ts';

/** The groups of tools that there are, in the order in which they are listed. Each is loaded when it is served. */
export const toolGroups = {
  notes: async (): Promise<ToolGroup> => (await import('./tools/notes.ts')).noteTools,
  coordination: async (): Promise<ToolGroup> => (await import('./tools/coordination.ts')).coordinationTools,
  review: async (): Promise<ToolGroup> => (await import('./tools/review.ts')).reviewTools,
  cards: async (): Promise<ToolGroup> => (await import('./tools/cards.ts')).cardTools,
  prompts: async (): Promise<ToolGroup> => (await import('./tools/prompts.ts')).promptTools,
  sessions: async (): Promise<ToolGroup> => (await import('./tools/sessions.ts')).sessionTools,
};

export type GroupName = keyof typeof toolGroups;

export const groupNames = Object.keys(toolGroups) as readonly GroupName[];

/**
 * The groups in a list that is separated by commas.
 * @throws WheelhouseError `usage` naming the groups that there are.
 */
export function groupsNamed(list: string): readonly GroupName[] {
  const words = list.split(',').map((word) => word.trim()).filter((word) => word !== '');
  const unknown = words.filter((word) => !groupNames.some((name) => name === word));
  if (words.length === 0 || unknown.length > 0) throw new WheelhouseError('usage', `--tools chooses groups of tools, separated by commas: ${groupNames.join(', ')}.${unknown.length > 0 ? ` There is no ${unknown.join(', ')}.` : ''}`);
  return groupNames.filter((name) => words.includes(name));
}
