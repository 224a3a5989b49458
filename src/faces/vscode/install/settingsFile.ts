import { homedir } from 'node:os';
import { join } from 'node:path';
import { WheelhouseError } from '../../../core/base/errors.ts';
import type { Files } from '../../../core/ports/files.ts';

export type Scope = 'workspace' | 'user';

/** Where Claude Code looks for MCP servers: those of a project in its own folder, those of the user in its own settings. */
export function claudeSettings(scope: Scope, folder: string, env: Readonly<Record<string, string | undefined>> = process.env): string {
  if (scope === 'workspace') return join(folder, '.mcp.json');
  return join(env['CLAUDE_CONFIG_DIR'] || env['HOME'] || homedir(), '.claude.json');
}

export type Change = 'created' | 'changed' | 'removed' | 'none';

/**
 * Changes a file that its owner may be writing too: when that happens, the change is made again on what is there then.
 * @param change Gives the new text, undefined to remove the file.
 */
export async function rewrite(files: Pick<Files, 'readText' | 'replaceText' | 'remove'>, file: string, change: (text: string | undefined) => string | undefined): Promise<Change> {
  for (let attempt = 0; attempt < 5; attempt++) {
    const before = await files.readText(file);
    const after = change(before);
    if (after === before) return 'none';
    if (after === undefined) {
      await files.remove(file);
      return 'removed';
    }
    if ((await files.replaceText(file, { expected: before, text: after })) === 'written') return before === undefined ? 'created' : 'changed';
  }
  throw new WheelhouseError('conflict', `${file} is being written by another program all the time; nothing was changed. Try again in a moment.`);
}
