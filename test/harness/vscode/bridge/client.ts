import { readdir } from 'node:fs/promises';
import { request } from 'node:http';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Evaluated, Evaluation } from './protocol.ts';

const ATTACH_TIMEOUT_MS = 60_000;

/** The extension hosts of one launch, each known by the socket that its bridge listens on. */
export class ExtensionHosts {
  readonly #folder: string;
  readonly #token: string;
  readonly #taken = new Set<string>();

  constructor(folder: string, token: string) {
    this.#folder = folder;
    this.#token = token;
  }

  /**
   * Does `open`, which opens a window, and waits for the extension host that this starts.
   * Callers open one window at a time: the new host is recognised by being the one not seen before.
   * @returns the address to `evaluate` at.
   */
  async startedBy(open: () => Promise<unknown>): Promise<string> {
    for (const socket of await this.#sockets()) this.#taken.add(socket);
    await open();
    const deadline = Date.now() + ATTACH_TIMEOUT_MS;
    while (Date.now() < deadline) {
      for (const socket of await this.#sockets()) {
        if (this.#taken.has(socket)) continue;
        if (!(await this.evaluate(socket, '() => true', null, 5_000).catch(() => false))) continue;
        this.#taken.add(socket);
        return socket;
      }
      await sleep(50);
    }
    throw new Error(`The window's extension host did not start within ${ATTACH_TIMEOUT_MS / 1000} s.`);
  }

  /**
   * Runs the function with this source in the extension host.
   * @throws Error with the host's stack when the function throws; or when it takes more than `timeoutMs`.
   */
  async evaluate(socket: string, source: string, argument: unknown, timeoutMs: number): Promise<unknown> {
    const message: Evaluation = { source, argument };
    const answer = JSON.parse(await this.#post(socket, JSON.stringify(message), timeoutMs)) as Evaluated;
    if (answer.error !== undefined) throw new Error(`In the extension host: ${answer.error}`);
    return answer.value;
  }

  #post(socket: string, body: string, timeoutMs: number): Promise<string> {
    return new Promise((resolve, reject) => {
      const call = request(
        { socketPath: path.join(this.#folder, socket), method: 'POST', agent: false, headers: { authorization: `Bearer ${this.#token}` } },
        (response) => void text(response).then(resolve, reject),
      );
      const timer = setTimeout(() => call.destroy(new Error(`The extension host did not answer within ${timeoutMs} ms.`)), timeoutMs);
      call.once('close', () => clearTimeout(timer));
      call.once('error', reject);
      call.end(body);
    });
  }

  async #sockets(): Promise<string[]> {
    const names = await readdir(this.#folder).catch(() => []);
    return names.filter((name) => name.endsWith('.sock'));
  }
}
