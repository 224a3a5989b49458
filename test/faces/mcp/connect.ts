// The official client, over standard input and output, on a server that runs from source.

import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import type { TestContext } from 'node:test';
import { cli, type Stage } from '../cli/stage.ts';

export type Generation = 'legacy' | '2026-07-28';
export const generations: readonly Generation[] = ['legacy', '2026-07-28'];

export interface Connected {
  readonly client: Client;
  readonly pid: number;
  /** Calls a tool and gives its structured answer; a tool error is thrown with its text. */
  readonly call: (name: string, input?: Record<string, unknown>) => Promise<Record<string, unknown>>;
  /** Calls a tool that is to refuse, and gives what it says. */
  readonly refusal: (name: string, input?: Record<string, unknown>) => Promise<string>;
}

export interface ConnectOptions {
  readonly generation?: Generation;
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  readonly cwd?: string;
}

export async function connect(t: TestContext, stage: Stage, { generation = 'legacy', env = {}, args = [], cwd = stage.repo }: ConnectOptions = {}): Promise<Connected> {
  const transport = new StdioClientTransport({ command: process.execPath, args: [cli, 'mcp', ...args], cwd, env: { ...stage.env, ...env }, stderr: 'ignore' });
  const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode: generation === 'legacy' ? 'legacy' : { pin: generation } } });
  await client.connect(transport);
  t.after(() => client.close());
  const say = async (name: string, input: Record<string, unknown>) => {
    const result = await client.callTool({ name, arguments: input });
    const text = result.content.map((block) => (block.type === 'text' ? block.text : '')).join('\n');
    return { result, text, isError: result.isError === true };
  };
  return {
    client,
    pid: transport.pid ?? 0,
    async call(name, input = {}) {
      const { result, text, isError } = await say(name, input);
      if (isError) throw new Error(text);
      const answer = result.structuredContent as Record<string, unknown>;
      if (JSON.stringify(answer) !== text) throw new Error(`The text of ${name} is not its structured content: ${text}`);
      return answer;
    },
    async refusal(name, input = {}) {
      const { result, text, isError } = await say(name, input);
      if (!isError) throw new Error(`${name} did not refuse: ${JSON.stringify(result.structuredContent)}`);
      return text;
    },
  };
}
