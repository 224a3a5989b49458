// What a scripted model sees of one request of the client: the parts of the Messages API that a script decides on.

export interface TextBlock { type: 'text'; text: string }
export interface ToolUseBlock { type: 'tool_use'; id: string; name: string; input: unknown }
export interface ToolResultBlock { type: 'tool_result'; tool_use_id: string; content?: string | Block[]; is_error?: boolean }
export type Block = TextBlock | ToolUseBlock | ToolResultBlock | { type: 'image' | 'thinking' | 'document' };

/** The body of `POST /v1/messages`, as far as it is used here. `system` messages are notes of the client. */
export interface MessagesRequest {
  readonly model: string;
  readonly stream?: boolean;
  readonly messages: readonly { readonly role: 'user' | 'assistant' | 'system'; readonly content: string | readonly Block[] }[];
  readonly system?: string | readonly TextBlock[];
  readonly tools?: readonly { readonly name: string; readonly description?: string; readonly input_schema?: unknown }[];
}

export interface ToolResult {
  readonly id: string;
  readonly name: string;
  readonly input: unknown;
  /** The text parts of the result, joined by line breaks. */
  readonly text: string;
  readonly isError: boolean;
}

export interface Turn {
  /** What the user typed last, without the notes that the client adds to it; empty when there is nothing. */
  readonly lastPrompt: string;
  /** The results of the tools used since the last prompt, oldest first. */
  readonly toolResults: readonly ToolResult[];
  /** The last of them; undefined when the model is asked to answer the prompt itself. */
  readonly lastToolResult: ToolResult | undefined;
  /** True when MCP servers are still starting and were not waited for since the last prompt: their tools are not in `tools`. */
  readonly serversPending: boolean;
  /** Names of the tools offered. */
  readonly tools: readonly string[];
  readonly system: string;
  readonly request: MessagesRequest;
}

/** The tool that an interactive client offers instead of the tools of MCP servers that are still starting. */
export const waitForServers = 'WaitForMcpServers';

/** Reads one request. The end of `messages` need not be the user's, so the prompt is searched in all of them. */
export function readTurn(request: MessagesRequest): Turn {
  const uses = new Map<string, ToolUseBlock>();
  let lastPrompt = '';
  let toolResults: ToolResult[] = [];
  for (const { role, content } of request.messages) {
    for (const block of blocksOf(content)) {
      if (block.type === 'tool_use') uses.set(block.id, block);
      else if (block.type === 'tool_result') toolResults.push(resultOf(block, uses.get(block.tool_use_id)));
      else if (block.type === 'text' && role === 'user' && isTyped(block.text)) {
        lastPrompt = block.text;
        toolResults = [];
      }
    }
  }
  const tools = (request.tools ?? []).map((tool) => tool.name);
  const scripted = toolResults.filter((result) => result.name !== waitForServers);
  return {
    lastPrompt,
    toolResults: scripted,
    lastToolResult: scripted.at(-1),
    serversPending: tools.includes(waitForServers) && scripted.length === toolResults.length,
    tools,
    system: textOf(request.system ?? ''),
    request,
  };
}

/** Titles, summaries and probes come without tools; the conversation itself always offers some. */
export function isSideRequest(request: MessagesRequest): boolean {
  return (request.tools ?? []).length === 0;
}

function isTyped(text: string): boolean {
  return !/^\s*(<system-reminder>|\[Request interrupted by user)/.test(text);
}

function blocksOf(content: string | readonly Block[]): readonly Block[] {
  return typeof content === 'string' ? [{ type: 'text', text: content }] : content;
}

function textOf(content: string | readonly Block[]): string {
  return blocksOf(content).flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('\n');
}

function resultOf(block: ToolResultBlock, use: ToolUseBlock | undefined): ToolResult {
  return {
    id: block.tool_use_id,
    name: use?.name ?? '',
    input: use?.input,
    text: textOf(block.content ?? ''),
    isError: block.is_error === true,
  };
}
