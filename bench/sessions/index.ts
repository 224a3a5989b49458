/** Sessions: how right and how quick the verdicts are on recorded traces, and what watching costs. */
import type { Figure } from '../figure.ts';
import { loadFigures } from './load.ts';
import { verdictFigures } from './verdicts.ts';

export async function run(): Promise<Figure[]> {
  return [...verdictFigures(), ...(await loadFigures())];
}
