// A model that says what a test tells it to: a loopback HTTP server that speaks as much of the Messages API as the
// client uses. https://docs.anthropic.com/en/api/messages-streaming names the events.

import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isSideRequest, readTurn, waitForServers } from './turn.ts';
import type { Block, MessagesRequest, TextBlock, ToolUseBlock, Turn } from './turn.ts';

export interface ToolUse { readonly name: string; readonly input: unknown }
/** What the model answers. With `use` the client runs the tools and comes back with their results. */
export interface Answer { readonly say?: string; readonly use?: ToolUse | readonly ToolUse[] }
/** Decides one answer. It may wait as long as it likes (the client is busy meanwhile); what it throws the client shows. */
export type Respond = (turn: Turn) => Answer | Promise<Answer>;

/** One answer of a script, given once, when all that it names fits. */
export interface Step extends Answer {
  /** Fits when the user's prompt itself is to be answered and matches. */
  readonly prompt?: RegExp;
  /** Fits when the last result came from this tool. */
  readonly after?: string;
}

export interface Model {
  /** `http://127.0.0.1:<port>`. */
  readonly url: string;
  /** Every turn of a conversation that was asked for, in order; titles, other side requests and waiting for MCP servers are not among them. */
  readonly turns: readonly Turn[];
  /** How many side requests were answered with something harmless. */
  readonly sideRequests: number;
  close(): Promise<void>;
}

/** A model that gives, for each turn, the first step not yet given that fits; with none left it fails the request. */
export function scriptedModel(steps: readonly Step[]): Promise<Model> {
  const left = [...steps];
  return startModel((turn) => {
    const index = left.findIndex((step) => fits(step, turn));
    const [step] = index < 0 ? [] : left.splice(index, 1);
    if (step === undefined) throw new Error(`The script has no answer to ${turn.lastToolResult?.name ?? turn.lastPrompt}.`);
    return step;
  });
}

function fits(step: Step, turn: Turn): boolean {
  if (step.after !== undefined && turn.lastToolResult?.name !== step.after) return false;
  return step.prompt === undefined || (turn.lastToolResult === undefined && step.prompt.test(turn.lastPrompt));
}

/** Starts a model on a free loopback port that asks `respond` for each turn. Nothing is written to disk. */
export async function startModel(respond: Respond): Promise<Model> {
  const turns: Turn[] = [];
  let sideRequests = 0;
  let messages = 0;

  async function answer(request: MessagesRequest): Promise<Answer> {
    if (isSideRequest(request)) {
      sideRequests += 1;
      return { say: '{"title":"Scripted session"}' };
    }
    const turn = readTurn(request);
    // An interactive client works on its prompt before its MCP servers are up. Waiting for them here, as a real model
    // would, lets a script rely on their tools.
    if (turn.serversPending) return { use: { name: waitForServers, input: {} } };
    turns.push(turn);
    return await respond(turn);
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', 'http://127.0.0.1').pathname;
    if (request.method === 'HEAD') response.end();
    else if (path === '/v1/messages/count_tokens') sendJson(response, 200, { input_tokens: (await bodyOf(request)).length >> 2 });
    else if (path === '/v1/messages') {
      const asked = JSON.parse(await bodyOf(request)) as MessagesRequest;
      const id = `msg_scripted_${++messages}`;
      const content = contentOf(await answer(asked), id);
      if (asked.stream === true) stream(response, messageOf(id, asked.model, content), content);
      else sendJson(response, 200, messageOf(id, asked.model, content));
    } else sendJson(response, 404, errorOf('not_found_error', `The scripted model has no ${path}.`));
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      // The client tries again after most errors, but not after this one.
      sendJson(response, 400, errorOf('invalid_request_error', error instanceof Error ? error.message : String(error)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    turns,
    get sideRequests() { return sideRequests; },
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}

type Content = TextBlock | ToolUseBlock;

function contentOf({ say, use }: Answer, id: string): Content[] {
  const uses = use === undefined ? [] : 'name' in use ? [use] : use;
  const text: Content[] = say === undefined ? [] : [{ type: 'text', text: say }];
  return [...text, ...uses.map(({ name, input }, index): Content => ({ type: 'tool_use', id: `toolu_${id}_${index}`, name, input }))];
}

function messageOf(id: string, model: string, content: readonly Block[]) {
  const stop_reason = content.some((block) => block.type === 'tool_use') ? 'tool_use' : 'end_turn';
  return { id, type: 'message', role: 'assistant', model, content, stop_reason, stop_sequence: null, usage: { input_tokens: 10, output_tokens: 10 } };
}

function errorOf(type: string, message: string) {
  return { type: 'error', error: { type, message } };
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

function stream(response: ServerResponse, message: ReturnType<typeof messageOf>, content: readonly Content[]): void {
  const send = (type: string, data: object) => response.write(`event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`);
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  send('message_start', { message: { ...message, content: [], stop_reason: null } });
  content.forEach((block, index) => {
    const [empty, delta] = block.type === 'text'
      ? [{ ...block, text: '' }, { type: 'text_delta', text: block.text }]
      : [{ ...block, input: {} }, { type: 'input_json_delta', partial_json: JSON.stringify(block.input) }];
    send('content_block_start', { index, content_block: empty });
    send('content_block_delta', { index, delta });
    send('content_block_stop', { index });
  });
  send('message_delta', { delta: { stop_reason: message.stop_reason, stop_sequence: null }, usage: { output_tokens: 10 } });
  send('message_stop', {});
  response.end();
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const piece of request.setEncoding('utf8')) body += piece as string;
  return body;
}
