// A model behind the real client that streams slowly. The client is asked without tools here, which the scripted model
// of the harness takes for a side request.

import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

export interface Request {
  readonly model: string;
  readonly system: string;
  /** The texts of the user's message, without the client's own notes. */
  readonly material: string;
  readonly tools: number;
}

/** Pieces of text, one every `everyMs`; or an error by its HTTP status. */
export type Reply = { readonly pieces: readonly string[]; readonly everyMs?: number; readonly stop?: string } | { readonly status: number; readonly error: string };

interface Body {
  readonly model: string;
  readonly system?: readonly { readonly text: string }[];
  readonly messages: readonly { readonly content: string | readonly { readonly text?: string }[] }[];
  readonly tools?: readonly unknown[];
}

export async function messagesServer(replies: readonly Reply[]) {
  const left = [...replies];
  const requests: Request[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      if (request.method !== 'POST' || !request.url?.startsWith('/v1/messages')) return response.end();
      const body = JSON.parse(await bodyOf(request)) as Body;
      requests.push(asked(body));
      const reply = left.shift() ?? { status: 400, error: 'invalid_request_error' };
      if ('status' in reply) {
        return response.writeHead(reply.status, { 'content-type': 'application/json' }).end(JSON.stringify({ type: 'error', error: { type: reply.error, message: `scripted ${reply.status}` } }));
      }
      const send = (type: string, data: object) => response.write(`event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`);
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      send('message_start', { message: { id: 'msg_1', type: 'message', role: 'assistant', model: body.model, content: [], stop_reason: null, usage: { input_tokens: 100, output_tokens: 1 } } });
      send('content_block_start', { index: 0, content_block: { type: 'text', text: '' } });
      for (const text of reply.pieces) {
        if (response.destroyed) return response;
        send('content_block_delta', { index: 0, delta: { type: 'text_delta', text } });
        await delay(reply.everyMs ?? 0, undefined, { ref: false });
      }
      send('content_block_stop', { index: 0 });
      send('message_delta', { delta: { stop_reason: reply.stop ?? 'end_turn', stop_sequence: null }, usage: { output_tokens: 20 } });
      send('message_stop', {});
      return response.end();
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () => new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}

function asked({ model, system = [], messages, tools = [] }: Body): Request {
  const content = messages[0]?.content ?? '';
  const texts = typeof content === 'string' ? [content] : content.map(({ text = '' }) => text);
  return { model, system: system.map(({ text }) => text).join('\n'), material: texts.filter((text) => !text.startsWith('<system-reminder>')).join('\n'), tools: tools.length };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const piece of request.setEncoding('utf8')) body += piece as string;
  return body;
}
