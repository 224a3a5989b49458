import { homedir } from 'node:os';
import { join } from 'node:path';

/** `CLAUDE_CONFIG_DIR`, else `~/.claude`. */
export function claudeConfigFolder(env: Readonly<Record<string, string | undefined>>): string {
  return env['CLAUDE_CONFIG_DIR'] || join(env['HOME'] || homedir(), '.claude');
}
