import { join } from 'node:path';
import { Ledger } from '../../../core/coordination/index.ts';
import { systemClock, systemRandom } from '../clock.ts';
import { openJournal } from '../journal-file.ts';
import { foldCache } from './fold-cache.ts';

/** Who asks for a page of the feed does not want the whole journal read behind it. */
const BATCH_BYTES = 128 * 1024;

/** @param scope The folder of the repository's journal. */
export function openLedger(scope: string): Ledger {
  return new Ledger({ journal: openJournal(join(scope, 'journal.jsonl'), { clock: systemClock, random: systemRandom, batchBytes: BATCH_BYTES }), clock: systemClock, cache: foldCache(scope), marks: foldCache(scope, 'feed') });
}
