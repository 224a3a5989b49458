// Our server behind HTTP on the loopback, for the conformance suite, which speaks nothing else. The product itself
// serves standard input and output only.

import { createMcpHandler } from '@modelcontextprotocol/server';
import { createServer as createHttpServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { Calls } from '../../../src/faces/mcp/calls.ts';
import { groupNames, toolGroups } from '../../../src/faces/mcp/groups.ts';
import { createServer } from '../../../src/faces/mcp/server.ts';

export interface HttpServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves all groups of tools; a call that needs the user's data is refused. */
export async function serveHttp(): Promise<HttpServer> {
  const groups = await Promise.all(groupNames.map((name) => toolGroups[name]()));
  const nothing = () => Promise.reject(new Error('There is no workspace here.'));
  const calls = new Calls(nothing, nothing);
  const handler = createMcpHandler(() => createServer(groups, calls));
  const http = createHttpServer((request, response) => {
    void (async () => {
      if (!isLocal(request)) {
        response.writeHead(403).end();
        return;
      }
      const gone = new AbortController();
      response.on('close', () => gone.abort());
      const answer = await handler.fetch(toRequest(request, gone.signal));
      response.writeHead(answer.status, Object.fromEntries(answer.headers));
      if (answer.body) await pipeline(Readable.fromWeb(answer.body as ReadableStream), response).catch(() => response.destroy());
      else response.end();
    })();
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/mcp`,
    close: async () => {
      await handler.close();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
      await calls.finish();
    },
  };
}

/** A page in a browser that was led here by a name of its own gives itself away by Host or Origin. */
function isLocal({ headers: { host, origin } }: IncomingMessage): boolean {
  const isLoopback = (authority: string) => /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/.test(authority);
  return isLoopback(host ?? '') && (origin === undefined || (URL.canParse(origin) && isLoopback(new URL(origin).host)));
}

function toRequest(request: IncomingMessage, signal: AbortSignal): Request {
  const headers = Object.entries(request.headersDistinct).flatMap(([name, values = []]) => values.map((value): [string, string] => [name, value]));
  const hasBody = request.method !== 'GET' && request.method !== 'HEAD';
  return new Request(`http://${request.headers.host ?? ''}${request.url ?? ''}`, {
    method: request.method ?? 'GET', headers, signal,
    ...(hasBody && { body: Readable.toWeb(request) as BodyInit, duplex: 'half' }),
  });
}
