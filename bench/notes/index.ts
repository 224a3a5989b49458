/** Notes: the index, and what an agent waits for at its start. (`graph.ts` takes minutes and is run by itself.) */
import type { Figure } from '../figure.ts';
import { indexFigures } from './indexed.ts';
import { startFigures } from './starts.ts';

export async function run(): Promise<readonly Figure[]> {
  return [...(await indexFigures()), ...(await startFigures())];
}
