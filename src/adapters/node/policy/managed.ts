/** The settings that a company sets for all: nobody else's can override them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorCodeOf } from '../file-errors.ts';

export interface ManagedSettings {
  readonly file: string;
  /** undefined: it cannot be read. */
  readonly settings: Readonly<Record<string, unknown>> | undefined;
}

/** Where Claude Code looks for them. */
export function managedFolder(platform = process.platform): string {
  if (platform === 'darwin') return '/Library/Application Support/ClaudeCode';
  return platform === 'win32' ? 'C:\\Program Files\\ClaudeCode' : '/etc/claude-code';
}

export function managedSettings(folder = managedFolder()): ManagedSettings[] {
  return [join(folder, 'managed-settings.json'), ...namesIn(join(folder, 'managed-settings.d')).map((name) => join(folder, 'managed-settings.d', name))].flatMap((file) => {
    try {
      const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
      return [{ file, settings: typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined }];
    } catch (error) {
      return errorCodeOf(error) === 'ENOENT' || errorCodeOf(error) === 'ENOTDIR' ? [] : [{ file, settings: undefined }];
    }
  });
}

/** What a company's settings, or anybody's, keep from working. In sentences for the user. */
export function obstacles(managed: readonly ManagedSettings[], others: readonly ManagedSettings[] = []): string[] {
  const notes: string[] = [];
  for (const { file, settings } of managed) {
    if (settings === undefined) notes.push(`${file} is managed by your company and cannot be read, so what it forbids is not known.`);
    if (settings?.['allowManagedHooksOnly'] === true) notes.push(`${file} is managed by your company and lets only the company's hooks run: the hook of Wheelhouse does not run, and the agent's rules are the only layer.`);
    if (settings?.['allowManagedPermissionRulesOnly'] === true) notes.push(`${file} is managed by your company and lets only the company's permission rules count: those of the policy do not.`);
  }
  for (const { file, settings } of [...managed, ...others]) if (settings?.['disableAllHooks'] === true) notes.push(`"disableAllHooks" is set in ${file}: no hook runs, and the agent's rules are the only layer.`);
  return notes;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.json')).sort();
  } catch {
    return [];
  }
}
