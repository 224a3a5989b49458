import type { CallToolResult, ServerContext } from '@modelcontextprotocol/server';
import { nodeFiles } from '../../adapters/node/files.ts';
import { readSharedSettings } from '../../adapters/node/shared-settings.ts';
import type { UserData } from '../../adapters/node/user-data.ts';
import type { Workspace } from '../../adapters/node/workspace.ts';
import { isWheelhouseError, messageOf } from '../../core/base/errors.ts';
import type { Tool } from './tool.ts';

/** Runs the calls of one connection. */
export class Calls {
  readonly #openWorkspace: () => Promise<Workspace>;
  readonly #openUser: () => Promise<UserData>;
  readonly #underWay = new Set<Promise<unknown>>();
  #opening: Promise<Opened> | undefined;
  #user: Promise<UserData> | undefined;

  constructor(openWorkspace: () => Promise<Workspace>, openUser: () => Promise<UserData>) {
    this.#openWorkspace = openWorkspace;
    this.#openUser = openUser;
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

  /** After the connection has closed and so cancelled the calls under way: sees to it that what they started ends. */
  async finish(): Promise<void> {
    await Promise.allSettled(this.#underWay);
  }

  async #answer(tool: Tool, input: Record<string, unknown>, context: ServerContext): Promise<CallToolResult> {
    try {
      const workspace = await this.#opened();
      const answer = await tool.run(input, { workspace, user: () => (this.#user ??= this.#openUser()), signal: context.mcpReq.signal, progress: reporter(context) });
      return { content: [{ type: 'text', text: JSON.stringify(answer) }], structuredContent: answer };
    } catch (error) {
      if (isWheelhouseError(error)) return refusal(error.details === undefined ? error.message : `${error.message}\n\n${error.details}`);
      console.error(error);
      return refusal(`Wheelhouse failed in ${tool.name}: ${messageOf(error)}. Nothing is known to be wrong with the call; tell the user.`);
    }
  }

  /** The workspace, opened anew after its settings were changed in the editor: a server lives for days. */
  async #opened(): Promise<Workspace> {
    const opened = this.#opening && (await this.#opening);
    if (opened && opened.settings === (await settingsOf(opened.workspace))) return opened.workspace;
    this.#opening = this.#open();
    // What could not be opened is tried again at the next call.
    this.#opening.catch(() => (this.#opening = undefined));
    return (await this.#opening).workspace;
  }

  async #open(): Promise<Opened> {
    const workspace = await this.#openWorkspace();
    return { workspace, settings: await settingsOf(workspace) };
  }
}

interface Opened {
  readonly workspace: Workspace;
  readonly settings: string;
}

async function settingsOf(workspace: Workspace): Promise<string> {
  return JSON.stringify(await readSharedSettings(nodeFiles, workspace.scopes.repository));
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
