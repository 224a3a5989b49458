import { join } from 'node:path';
import type { Files } from '../../core/ports/files.ts';
import type { SmokeSetting } from '../../core/smoke/index.ts';

/**
 * The settings that the command line, hooks and the MCP server need too. They live in the editor;
 * it writes them here, into the repository's data folder, whenever a trusted workspace is open.
 */
export interface SharedSettings {
  readonly logFile?: string;
  readonly smokeCommand?: SmokeSetting;
  readonly smokeTimeoutMinutes?: number;
  /** A session's first edit of a file claims it. */
  readonly autoClaim?: boolean;
}

const fileIn = (scope: string) => join(scope, 'settings.json');

/** What is missing, damaged or of the wrong type is as if it had not been set. */
export async function readSharedSettings(files: Files, scope: string): Promise<SharedSettings> {
  try {
    const parsed: unknown = JSON.parse((await files.readText(fileIn(scope))) ?? '{}');
    if (typeof parsed !== 'object' || parsed === null) return {};
    const { logFile, smokeCommand, smokeTimeoutMinutes, autoClaim } = parsed as Record<string, unknown>;
    return {
      ...(typeof logFile === 'string' && logFile !== '' && { logFile }),
      ...(isSmokeSetting(smokeCommand) && { smokeCommand }),
      ...(typeof smokeTimeoutMinutes === 'number' && smokeTimeoutMinutes > 0 && { smokeTimeoutMinutes }),
      ...(typeof autoClaim === 'boolean' && { autoClaim }),
    };
  } catch {
    return {};
  }
}

export async function writeSharedSettings(files: Files, scope: string, settings: SharedSettings): Promise<void> {
  const text = `${JSON.stringify(settings, null, 2)}\n`;
  if ((await files.readText(fileIn(scope)).catch(() => undefined)) !== text) await files.writeText(fileIn(scope), text);
}

function isSmokeSetting(value: unknown): value is string | string[] {
  return typeof value === 'string' || (Array.isArray(value) && value.every((part) => typeof part === 'string'));
}
