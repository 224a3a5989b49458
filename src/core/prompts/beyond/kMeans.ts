import type { TermVectors } from './terms.ts';

export interface KMeansOptions {
  /** How many clusters at most. */
  readonly k: number;
  /** Numbers from 0 to 1. */
  readonly random: () => number;
  /** Rounds on the sample. */
  readonly rounds: number;
  /** At most so many rows find the centres; all rows are then given to the nearest. */
  readonly sample: number;
}

/**
 * Spherical k-means with greedy k-means++ seeding: clusters by cosine (Dhillon and Modha, 2001; Arthur
 * and Vassilvitskii, 2007).
 *
 * @returns the cluster of each row; -1 for rows without a term, or with none in common with any centre.
 */
export function sphericalKMeans(vectors: TermVectors, { k, random, rounds, sample }: KMeansOptions): Int32Array {
  const { starts, vocabulary } = vectors;
  const usable: number[] = [];
  for (let row = 0; row + 1 < starts.length; row++) if ((starts[row + 1] ?? 0) > (starts[row] ?? 0)) usable.push(row);
  const cluster = new Int32Array(Math.max(0, starts.length - 1)).fill(-1);
  const chosen = sampled(usable, sample, random);
  const count = Math.min(k, chosen.length);
  if (count === 0) return cluster;

  const centres = new Centres(vectors, count, vocabulary.length);
  centres.seed(chosen, random);
  for (let round = 0; round < rounds; round++) {
    if (!centres.assign(chosen, cluster) && round > 0) break;
    centres.move(chosen, cluster);
  }
  centres.assign(usable, cluster);
  return cluster;
}

/** The first of a shuffle, in their old order. */
function sampled(rows: readonly number[], size: number, random: () => number): readonly number[] {
  if (rows.length <= size) return rows;
  const shuffled = Uint32Array.from(rows);
  for (let i = 0; i < size; i++) {
    const j = i + Math.floor(random() * (shuffled.length - i));
    const other = shuffled[j] ?? 0;
    shuffled[j] = shuffled[i] ?? 0;
    shuffled[i] = other;
  }
  return Array.from(shuffled.subarray(0, size).sort());
}

/** Centres, dense and by term: the k weights of a term lie side by side, so that a row is compared with all centres at once. */
class Centres {
  readonly #vectors: TermVectors;
  readonly #k: number;
  readonly #weights: Float32Array;
  readonly #scores: Float32Array;
  /** One row by term; all 0 between uses. */
  readonly #scratch: Float32Array;

  constructor(vectors: TermVectors, k: number, size: number) {
    this.#vectors = vectors;
    this.#k = k;
    this.#weights = new Float32Array(size * k);
    this.#scores = new Float32Array(k);
    this.#scratch = new Float32Array(size);
  }

  /**
   * Each next centre is a row far from those before: some are drawn with a chance of the square of
   * their distance, which is 2 - 2 cos, and the one that brings all rows nearest is taken.
   */
  seed(rows: readonly number[], random: () => number): void {
    let distance = new Float32Array(rows.length).fill(2);
    const draws = 2 + Math.floor(Math.log(this.#k));
    for (let c = 0; c < this.#k; c++) {
      let best = { row: rows[0] ?? 0, distance, total: Infinity };
      for (let draw = 0; draw < draws; draw++) {
        const row = rows[drawn(distance, random)] ?? 0;
        const nearer = this.#nearer(rows, row, distance);
        if (nearer.total < best.total) best = { row, ...nearer };
      }
      this.#add(best.row, c);
      distance = best.distance;
    }
  }

  /** The distances once `centre` is one, too. */
  #nearer(rows: readonly number[], centre: number, before: Float32Array): { distance: Float32Array<ArrayBuffer>; total: number } {
    const { starts, terms, weights } = this.#vectors;
    const of = this.#scratch;
    const [start, end] = [starts[centre] ?? 0, starts[centre + 1] ?? 0];
    for (let i = start; i < end; i++) of[terms[i] ?? 0] = weights[i] ?? 0;
    const distance = new Float32Array(before);
    let total = 0;
    for (let place = 0; place < rows.length; place++) {
      const row = rows[place] ?? 0;
      let cosine = 0;
      const last = starts[row + 1] ?? 0;
      for (let i = starts[row] ?? 0; i < last; i++) cosine += (weights[i] ?? 0) * (of[terms[i] ?? 0] ?? 0);
      const away = Math.max(0, 2 - 2 * cosine);
      if (away < (distance[place] ?? 0)) distance[place] = away;
      total += distance[place] ?? 0;
    }
    for (let i = start; i < end; i++) of[terms[i] ?? 0] = 0;
    return { distance, total };
  }

  /** @returns whether a row went to another centre. */
  assign(rows: readonly number[], cluster: Int32Array): boolean {
    const { starts, terms, weights } = this.#vectors;
    const [centres, scores, k] = [this.#weights, this.#scores, this.#k];
    let changed = false;
    for (const row of rows) {
      scores.fill(0);
      const end = starts[row + 1] ?? 0;
      for (let i = starts[row] ?? 0; i < end; i++) {
        const [weight, at] = [weights[i] ?? 0, (terms[i] ?? 0) * k];
        for (let c = 0; c < k; c++) scores[c] = (scores[c] ?? 0) + weight * (centres[at + c] ?? 0);
      }
      let best = -1;
      let highest = 0;
      for (let c = 0; c < k; c++) {
        const score = scores[c] ?? 0;
        if (score > highest) {
          highest = score;
          best = c;
        }
      }
      if (cluster[row] !== best) {
        cluster[row] = best;
        changed = true;
      }
    }
    return changed;
  }

  /** To the middle of their rows; a centre without rows stays. */
  move(rows: readonly number[], cluster: Int32Array): void {
    const [centres, k] = [this.#weights, this.#k];
    const sizes = new Uint32Array(k);
    for (const row of rows) {
      const c = cluster[row] ?? -1;
      if (c >= 0) sizes[c] = (sizes[c] ?? 0) + 1;
    }
    const squares = new Float64Array(k);
    for (let at = 0; at < centres.length; at += k) for (let c = 0; c < k; c++) if ((sizes[c] ?? 0) > 0) centres[at + c] = 0;
    for (const row of rows) {
      const c = cluster[row] ?? -1;
      if (c >= 0) this.#add(row, c);
    }
    for (let at = 0; at < centres.length; at += k) for (let c = 0; c < k; c++) squares[c] = (squares[c] ?? 0) + (centres[at + c] ?? 0) ** 2;
    for (let at = 0; at < centres.length; at += k) {
      for (let c = 0; c < k; c++) {
        const length = Math.sqrt(squares[c] ?? 0);
        if ((sizes[c] ?? 0) > 0 && length > 0) centres[at + c] = (centres[at + c] ?? 0) / length;
      }
    }
  }

  #add(row: number, c: number): void {
    const { starts, terms, weights } = this.#vectors;
    for (let i = starts[row] ?? 0; i < (starts[row + 1] ?? 0); i++) {
      const at = (terms[i] ?? 0) * this.#k + c;
      this.#weights[at] = (this.#weights[at] ?? 0) + (weights[i] ?? 0);
    }
  }
}

/** A place, with a chance of its distance. */
function drawn(distance: Float32Array, random: () => number): number {
  let total = 0;
  for (const each of distance) total += each;
  let left = random() * total;
  let place = 0;
  while (place < distance.length - 1 && (left -= distance[place] ?? 0) > 0) place++;
  return place;
}
