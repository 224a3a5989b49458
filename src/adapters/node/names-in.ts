import { readdirSync } from 'node:fs';

/** The names in a folder, in no order; none where there is no such folder, or it may not be read. */
export function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
