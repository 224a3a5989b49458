import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StateCache } from '../../../core/coordination/index.ts';
import { systemRandom } from '../clock.ts';

/** The folded state beside the journal, so that a hook need not read all of that; `feed`: where the last feed stood. */
export function foldCache(scope: string, what: 'state' | 'feed' = 'state'): StateCache {
  const file = join(scope, what === 'state' ? 'coordination.json' : 'coordination-feed.json');
  return {
    load: () => {
      try {
        return readFileSync(file, 'utf8');
      } catch {
        return undefined;
      }
    },
    save: (text) => {
      const temporary = `${file}.${systemRandom.base32(8)}.tmp`;
      try {
        writeFileSync(temporary, text, { flag: 'wx', mode: 0o600 });
        renameSync(temporary, file);
      } catch {
        rmSync(temporary, { force: true });
      }
    },
  };
}
