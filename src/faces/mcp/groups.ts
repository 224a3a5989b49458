import type { ToolGroup } from './tool.ts';

/** The groups of tools that there are, in the order in which they are listed. Each is loaded when it is served. */
export const toolGroups = {
  notes: async (): Promise<ToolGroup> => (await import('./tools/notes.ts')).noteTools,
  coordination: async (): Promise<ToolGroup> => (await import('./tools/coordination.ts')).coordinationTools,
  review: async (): Promise<ToolGroup> => (await import('./tools/review.ts')).reviewTools,
  cards: async (): Promise<ToolGroup> => (await import('./tools/cards.ts')).cardTools,
  prompts: async (): Promise<ToolGroup> => (await import('./tools/prompts.ts')).promptTools,
};

export type GroupName = keyof typeof toolGroups;

export const groupNames = Object.keys(toolGroups) as readonly GroupName[];
