import { sphericalKMeans } from './kMeans.ts';
import { seededRandom } from './random.ts';
import { termVectors, type TermVectors } from './terms.ts';

export interface Topic {
  /** The words that tell it from the others, the strongest first. */
  readonly label: readonly string[];
  /** Places in the list of texts, rising. */
  readonly members: readonly number[];
}

export interface TopicOptions {
  /** How many at most; without it, as many as suit the number of texts. */
  readonly count?: number;
  /** The same seed gives the same topics. */
  readonly seed?: number;
}

export interface Topics {
  /** The largest first. */
  readonly topics: readonly Topic[];
  /** Places of texts that say too little to be of any topic, rising. */
  readonly others: readonly number[];
}

const LABEL_WORDS = 4;
/** A cluster of fewer is chance. */
const SMALLEST = 3;

/**
 * What texts are about, in groups, by the words that they share: TF-IDF without words in fewer than
 * three or more than 30 % of them, spherical k-means, and labels by class-based TF-IDF (Grootendorst,
 * 2022). Nothing but the texts is needed.
 */
export function topicsOf(texts: readonly string[], { count = defaultCount(texts.length), seed = 1 }: TopicOptions = {}): Topics {
  const vectors = termVectors(texts, { minTexts: 3, maxShare: 0.3 });
  const cluster = sphericalKMeans(vectors, { k: Math.max(1, Math.floor(count)), random: seededRandom(seed), rounds: 12, sample: 5000 });
  const members = new Map<number, number[]>();
  for (const [row, c] of cluster.entries()) {
    const list = members.get(c);
    if (list === undefined) members.set(c, [row]);
    else list.push(row);
  }
  const others = members.get(-1) ?? [];
  members.delete(-1);
  for (const [c, rows] of members) {
    if (rows.length >= SMALLEST) continue;
    others.push(...rows);
    members.delete(c);
  }
  const groups = [...members.values()].sort((a, b) => b.length - a.length || (a[0] ?? 0) - (b[0] ?? 0));
  const labels = labelsOf(vectors, groups);
  return { topics: groups.map((rows, i) => ({ label: labels[i] ?? [], members: rows })), others: others.sort((a, b) => a - b) };
}

/** Grows with the square root, from 2 to 24. */
function defaultCount(texts: number): number {
  return Math.min(24, Math.max(2, Math.round(Math.sqrt(texts / 25))));
}

/** c-TF-IDF: a term's share of the group's words · ln(1 + mean number of words of a group / the term's in all groups). */
function labelsOf({ vocabulary, starts, terms, counts }: TermVectors, groups: readonly (readonly number[])[]): string[][] {
  const inAll = new Float64Array(vocabulary.length);
  let words = 0;
  const perGroup = groups.map((rows) => {
    const inGroup = new Map<number, number>();
    for (const row of rows) {
      for (let i = starts[row] ?? 0; i < (starts[row + 1] ?? 0); i++) {
        const [term, count] = [terms[i] ?? 0, counts[i] ?? 0];
        inGroup.set(term, (inGroup.get(term) ?? 0) + count);
        inAll[term] = (inAll[term] ?? 0) + count;
        words += count;
      }
    }
    return inGroup;
  });
  const mean = words / Math.max(1, groups.length);
  return perGroup.map((inGroup) =>
    [...inGroup]
      .map(([term, count]) => ({ word: vocabulary[term] ?? '', score: count * Math.log(1 + mean / (inAll[term] ?? 1)) }))
      .sort((a, b) => b.score - a.score || (a.word < b.word ? -1 : 1))
      .slice(0, LABEL_WORDS)
      .map(({ word }) => word),
  );
}
