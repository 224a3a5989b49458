/**
 * Whether a new card asks what a known one asks already. Cards are compared by groups of three
 * characters, of which rare ones count more: the question "What does map return?" has most of its
 * characters in common with "What does filter return?", but not those that matter. It needs no word
 * boundaries, so it holds for any script.
 */
import type { KnownCard } from './model.ts';

/**
 * How much question and answer have in common (0-1) at least: nearly the same question with an answer
 * that is not another one (a "not" is only three letters), or a like question with a like answer.
 * Chosen by the pairs of the tests.
 */
const alike = [
  { question: 0.86, answer: 0.25 },
  { question: 0.45, answer: 0.55 },
] as const;
const leastQuestion = Math.min(...alike.map(({ question }) => question));

export interface Duplicates {
  /** The id of the known card that is most like this one, when it is like enough. */
  readonly find: (card: { readonly question: string; readonly answer: string }) => string | undefined;
}

/** Builds an index over the known cards, so that a look-up costs a millisecond with ten thousand of them. */
export function duplicatesOf(known: readonly KnownCard[]): Duplicates {
  const questions = known.map((card) => normalised(card.question));
  const index = new GramIndex(questions);
  const exact = new Map<string, number>();
  questions.forEach((question, at) => {
    if (question !== '' && !exact.has(question)) exact.set(question, at);
  });

  return {
    find: ({ question, answer }) => {
      const asked = normalised(question);
      const same = exact.get(asked);
      if (same !== undefined) return known[same]?.id;
      let best: { id: string; score: number } | undefined;
      for (const [at, score] of index.alike(asked, leastQuestion)) {
        const card = known[at];
        if (card === undefined || score <= (best?.score ?? 0)) continue;
        const answers = likeness(card.answer, answer);
        if (alike.some((least) => score >= least.question && answers >= least.answer)) best = { id: card.id, score };
      }
      return best?.id;
    },
  };
}

/** Text without what does not change its meaning: case, Markdown, punctuation, cloze marks, widths. */
export function normalised(text: string): string {
  return text
    .slice(0, 2_000)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\{\{c\d+::(.*?)(?:::[^{}]*)?\}\}/gs, '$1')
    .replace(/\*\*|__|`+|^\s*(?:#+|>|[-*])\s/gm, ' ')
    // Operators stay: == and === are different questions.
    .replace(/[.,;:?!"'()[\]{}…“”„‘’«»¿¡。、？！：；「」]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

function likeness(one: string, other: string): number {
  const [a, b] = [grams(normalised(one)), grams(normalised(other))];
  const shared = [...a].filter((gram) => b.has(gram)).length;
  return shared === 0 ? 0 : (2 * shared) / (a.size + b.size);
}

/**
 * The set of three-character groups, each as a number of 30 bits (two groups rarely share one); a
 * word's edges belong to it.
 */
function grams(text: string): Set<number> {
  const padded = ` ${text} `;
  const found = new Set<number>();
  for (let at = 0; at + 3 <= padded.length; at++) {
    const mixed = Math.imul(Math.imul(padded.charCodeAt(at), 0x9e3779b1) ^ padded.charCodeAt(at + 1), 0x85ebca6b) ^ padded.charCodeAt(at + 2);
    found.add((mixed ^ (mixed >>> 15)) & 0x3fffffff);
  }
  return found;
}

class GramIndex {
  readonly #holders = new Map<number, number[]>();
  /** The weight of all groups of one text. */
  readonly #weights: Float64Array;
  readonly #size: number;

  constructor(texts: readonly string[]) {
    this.#size = texts.length;
    const all = texts.map(grams);
    all.forEach((found, at) => {
      for (const gram of found) {
        const holders = this.#holders.get(gram);
        if (holders === undefined) this.#holders.set(gram, [at]);
        else holders.push(at);
      }
    });
    this.#weights = Float64Array.from(all, (found) => this.#total(found));
  }

  /** Texts that share at least this much (0-1, Dice's coefficient of the weights), with how much. */
  alike(text: string, least: number): [at: number, score: number][] {
    const found = grams(text);
    const own = this.#total(found);
    const shared = new Float64Array(this.#size);
    for (const gram of found) {
      const weight = this.#weight(gram);
      for (const at of this.#holders.get(gram) ?? []) shared[at] = (shared[at] ?? 0) + weight;
    }
    const result: [number, number][] = [];
    shared.forEach((weight, at) => {
      const score = (2 * weight) / (own + (this.#weights[at] ?? 0));
      if (weight > 0 && score >= least) result.push([at, score]);
    });
    return result;
  }

  #total(found: ReadonlySet<number>): number {
    let total = 0;
    for (const gram of found) total += this.#weight(gram);
    return total;
  }

  /** Inverse document frequency, smoothed so that it stays above 0 with one text. */
  #weight(gram: number): number {
    return Math.log(1 + (this.#size + 1) / ((this.#holders.get(gram)?.length ?? 0) + 0.5));
  }
}
