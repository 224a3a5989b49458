// Stands in for Codex's app server: JSON-RPC in WebSocket frames on a socket, with what goes wrong there.

import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { Duplex } from 'node:stream';

export interface AppServer {
  /** What came, in order: `initialize`, `pong`, … */
  readonly heard: string[];
  /** Writes these bytes to every client. */
  readonly write: (bytes: Buffer) => void;
  close(): Promise<void>;
}

/** What is answered to a call: a result, frames as they are, or nothing at all. */
export type Answer = { readonly result: unknown } | { readonly error: string } | { readonly frames: (reply: Buffer) => readonly Buffer[] } | 'nothing';

export async function startAppServer(path: string, answer: (method: string, params: Readonly<Record<string, unknown>>) => Answer, options: { readonly accept?: string; readonly status?: number } = {}): Promise<AppServer> {
  const heard: string[] = [];
  const streams = new Set<Duplex>();
  const server = createServer((_, response) => response.writeHead(options.status ?? 404).end());
  if (options.status === undefined) server.on('upgrade', (request, stream: Duplex) => {
    streams.add(stream);
    stream.on('error', () => undefined);
    const accept = options.accept ?? createHash('sha1').update(`${request.headers['sec-websocket-key'] ?? ''}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
    stream.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`);
    let rest: Buffer = Buffer.alloc(0);
    stream.on('data', (bytes: Buffer) => {
      rest = Buffer.concat([rest, bytes]);
      for (let frame = unmask(rest); frame !== undefined; frame = unmask(rest)) {
        rest = rest.subarray(frame.size);
        if (frame.opcode !== 1) {
          heard.push(frame.opcode === 10 ? `pong ${frame.text}` : `opcode ${frame.opcode}`);
          continue;
        }
        const { id, method, params = {} } = JSON.parse(frame.text) as { id?: number; method: string; params?: Readonly<Record<string, unknown>> };
        heard.push(method);
        if (id === undefined) continue;
        const said = answer(method, params);
        if (said === 'nothing') continue;
        const reply = Buffer.from(JSON.stringify({ id, ...('error' in said ? { error: { message: said.error } } : { result: 'result' in said ? said.result : {} }) }));
        for (const piece of 'frames' in said ? said.frames(reply) : [frameOf(reply)]) stream.write(piece);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  return {
    heard,
    write: (bytes) => streams.forEach((stream) => stream.write(bytes)),
    close: () => new Promise((resolve) => {
      for (const stream of streams) stream.destroy();
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}

/** One frame of a server. Opcodes: 0 goes on, 1 text, 8 close, 9 ping. */
export function frameOf(data: Buffer | string, opcode = 1, isFinal = true): Buffer {
  const bytes = Buffer.from(data);
  const head = Buffer.alloc(bytes.length < 126 ? 2 : bytes.length < 65_536 ? 4 : 10);
  head[0] = (isFinal ? 0x80 : 0) | opcode;
  head[1] = head.length === 2 ? bytes.length : head.length === 4 ? 126 : 127;
  if (head.length === 4) head.writeUInt16BE(bytes.length, 2);
  if (head.length === 10) head.writeBigUInt64BE(BigInt(bytes.length), 2);
  return Buffer.concat([head, bytes]);
}

function unmask(bytes: Buffer): { readonly opcode: number; readonly text: string; readonly size: number } | undefined {
  if (bytes.length < 6) return undefined;
  const short = (bytes[1] ?? 0) & 127;
  const head = short === 126 ? 4 : 2;
  const length = short === 126 ? bytes.readUInt16BE(2) : short;
  if (bytes.length < head + 4 + length) return undefined;
  const mask = bytes.subarray(head, head + 4);
  const data = bytes.subarray(head + 4, head + 4 + length).map((byte, index) => byte ^ (mask[index & 3] ?? 0));
  return { opcode: (bytes[0] ?? 0) & 15, text: Buffer.from(data).toString('utf8'), size: head + 4 + length };
}
