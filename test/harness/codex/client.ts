// Runs the real Codex client against a scripted model: in a home of its own, without network and without an account.

import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { installCodex } from './install.ts';

export interface CodexTurn {
  /** The user's last prompt. */
  readonly prompt: string;
  /** How many results of tool calls have come since that prompt. */
  readonly results: number;
  /** What the last of them says. */
  readonly lastResult: string;
  /** The tools that the model is offered, as the client sends them. */
  readonly tools: readonly unknown[];
}

/** What the model answers: a text, one command to be run, which the user is asked about, or a call of a tool of an MCP server. */
export type CodexAnswer = { readonly say: string } | { readonly run: string } | { readonly server: string; readonly call: string; readonly input: object };

export interface CodexModel {
  readonly url: string;
  close(): Promise<void>;
}

/** A loopback server that speaks as much of the Responses API as the client uses. */
export async function startCodexModel(respond: (turn: CodexTurn) => CodexAnswer | Promise<CodexAnswer>): Promise<CodexModel> {
  let calls = 0;
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (piece: string) => (body += piece));
    request.on('end', () => {
      void (async () => {
        if (!request.url?.endsWith('/responses')) {
          response.writeHead(200, { 'content-type': 'application/json' }).end('{"object":"list","data":[]}');
          return;
        }
        const { input, tools } = JSON.parse(body) as { input: readonly Item[]; tools?: readonly unknown[] };
        const send = (type: string, data: object) => response.write(`event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`);
        // A request without tools is one of the client's own, for a title.
        const answer = (tools ?? []).length === 0 ? { say: '{"title":"Scripted"}' } : await respond({ ...turnOf(input), tools: tools ?? [] });
        const id = `scripted_${++calls}`;
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        send('response.created', { response: { id } });
        const item = 'say' in answer
          ? { type: 'message', role: 'assistant', id: `msg_${id}`, content: [{ type: 'output_text', text: answer.say }] }
          : { type: 'function_call', id: `fc_${id}`, call_id: `call_${id}`, ...callOf(answer) };
        send('response.output_item.done', { item });
        send('response.completed', { response: { id, usage: { input_tokens: 10, output_tokens: 5, total_tokens: 15 } } });
        response.end();
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

function callOf(answer: Exclude<CodexAnswer, { readonly say: string }>): object {
  if ('run' in answer) return { name: 'exec_command', arguments: JSON.stringify({ cmd: answer.run, sandbox_permissions: 'require_escalated', justification: 'It is needed.' }) };
  return { namespace: `mcp__${answer.server}`, name: answer.call, arguments: JSON.stringify(answer.input) };
}

interface Item {
  readonly type: string;
  readonly output?: unknown;
  readonly role?: string;
  readonly content?: readonly { readonly text?: string }[];
}

function turnOf(input: readonly Item[]): Omit<CodexTurn, 'tools'> {
  // Notes of the client's follow the prompt; they begin with a tag.
  const at = input.findLastIndex(({ type, role, content }) => type === 'message' && role === 'user' && !/^\s*</.test(content?.at(-1)?.text ?? '<'));
  const results = input.slice(at + 1).filter(({ type }) => type.endsWith('_output'));
  const last = results.at(-1)?.output;
  return { prompt: input[at]?.content?.at(-1)?.text ?? '', results: results.length, lastResult: typeof last === 'string' ? last : JSON.stringify(last ?? '') };
}

/** The whole environment of a client in that home; `trusted` are folders that the user has said to trust. */
export async function codexEnvironment(home: string, model: CodexModel, trusted: readonly string[]): Promise<Readonly<Record<string, string>>> {
  await mkdir(join(home, '.codex'), { recursive: true });
  const config = [
    'approval_policy = "on-request"', 'sandbox_mode = "read-only"', 'model = "scripted"', 'model_provider = "scripted"', 'check_for_update_on_startup = false',
    '[model_providers.scripted]', 'name = "scripted"', `base_url = ${JSON.stringify(model.url)}`, 'wire_api = "responses"', 'env_key = "SCRIPTED_KEY"',
    ...trusted.flatMap((folder) => [`[projects.${JSON.stringify(folder)}]`, 'trust_level = "trusted"']),
  ];
  await writeFile(join(home, '.codex/config.toml'), `${config.join('\n')}\n`);
  return { HOME: home, PATH: [dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(':'), SHELL: '/bin/sh', LANG: 'C.UTF-8', TERM: 'xterm-256color', SCRIPTED_KEY: 'scripted' };
}

export async function codexPath(): Promise<string> {
  const fetched = await installCodex();
  if ('missing' in fetched) throw new Error(fetched.missing);
  return fetched.path;
}

/** Ends the app server that a client has left running for that home, and all else of it. */
export function endCodex(home: string): void {
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      if (readFileSync(`/proc/${name}/comm`, 'latin1').trim() === 'codex' && readFileSync(`/proc/${name}/environ`, 'latin1').split('\0').includes(`HOME=${home}`)) process.kill(Number(name), 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
}

/** One prompt without a terminal, to its end. */
export async function runCodex(home: string, env: Readonly<Record<string, string>>, cwd: string, prompt: string): Promise<string> {
  const running = promisify(execFile)(await codexPath(), ['exec', '--', prompt], { cwd, env: { ...env, HOME: home }, timeout: 60_000 });
  // It would wait for more of the prompt.
  running.child.stdin?.end();
  return (await running).stdout;
}
