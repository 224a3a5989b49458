import { join } from 'node:path';
import type { Files } from '../../core/ports/files.ts';

/**
 * The user's own settings that the command line and the MCP server need too. They live in the editor;
 * it writes them here, into the folder of the user's data, when the user has set them.
 */
export interface UserSettings {
  /** The hour at which a day of learning begins, 0-23. */
  readonly dayStart?: number;
  /** Where the notes are; `~` is the home folder. */
  readonly notesFolders?: readonly string[];
  /** The id of the note that every session is told when it starts; empty for none. */
  readonly globalContext?: string;
  /** How many characters a session is told when it starts. */
  readonly contextLimit?: number;
}

const fileIn = (folder: string) => join(folder, 'settings.json');

/** What is missing, damaged or of the wrong type is as if it had not been set. */
export async function readUserSettings(files: Files, folder: string): Promise<UserSettings> {
  const { dayStart, notesFolders, globalContext, contextLimit } = await readAll(files, folder);
  const folders = Array.isArray(notesFolders) ? notesFolders.filter((path): path is string => typeof path === 'string' && path.trim() !== '') : [];
  return { ...(isHour(dayStart) && { dayStart }), ...(folders.length > 0 && { notesFolders: folders }), ...(typeof globalContext === 'string' && { globalContext: globalContext.trim() }), ...(typeof contextLimit === 'number' && Number.isFinite(contextLimit) && { contextLimit }) };
}

/** Writes what is given, takes out what is given as undefined, and leaves the rest. Writes nothing where nothing would change. */
export async function writeUserSettings(files: Files, folder: string, change: { readonly [Name in keyof UserSettings]: UserSettings[Name] | undefined }): Promise<void> {
  const before = await readAll(files, folder);
  const after = Object.fromEntries(Object.entries({ ...before, ...change }).filter(([, value]) => value !== undefined));
  if (JSON.stringify(after) !== JSON.stringify(before)) await files.writeText(fileIn(folder), `${JSON.stringify(after, null, 2)}\n`);
}

async function readAll(files: Files, folder: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    const parsed: unknown = JSON.parse((await files.readText(fileIn(folder))) ?? '{}');
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? (parsed as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}

function isHour(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= 23;
}
