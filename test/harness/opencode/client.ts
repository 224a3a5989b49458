// Runs the real opencode client against a scripted model: in a home of its own, without network and without an account.

import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { installOpencode } from './install.ts';

export interface OpencodeTurn {
  /** The user's last prompt. */
  readonly prompt: string;
  /** How many results of tool calls have come since that prompt. */
  readonly results: number;
  /** What the last of them says. */
  readonly lastResult: string;
  /** The names of the tools that the model is offered. */
  readonly tools: readonly string[];
}

/** What the model answers: a text, one tool call, or a failure of the service. */
export type OpencodeAnswer = { readonly say: string } | { readonly call: string; readonly input: object } | { readonly fail: number };

export interface OpencodeModel {
  readonly url: string;
  close(): Promise<void>;
}

interface Message {
  readonly role: string;
  readonly content?: string | readonly { readonly text?: string }[] | null;
}

/** A loopback server that speaks as much of the Chat Completions API as the client uses. */
export async function startOpencodeModel(respond: (turn: OpencodeTurn) => OpencodeAnswer | Promise<OpencodeAnswer>): Promise<OpencodeModel> {
  let calls = 0;
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (piece: string) => (body += piece));
    request.on('end', () => {
      void (async () => {
        if (!request.url?.endsWith('/chat/completions')) {
          response.writeHead(404).end();
          return;
        }
        const { messages = [], tools = [] } = JSON.parse(body) as { messages?: readonly Message[]; tools?: readonly { readonly function?: { readonly name?: string } }[] };
        // A request without tools is one of the client's own, for a title.
        const answer = tools.length === 0 ? { say: 'Scripted title' } : await respond({ ...turnOf(messages), tools: tools.map((tool) => tool.function?.name ?? '') });
        if ('fail' in answer) {
          response.writeHead(answer.fail, { 'content-type': 'application/json' }).end('{"error":{"message":"scripted failure","type":"scripted"}}');
          return;
        }
        const id = `scripted_${++calls}`;
        const send = (delta: object, finish: string | null) => response.write(`data: ${JSON.stringify({ id, object: 'chat.completion.chunk', created: 1, model: 'scripted', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`);
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        if ('say' in answer) {
          send({ role: 'assistant', content: answer.say }, null);
          send({}, 'stop');
        } else {
          send({ role: 'assistant', tool_calls: [{ index: 0, id: `call_${id}`, type: 'function', function: { name: answer.call, arguments: JSON.stringify(answer.input) } }] }, null);
          send({}, 'tool_calls');
        }
        response.write(`data: ${JSON.stringify({ id, object: 'chat.completion.chunk', created: 1, model: 'scripted', choices: [], usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 } })}\n\n`);
        response.end('data: [DONE]\n\n');
      })();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}

function turnOf(messages: readonly Message[]): Omit<OpencodeTurn, 'tools'> {
  const at = messages.findLastIndex(({ role }) => role === 'user');
  const results = messages.slice(at + 1).filter(({ role }) => role === 'tool');
  return { prompt: textOf(messages[at]).trim(), results: results.length, lastResult: textOf(results.at(-1)) };
}

function textOf(message: Message | undefined): string {
  const content = message?.content ?? '';
  return typeof content === 'string' ? content : (content.at(-1)?.text ?? '');
}

/** One prompt without a terminal, to its end. */
export async function runOpencode(env: Readonly<Record<string, string>>, cwd: string, prompt: string): Promise<string> {
  const running = promisify(execFile)(await opencodePath(), ['run', prompt], { cwd, env, timeout: 120_000 });
  // It would wait for more of the prompt.
  running.child.stdin?.end();
  return (await running).stdout;
}

/** The whole environment of a client in that home, which asks before it runs a command or writes a file. */
export async function opencodeEnvironment(home: string, model: OpencodeModel): Promise<Readonly<Record<string, string>>> {
  await mkdir(join(home, '.config/opencode'), { recursive: true });
  const config = {
    model: 'scripted/scripted',
    small_model: 'scripted/scripted',
    autoupdate: false,
    share: 'disabled',
    permission: { bash: 'ask', edit: 'ask' },
    provider: { scripted: { npm: '@ai-sdk/openai-compatible', name: 'Scripted', options: { baseURL: model.url, apiKey: 'scripted' }, models: { scripted: { name: 'Scripted', tool_call: true, limit: { context: 100_000, output: 4000 } } } } },
  };
  await writeFile(join(home, '.config/opencode/opencode.json'), JSON.stringify(config));
  return {
    HOME: home, PATH: [dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(':'), SHELL: '/bin/sh', LANG: 'C.UTF-8', TERM: 'xterm-256color',
    OPENCODE_DISABLE_AUTOUPDATE: '1', OPENCODE_DISABLE_MODELS_FETCH: '1', OPENCODE_DISABLE_LSP_DOWNLOAD: '1', OPENCODE_DISABLE_DEFAULT_PLUGINS: '1',
    // It fetches a package for plugins behind the user's back: from nowhere, here.
    npm_config_registry: model.url,
  };
}

export async function opencodePath(): Promise<string> {
  const fetched = await installOpencode();
  if ('missing' in fetched) throw new Error(fetched.missing);
  return fetched.path;
}
