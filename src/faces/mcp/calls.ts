import type { CallToolResult, ServerContext } from '@modelcontextprotocol/server';
import type { Workspace } from '../../adapters/node/workspace.ts';
import { isWheelhouseError, messageOf } from '../../core/base/errors.ts';
import type { Tool } from './tool.ts';

/** How long calls get to stop what they started after the client has gone: more than a process tree gets between its two signals. */
const partingMs = 4_000;

/** Runs the calls of one connection. */
export class Calls {
  readonly #openWorkspace: () => Promise<Workspace>;
  readonly #underWay = new Set<Promise<unknown>>();
  #workspace: Promise<Workspace> | undefined;

  constructor(openWorkspace: () => Promise<Workspace>) {
    this.#openWorkspace = openWorkspace;
  }

  /** Never throws: what went wrong is the result, for the model to read. */
  async run(tool: Tool, input: Record<string, unknown>, context: ServerContext): Promise<CallToolResult> {
    const call = this.#answer(tool, input, context);
    this.#underWay.add(call);
    try {
      return await call;
    } finally {
      this.#underWay.delete(call);
    }
  }

  /** Waits for the calls under way, which the closed connection has cancelled, but not for ever. */
  async finish(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, partingMs)));
    await Promise.race([Promise.allSettled(this.#underWay), late]);
    clearTimeout(timer);
  }

  async #answer(tool: Tool, input: Record<string, unknown>, context: ServerContext): Promise<CallToolResult> {
    try {
      const workspace = await this.#opened();
      const answer = await tool.run(input, { workspace, signal: context.mcpReq.signal, progress: reporter(context) });
      return { content: [{ type: 'text', text: JSON.stringify(answer) }], structuredContent: answer };
    } catch (error) {
      if (isWheelhouseError(error)) return refusal(error.details === undefined ? error.message : `${error.message}\n\n${error.details}`);
      console.error(error);
      return refusal(`Wheelhouse failed in ${tool.name}: ${messageOf(error)}. Nothing is known to be wrong with the call; tell the user.`);
    }
  }

  async #opened(): Promise<Workspace> {
    this.#workspace ??= this.#openWorkspace();
    try {
      return await this.#workspace;
    } catch (error) {
      this.#workspace = undefined;
      throw error;
    }
  }
}

function refusal(text: string): CallToolResult {
  return { isError: true, content: [{ type: 'text', text }] };
}

/** Sends progress when the client asked for it. What counts is that the number rises; the message says the rest. */
function reporter(context: ServerContext): (message: string) => void {
  const progressToken = context.mcpReq._meta?.progressToken;
  let progress = 0;
  return (message) => {
    if (progressToken === undefined || context.mcpReq.signal.aborted) return;
    progress++;
    context.mcpReq.notify({ method: 'notifications/progress', params: { progressToken, progress, message } }).catch(() => {
      // The client has gone; the call hears of it by its signal.
    });
  };
}
