/** The settings that a company sets for all: nobody else's can override them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorCodeOf } from '../file-errors.ts';
import { namesIn } from '../names-in.ts';

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
  const more = join(folder, 'managed-settings.d');
  const parts = namesIn(more).filter((name) => name.endsWith('.json')).sort();
  return [join(folder, 'managed-settings.json'), ...parts.map((name) => join(more, name))].flatMap((file) => {
    try {
      const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
      return [{ file, settings: typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : undefined }];
    } catch (error) {
      return errorCodeOf(error) === 'ENOENT' || errorCodeOf(error) === 'ENOTDIR' ? [] : [{ file, settings: undefined }];
    }
  });
}

/** Something in settings that keeps a layer from working. */
export interface Obstacle {
  /** The layer; `unknown`: which one cannot be told. */
  readonly layer: 'hook' | 'rules' | 'sandbox' | 'unknown';
  /** For the user: what it is, what follows, what to do. */
  readonly message: string;
}

/**
 * What a company's settings, or anybody's, keep from working. Each was seen with Claude Code 2.1.197: with hooks that do
 * not run, rules that do not count and a sandbox that is off, it read a file that the policy denies.
 */
export function obstacles(managed: readonly ManagedSettings[], others: readonly ManagedSettings[] = []): Obstacle[] {
  const found: Obstacle[] = [];
  const add = (layer: Obstacle['layer'], message: string) => void found.push({ layer, message });
  for (const { file, settings } of managed) {
    const company = `${file} is managed by your company`;
    if (settings === undefined) add('unknown', `${company} and cannot be read or is no JSON object, so what it forbids is not known. Ask whoever manages it.`);
    if (settings?.['allowManagedHooksOnly'] === true) add('hook', `${company} and lets only the company's hooks run ("allowManagedHooksOnly"): the hook of Wheelhouse does not run. Ask whoever manages it to install the hook there.`);
    if (locksHooks(settings?.['strictPluginOnlyCustomization'])) add('hook', `${company} and lets only plugins bring hooks ("strictPluginOnlyCustomization"): the hook of Wheelhouse does not run. Ask whoever manages it to install the hook there.`);
    if (settings?.['allowManagedPermissionRulesOnly'] === true) add('rules', `${company} and lets only the company's permission rules count ("allowManagedPermissionRulesOnly"): those of the policy do not. Ask whoever manages it to add them there.`);
  }
  for (const { file, settings } of [...managed, ...others]) {
    if (settings?.['disableAllHooks'] === true) add('hook', `"disableAllHooks" is set in ${file}: no hook runs. Remove it there.`);
    const excluded = listIn(settings, ['sandbox', 'excludedCommands']);
    if (excluded.length > 0) add('sandbox', `"sandbox.excludedCommands" in ${file} lets commands run outside of the sandbox: ${excluded.slice(0, 5).join(', ')}${excluded.length > 5 ? ', …' : ''}. Remove it there.`);
  }
  return found;
}

function locksHooks(value: unknown): boolean {
  return value === true || (Array.isArray(value) && value.includes('hooks'));
}

/** The value at a path; undefined where there is none. */
export function valueIn(settings: ManagedSettings['settings'], path: readonly string[]): unknown {
  return path.reduce<unknown>((at, name) => (typeof at === 'object' && at !== null ? (at as Readonly<Record<string, unknown>>)[name] : undefined), settings);
}

/** The texts of a list in settings; none where there is no such list. */
export function listIn(settings: ManagedSettings['settings'], path: readonly string[]): string[] {
  const value = valueIn(settings, path);
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
}
