import type { Database } from '../../ports/database.ts';
import type { Prompt } from '../model.ts';
import { ORIGINAL_SCHEMA, sqlTime } from './databaseSchema.ts';
import { storable } from './plainText.ts';
import { pythonJson } from './pythonJson.ts';
import { redact, redactPasted } from './redact.ts';

export interface MovedPrompt {
  readonly id: number;
  /** Milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
}

export interface ExportedDatabase {
  readonly count: number;
  /** prompt_tracker has one prompt a millisecond: those that had to move to a later one. */
  readonly moved: readonly MovedPrompt[];
}

/**
 * Fills an empty database as prompt_tracker would have, with our ids, in the order of time. Secrets
 * are redacted. `database.export()` then gives the file.
 *
 * @param now Milliseconds since the epoch, for `created_at` and `updated_at`.
 */
export function writeOriginalDatabase(database: Database, prompts: readonly Prompt[], now: number): ExportedDatabase {
  const moved: MovedPrompt[] = [];
  const written = sqlTime(now);
  let last = -Infinity;
  database.exec(ORIGINAL_SCHEMA);
  database.transaction(() => {
    for (const prompt of [...prompts].sort((a, b) => a.at - b.at || a.id - b.id)) {
      // An order that holds is worth more than a few milliseconds, so what follows moves too.
      const at = Math.max(Math.trunc(prompt.at), last + 1);
      if (at !== prompt.at) moved.push({ id: prompt.id, from: prompt.at, to: at });
      last = at;
      database.run('INSERT INTO prompts (id, timestamp, display, project, pasted_contents, created_at) VALUES (?, ?, ?, ?, ?, ?)', [
        prompt.id,
        at,
        storable(redact(prompt.text)),
        storable(prompt.project),
        pythonJson(redactPasted(prompt.pasted)),
        written,
      ]);
      if (prompt.rating === undefined && (prompt.note ?? '') === '') continue;
      database.run('INSERT INTO prompt_metadata (prompt_id, rating, note, updated_at) VALUES (?, ?, ?, ?)', [
        prompt.id,
        prompt.rating ?? null,
        prompt.note === undefined ? null : storable(redact(prompt.note)),
        written,
      ]);
    }
  });
  return { count: prompts.length, moved };
}
