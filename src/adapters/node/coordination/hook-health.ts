/** Whether the hooks of Claude Code can do what they are there for. */
import { homedir } from 'node:os';
import nodePath from 'node:path';
import { parseObject } from '../../../core/base/jsonSplice.ts';
import { claudeHooksFile, readClaudeHooks } from '../../../core/sessions/index.ts';
import { nodeFiles } from '../files.ts';
import { executables } from '../launcher.ts';
import type { Environment } from '../locations.ts';
import { editingTools } from './edit-tools.ts';
import { lastHookError } from './hook-error.ts';
import { worksAgain } from './hook-recovery.ts';

export type HookScope = 'workspace' | 'user';

export interface HookHealth {
  readonly scope: HookScope;
  readonly file: string;
  /** In a sentence without its end; undefined when all is well. */
  readonly problem: string | undefined;
}

/** What failed longer ago than this is no news. */
const RECENT_MS = 86_400_000;

/** @returns undefined when no hooks of ours are installed for this folder. @throws WheelhouseError for a settings file that cannot be read. */
export async function hookHealth(places: { readonly workspace: string; readonly dataRoot: string; readonly env: Environment }, now: number): Promise<HookHealth | undefined> {
  const { workspace, dataRoot, env } = places;
  for (const scope of ['workspace', 'user'] as const) {
    const file = claudeHooksFile(nodePath, scope, { workspace, home: env['HOME'] ?? homedir(), configFolder: env['CLAUDE_CONFIG_DIR'] });
    const text = await nodeFiles.readText(file);
    const there = readClaudeHooks(text, file);
    if (there !== 'none') return { scope, file, problem: there === 'some' ? 'they are those of another version' : await problemOf(text ?? '', file, dataRoot, now) };
  }
  return undefined;
}

async function problemOf(text: string, file: string, dataRoot: string, now: number): Promise<string | undefined> {
  const before = entriesOf(parseObject(text, file), 'PreToolUse').filter(({ launcher }) => launcher !== undefined);
  const unseen = editingTools.filter((tool) => !before.some(({ matcher }) => matches(matcher, tool)));
  if (unseen.length > 0) return `none of them sees the tool ${unseen.join(', ')} before it edits`;
  for (const { launcher = '' } of before) {
    const found = await executables.isExecutable(launcher);
    if (found !== true) return `they start ${launcher}, which ${found === undefined ? 'is not there' : 'cannot be run'}`;
  }
  const error = lastHookError(dataRoot);
  if (error !== undefined && now - error.at < RECENT_MS && !worksAgain(dataRoot, error)) return `one has failed lately (${error.event === '' ? 'event unknown' : error.event}): ${error.message}`;
  return undefined;
}

interface Entry {
  readonly matcher: string | undefined;
  /** What a command of ours starts. */
  readonly launcher: string | undefined;
}

function entriesOf(settings: Record<string, unknown>, event: string): Entry[] {
  const list = fields(fields(settings)['hooks'])[event];
  return (Array.isArray(list) ? list : []).flatMap((each: unknown) => {
    const { matcher, hooks } = fields(each);
    return (Array.isArray(hooks) ? hooks : []).map((hook: unknown) => ({ matcher: typeof matcher === 'string' ? matcher : undefined, launcher: launcherOf(fields(hook)['command']) }));
  });
}

/** The program of a command that was written by `install claude`. */
function launcherOf(command: unknown): string | undefined {
  if (typeof command !== 'string') return undefined;
  const [, posix, windows] = /^(?:WHEELHOUSE_FAIL_CLOSED=1 )?(?:'((?:[^']|'\\'')*)'|"([^"]*)") hook(?: \|\| exit [02])?$/.exec(command) ?? [];
  const path = posix?.replaceAll("'\\''", "'") ?? windows;
  return path !== undefined && /[\\/]bin[\\/]wheelhouse(\.cmd)?$/.test(path) ? path : undefined;
}

/** As Claude Code reads a matcher: none, empty or `*` is every tool; else a regular expression of the whole name. */
function matches(matcher: string | undefined, tool: string): boolean {
  if (matcher === undefined || matcher === '' || matcher === '*') return true;
  try {
    return new RegExp(`^(?:${matcher})$`).test(tool);
  } catch {
    return false;
  }
}

function fields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
