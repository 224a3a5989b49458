/** Groups of texts that say nearly the same in the same words. */

/** Share of the smaller text's word pairs that both must have. */
const SAME_FROM = 0.5;
/** What so many groups begin with or contain tells no two apart. */
const COMMON = 200;
/** Only so many words of a text are compared. */
const COMPARED = 300;

/**
 * Each text joins the group whose first text it shares most pairs of neighbouring words with
 * (Dice's coefficient, at least a half), else it begins one.
 *
 * @param texts In the order of preference: the first of a group is its model.
 * @returns the groups, as places in the list, in the order of their first texts.
 */
export function nearDuplicates(texts: readonly string[]): number[][] {
  const groups: number[][] = [];
  const sizes: number[] = [];
  const byPair = new Map<string, number[]>();
  for (const [place, text] of texts.entries()) {
    const pairs = pairsOf(text);
    const shared = new Map<number, number>();
    for (const pair of pairs) for (const group of byPair.get(pair) ?? []) shared.set(group, (shared.get(group) ?? 0) + 1);
    let [best, most] = [-1, SAME_FROM];
    for (const [group, count] of shared) {
      const dice = (2 * count) / (pairs.size + (sizes[group] ?? 0));
      if (dice > most || (dice === most && best < 0)) [best, most] = [group, dice];
    }
    if (best >= 0) {
      groups[best]?.push(place);
      continue;
    }
    const group = groups.push([place]) - 1;
    sizes.push(pairs.size);
    for (const pair of pairs) {
      const list = byPair.get(pair);
      if (list === undefined) byPair.set(pair, [group]);
      else if (list.length < COMMON) list.push(group);
    }
  }
  return groups;
}

function pairsOf(text: string): Set<string> {
  const words = (text.slice(0, COMPARED * 12).toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? []).slice(0, COMPARED);
  const pairs = new Set<string>();
  for (let i = 0; i + 1 < words.length; i++) pairs.add(`${words[i] ?? ''} ${words[i + 1] ?? ''}`);
  if (words.length === 1) pairs.add(words[0] ?? '');
  return pairs;
}
