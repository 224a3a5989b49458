/**
 * A client of the app server that Codex keeps running for its sessions: JSON-RPC in text frames of a
 * WebSocket (RFC 6455) on a socket in the user's own folder. It only asks.
 */
import { createHash, randomBytes } from 'node:crypto';
import { request } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Disposable } from '../../../core/base/disposable.ts';

/** An answer holds a few kilobytes. */
const MOST_BYTES = 8 * 1024 * 1024;
const ANSWER_MS = 3_000;
const accepted = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

export interface CodexServer extends Disposable {
  readonly isOpen: boolean;
  /** The result of a call. @throws Error when the server refuses, does not answer, or has gone. */
  call(method: string, params: object): Promise<unknown>;
}

/** @param path Of the socket. @throws Error when nobody answers there, or somebody else. */
export async function connectCodexServer(path: string): Promise<CodexServer> {
  const stream = await upgrade(path);
  const waiting = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>();
  let calls = 0;
  let isOpen = true;
  const close = (why: string) => {
    if (!isOpen) return;
    isOpen = false;
    stream.destroy();
    for (const { reject } of waiting.values()) reject(new Error(why));
    waiting.clear();
  };
  const heard = (text: string) => {
    const { id, result, error } = JSON.parse(text) as { id?: unknown; result?: unknown; error?: { message?: unknown } };
    const caller = typeof id === 'number' ? waiting.get(id) : undefined;
    if (caller === undefined) return;
    waiting.delete(id as number);
    if (error === undefined) caller.resolve(result);
    else caller.reject(new Error(typeof error.message === 'string' ? error.message : 'Codex refused the question.'));
  };
  const frames = new FrameReader(heard, (opcode, data) => void stream.write(frame(opcode, data)));
  stream.on('data', (bytes: Buffer) => {
    try {
      if (!frames.take(bytes)) close('Codex has closed the connection.');
    } catch {
      close('Codex sent something that is not understood.');
    }
  });
  stream.on('close', () => close('Codex is gone.'));
  stream.on('error', () => close('Codex is gone.'));
  const send = (message: object) => void stream.write(frame(1, Buffer.from(JSON.stringify(message))));

  const server: CodexServer = {
    get isOpen() {
      return isOpen;
    },
    call: (method, params) =>
      new Promise((resolve, reject) => {
        if (!isOpen) {
          reject(new Error('Codex is gone.'));
          return;
        }
        const id = ++calls;
        const timer = setTimeout(() => {
          waiting.delete(id);
          reject(new Error('Codex does not answer.'));
        }, ANSWER_MS);
        timer.unref();
        const settle = <T>(then: (value: T) => void) => (value: T) => {
          clearTimeout(timer);
          then(value);
        };
        waiting.set(id, { resolve: settle(resolve), reject: settle(reject) });
        send({ id, method, params });
      }),
    dispose: () => close('It is not wanted any more.'),
  };
  try {
    await server.call('initialize', { clientInfo: { name: 'wheelhouse', title: 'Wheelhouse', version: '1' } });
    send({ method: 'initialized' });
    return server;
  } catch (error) {
    server.dispose();
    throw error;
  }
}

function upgrade(path: string): Promise<Duplex> {
  const key = randomBytes(16).toString('base64');
  const wanted = createHash('sha1').update(key + accepted).digest('base64');
  return new Promise((resolve, reject) => {
    const asking = request({ socketPath: path, path: '/', timeout: ANSWER_MS, headers: { Host: 'localhost', Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Version': '13', 'Sec-WebSocket-Key': key } });
    asking.on('upgrade', (response, stream, head) => {
      if (response.headers['sec-websocket-accept'] !== wanted) {
        stream.destroy();
        reject(new Error('That is no WebSocket.'));
        return;
      }
      if (head.length > 0) stream.unshift(head);
      stream.on('error', () => undefined);
      resolve(stream);
    });
    asking.on('response', (response) => {
      response.destroy();
      reject(new Error(`Codex answers ${response.statusCode ?? 'nothing'}.`));
    });
    asking.on('timeout', () => asking.destroy(new Error('Codex does not answer.')));
    asking.on('error', reject);
    asking.end();
  });
}

/** One frame of a client: final, masked. */
function frame(opcode: number, data: Buffer): Buffer {
  const mask = randomBytes(4);
  const size = data.length < 126 ? Buffer.from([0x80 | data.length]) : data.length < 65_536 ? Buffer.from([0x80 | 126, data.length >> 8, data.length & 255]) : Buffer.concat([Buffer.from([0x80 | 127]), lengthOf64(data.length)]);
  const masked = Buffer.from(data.map((byte, index) => byte ^ (mask[index & 3] ?? 0)));
  return Buffer.concat([Buffer.from([0x80 | opcode]), size, mask, masked]);
}

function lengthOf64(length: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(length));
  return bytes;
}

/** Puts the frames of a server together. */
class FrameReader {
  readonly #message: (text: string) => void;
  readonly #answer: (opcode: number, data: Buffer) => void;
  #rest: Buffer = Buffer.alloc(0);
  #parts: Buffer[] = [];

  constructor(message: (text: string) => void, answer: (opcode: number, data: Buffer) => void) {
    this.#message = message;
    this.#answer = answer;
  }

  /** @returns false when the server closes. @throws Error for what is too large or no frame. */
  take(bytes: Buffer): boolean {
    this.#rest = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    for (;;) {
      const [first, second] = [this.#rest[0], this.#rest[1]];
      if (first === undefined || second === undefined) return true;
      const short = second & 127;
      const head = 2 + (short === 126 ? 2 : short === 127 ? 8 : 0);
      if (this.#rest.length < head) return true;
      const length = short === 126 ? this.#rest.readUInt16BE(2) : short === 127 ? Number(this.#rest.readBigUInt64BE(2)) : short;
      // Neither reserved bits nor a mask come from a server that was asked for no extension.
      if ((first & 0x70) !== 0 || (second & 0x80) !== 0 || length + this.#parts.reduce((sum, part) => sum + part.length, 0) > MOST_BYTES) throw new RangeError('no frame');
      if (this.#rest.length < head + length) return true;
      const data = this.#rest.subarray(head, head + length);
      this.#rest = this.#rest.subarray(head + length);
      if (!this.#handle(first & 15, (first & 0x80) !== 0, data)) return false;
    }
  }

  #handle(opcode: number, isFinal: boolean, data: Buffer): boolean {
    if (opcode === 8) return false;
    if (opcode === 9) this.#answer(10, data);
    else if (opcode <= 2) {
      this.#parts.push(Buffer.from(data));
      if (isFinal) this.#message(Buffer.concat(this.#parts.splice(0)).toString('utf8'));
    }
    return true;
  }
}
