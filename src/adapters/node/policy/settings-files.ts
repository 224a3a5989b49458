/** The settings files that Claude Code reads for a folder, in its order: the company's, the project's, the user's. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseObject } from '../../../core/base/jsonSplice.ts';
import { claudeConfigFolder } from '../sessions/claude-config.ts';
import { managedSettings, type ManagedSettings } from './managed.ts';
import type { PolicyPlace } from './place.ts';

export function settingsFiles(place: PolicyPlace): { readonly managed: readonly ManagedSettings[]; readonly own: readonly ManagedSettings[] } {
  const files = new Set([...[place.folder, place.root].flatMap((folder) => [join(folder, '.claude', 'settings.local.json'), join(folder, '.claude', 'settings.json')]), join(claudeConfigFolder(place.env), 'settings.json')]);
  return { managed: managedSettings(), own: [...files].flatMap(parsed) };
}

function parsed(file: string): ManagedSettings[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return [];
  }
  try {
    return [{ file, settings: parseObject(text, file) }];
  } catch {
    return [{ file, settings: undefined }];
  }
}

/** The texts of a list in settings; none where there is no such list. */
export function listIn(settings: ManagedSettings['settings'], path: readonly string[]): string[] {
  const value = path.reduce<unknown>((at, name) => (typeof at === 'object' && at !== null ? (at as Readonly<Record<string, unknown>>)[name] : undefined), settings);
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
}
