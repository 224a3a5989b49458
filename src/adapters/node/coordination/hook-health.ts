/** Whether the hooks of Claude Code can do what they are there for. */
import { homedir } from 'node:os';
import nodePath from 'node:path';
import { parseObject } from '../../../core/base/jsonSplice.ts';
import { claudeHooksFile, hookCommandsIn, launcherIn, matcherTakes, readClaudeHooks } from '../../../core/sessions/index.ts';
import { nodeFiles } from '../files.ts';
import { executables } from '../launcher.ts';
import type { Environment } from '../locations.ts';
import { editingTools } from './edit-tools.ts';
import { lastHookError } from './hook-error.ts';
import { worksAgain } from './hook-recovery.ts';

type HookScope = 'workspace' | 'user';

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
  const before = hookCommandsIn(parseObject(text, file), 'PreToolUse').flatMap(({ matcher, command }) => {
    const ours = launcherIn(command);
    return ours === undefined ? [] : [{ matcher, launcher: ours.launcher }];
  });
  const unseen = editingTools.filter((tool) => !before.some(({ matcher }) => matcherTakes(matcher, tool)));
  if (unseen.length > 0) return `none of them sees the tool ${unseen.join(', ')} before it edits`;
  for (const { launcher } of before) {
    const found = await executables.isExecutable(launcher);
    if (found !== true) return `they start ${launcher}, which ${found === undefined ? 'is not there' : 'cannot be run'}`;
  }
  const error = lastHookError(dataRoot);
  if (error !== undefined && now - error.at < RECENT_MS && !worksAgain(dataRoot, error)) return `one has failed lately (${error.event === '' ? 'event unknown' : error.event}): ${error.message}`;
  return undefined;
}
