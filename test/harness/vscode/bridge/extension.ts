import { mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';

import * as vscode from 'vscode';

import type { Evaluated, Evaluation } from './protocol.ts';

/**
 * The test harness's hand inside an extension host: evaluates functions that it is sent over a socket
 * in the folder `WHEELHOUSE_TEST_BRIDGE`, named after this process.
 */
export function activate(context: vscode.ExtensionContext): void {
  const folder = process.env['WHEELHOUSE_TEST_BRIDGE'];
  const token = process.env['WHEELHOUSE_TEST_BRIDGE_TOKEN'];
  if (folder === undefined || token === undefined) return;
  // What the extension under test starts shall not see how it is watched.
  delete process.env['WHEELHOUSE_TEST_BRIDGE'];
  delete process.env['WHEELHOUSE_TEST_BRIDGE_TOKEN'];

  const server = createServer((request, response) => {
    if (request.headers.authorization !== `Bearer ${token}`) {
      response.writeHead(403).end();
      return;
    }
    void answer(request).then((body) => response.end(JSON.stringify(body)));
  });
  mkdirSync(folder, { recursive: true });
  server.listen(path.join(folder, `${process.pid}.sock`));
  context.subscriptions.push({ dispose: () => server.close() });
}

const requireHere = createRequire(__filename);

async function answer(request: IncomingMessage): Promise<Evaluated> {
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { source, argument } = JSON.parse(Buffer.concat(chunks).toString()) as Evaluation;
    const evaluate = (0, eval)(`(${source})`) as (...args: unknown[]) => unknown;
    return { value: await evaluate(vscode, argument, requireHere) };
  } catch (error) {
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
