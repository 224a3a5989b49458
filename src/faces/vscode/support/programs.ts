import { access, constants, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';

/**
 * Finds a program as a shell would, without one: an absolute path as it is, a name on PATH.
 * On Windows only real programs count, because a script (`.cmd`) cannot be started without a shell.
 */
export async function findProgram(name: string, env: Readonly<Record<string, string | undefined>>, isProgram = canBeRun, windows = process.platform === 'win32'): Promise<string | undefined> {
  const wanted = name.trim();
  if (wanted === '') return undefined;
  const names = windows && !/\.(exe|com)$/i.test(wanted) ? [`${wanted}.exe`, `${wanted}.com`] : [wanted];
  // A relative path would mean another program in each folder.
  const folders = isAbsolute(wanted) ? [''] : /[/\\]/.test(wanted) ? [] : (env['PATH'] ?? env['Path'] ?? '').split(delimiter).filter(isAbsolute);
  for (const folder of folders) {
    for (const candidate of names) {
      const path = folder === '' ? candidate : join(folder, candidate);
      if (await isProgram(path)) return path;
    }
  }
  return undefined;
}

async function canBeRun(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
