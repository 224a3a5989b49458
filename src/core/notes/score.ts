/** A hit in the title counts for more than one among the tags, and that for more than one in the text. */
const WEIGHTS = [8, 4, 1];

/**
 * How well a note fits, by rarity of the words and saturating counts (as BM25 without lengths).
 * @param info `matchinfo` with `pcnx`: 32-bit words in the machine's order.
 */
export function scoreOf(info: Uint8Array): number {
  const words = new Uint32Array(info.slice().buffer);
  const [phrases = 0, columns = 0, total = 0] = words;
  let score = 0;
  for (let phrase = 0; phrase < phrases; phrase++) {
    for (let column = 0; column < columns; column++) {
      const at = 3 + 3 * (phrase * columns + column);
      const [hits = 0, , notes = 0] = words.subarray(at, at + 3);
      score += (WEIGHTS[column] ?? 1) * Math.log(1 + (total - notes + 0.5) / (notes + 0.5)) * (hits / (hits + 1));
    }
  }
  return score;
}
