import type { Evidence } from './model.ts';

/** A turn with more calls than this loses its oldest. */
const MOST = 100;

/** What still matters of one source's evidence, in its order: the last two words about turns, and all since the first of them. */
export function recent(evidence: readonly Evidence[]): readonly Evidence[] {
  const turns = evidence.flatMap((each, index) => (each.call === undefined && each.state !== 'noted' ? [index] : []));
  const from = turns.at(-2) ?? 0;
  if (from === 0 && evidence.length <= MOST) return evidence;
  const kept = evidence.slice(from);
  if (kept.length <= MOST) return kept;
  const turn = turns.slice(-2).map((index) => evidence[index]).filter((each) => each !== undefined);
  return [...turn, ...kept.slice(-MOST).filter((each) => !turn.includes(each))];
}
