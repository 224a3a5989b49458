import type { Environment } from '../../../adapters/node/locations.ts';

/** One hook event of an agent, and where what it says is kept. */
export interface HookCall {
  /** As the agent wrote it: nothing in it is to be relied on. */
  readonly event: Readonly<Record<string, unknown>>;
  readonly dataRoot: string;
  readonly env: Environment;
  /** When the hook's process started, in milliseconds since 1970: hooks run side by side, and the order of their starts is that of the events. */
  readonly at: number;
}

/** What the agent is told on standard output, as JSON. */
export type HookAnswer = Readonly<Record<string, unknown>>;

/** What is loaded for one kind of event, and what it says. */
export type HookHandler = (call: HookCall) => Promise<HookAnswer | undefined>;
