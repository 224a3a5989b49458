// Runs the real client against a scripted model: in a home of its own, without network, and without its first-start dialogs.

import { spawn } from 'node:child_process';
import { mkdir, realpath, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { installClaude } from './install.ts';
import { killAll, processTree } from './processes.ts';

export type Environment = Readonly<Record<string, string>>;

export interface EnvironmentOptions {
  /** The folder that stands in for the user's home; its `.claude.json` is written anew. */
  readonly home: string;
  readonly model: { readonly url: string };
  /** Folders that the user has said to trust. */
  readonly trusted: readonly string[];
  /** More variables, for example `CLAUDE_CONFIG_DIR`. */
  readonly extra?: Environment;
}

const apiKey = 'sk-ant-scripted-0123456789abcdefghij';

/** The whole environment of a client; nothing of the test's own environment gets into it. */
export async function claudeEnvironment({ home, model, trusted, extra = {} }: EnvironmentOptions): Promise<Environment> {
  const folders = await Promise.all(trusted.map((folder) => realpath(folder)));
  await mkdir(home, { recursive: true });
  await writeFile(join(home, '.claude.json'), JSON.stringify({
    hasCompletedOnboarding: true,
    theme: 'dark',
    // The client remembers an approved key by its last twenty characters.
    customApiKeyResponses: { approved: [apiKey.slice(-20)], rejected: [] },
    projects: Object.fromEntries(folders.map((folder) => [folder, { hasTrustDialogAccepted: true }])),
  }));
  return {
    HOME: home,
    PATH: [dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(':'),
    SHELL: '/bin/sh',
    LANG: 'C.UTF-8',
    ANTHROPIC_BASE_URL: model.url,
    ANTHROPIC_API_KEY: apiKey,
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    DISABLE_AUTOUPDATER: '1',
    CLAUDE_CODE_TMPDIR: home,
    ...extra,
  };
}

/** The path of the client; throws when it cannot be had (tests ask `whyNoClaude` first and skip). */
export async function claudePath(): Promise<string> {
  const installed = await installClaude();
  if ('missing' in installed) throw new Error(installed.missing);
  return installed.path;
}

export interface PrintOptions {
  readonly cwd: string;
  readonly env: Environment;
  readonly prompt: string;
  readonly args?: readonly string[];
  /** Default 60 seconds. */
  readonly timeoutMs?: number;
}

export interface Printed {
  readonly stdout: string;
  readonly stderr: string;
  /** Undefined when a signal ended it. */
  readonly code: number | undefined;
  readonly timedOut: boolean;
}

/** Runs `claude -p` to its end; after `timeoutMs` it is killed with all that it has started. */
export async function runPrint({ cwd, env, prompt, args = [], timeoutMs = 60_000 }: PrintOptions): Promise<Printed> {
  // Options that take a list would swallow the prompt if it came right behind them; `--` ends them.
  const client = spawn(await claudePath(), ['-p', ...args, '--', prompt], { cwd, env: { ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  let timedOut = false;
  client.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  client.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const timer = setTimeout(() => {
    timedOut = true;
    if (client.pid !== undefined) void processTree(client.pid).then(killAll);
  }, timeoutMs);
  try {
    const code = await new Promise<number | null>((resolve, reject) => client.on('error', reject).on('close', resolve));
    return { stdout, stderr, code: code ?? undefined, timedOut };
  } finally {
    clearTimeout(timer);
  }
}
