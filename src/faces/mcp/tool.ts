import type * as z from 'zod';
import type { UserData } from '../../adapters/node/user-data.ts';
import type { Workspace } from '../../adapters/node/workspace.ts';

/** What one call of a tool has at hand. */
export interface ToolCall {
  readonly workspace: Workspace;
  /** What follows the user across repositories: prompts and cards. Opened once for the connection. */
  readonly user: () => Promise<UserData>;
  /** Aborted when the client cancels the call or goes away. */
  readonly signal: AbortSignal;
  /** Tells a client that asked for it that the call is still at work. */
  readonly progress: (message: string) => void;
}

/**
 * A verb as a model sees it. Annotations have no defaults here, because those of the protocol are
 * the alarming ones; `openWorldHint` is false for all tools, as they touch nothing but this machine.
 */
export interface Tool<Input extends z.ZodObject = z.ZodObject, Output extends z.ZodObject = z.ZodObject> {
  readonly name: string;
  readonly title: string;
  /** What it does and when to use it; clients cut it at 2 KB. */
  readonly description: string;
  readonly input: Input;
  readonly output: Output;
  readonly annotations: { readonly readOnlyHint: boolean; readonly destructiveHint: boolean; readonly idempotentHint: boolean };
  readonly run: (input: z.output<Input>, call: ToolCall) => Promise<z.input<Output>>;
}

export interface ToolGroup {
  /** What the group is good for, in the words that a model would search for. */
  readonly instructions: string;
  readonly tools: readonly Tool[];
}

/** Gives a tool's `run` the types of its schemas. */
export function defineTool<Input extends z.ZodObject, Output extends z.ZodObject>(tool: Tool<Input, Output>): Tool {
  return tool;
}

/** Looks only: nothing that the user sees is changed, and asking twice does no harm. */
export const looksOnly = { readOnlyHint: true, destructiveHint: false, idempotentHint: true } as const;
