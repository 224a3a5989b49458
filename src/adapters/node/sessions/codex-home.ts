import { homedir } from 'node:os';
import { join } from 'node:path';

/** `CODEX_HOME`, else `~/.codex`. */
export function codexHome(env: Readonly<Record<string, string | undefined>>): string {
  return env['CODEX_HOME'] || join(env['HOME'] || homedir(), '.codex');
}
