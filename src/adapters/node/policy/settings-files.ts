/** The settings files that Claude Code reads for a folder, in its order: the company's, the project's, the user's. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseObject } from '../../../core/base/jsonSplice.ts';
import { claudeConfigFolder } from '../sessions/claude-config.ts';
import { managedSettings, valueIn, type ManagedSettings } from './managed.ts';
import type { PolicyPlace } from './place.ts';

export interface SettingsFiles {
  readonly managed: readonly ManagedSettings[];
  readonly own: readonly ManagedSettings[];
}

export function settingsFiles(place: PolicyPlace): SettingsFiles {
  const files = new Set([...[place.folder, place.root].flatMap((folder) => [join(folder, '.claude', 'settings.local.json'), join(folder, '.claude', 'settings.json')]), join(claudeConfigFolder(place.env), 'settings.json')]);
  return { managed: managedSettings(place.managedFolder), own: [...files].flatMap(parsed) };
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

/** A value that several files may set: the first of them in the agent's order counts, the company's before all. */
export function settingOf({ managed, own }: SettingsFiles, path: readonly string[]): unknown {
  return [...[...managed].reverse(), ...own].map(({ settings }) => valueIn(settings, path)).find((value) => value !== undefined);
}
