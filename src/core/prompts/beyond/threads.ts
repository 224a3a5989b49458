import type { Prompt } from '../model.ts';
import { similarity, termVectors, type TermVectors } from './terms.ts';

/** The work on one task, over the sessions that it took. */
export interface Thread {
  readonly project: string;
  /** In the order of time. */
  readonly ids: readonly number[];
  /** In the order of their first prompt. */
  readonly sessions: readonly string[];
  /** Times of the first and the last prompt, milliseconds. */
  readonly from: number;
  readonly to: number;
  /** The rare terms that hold it together, the strongest first. */
  readonly terms: readonly string[];
}

const HOUR = 3_600_000;
/** Without a prompt for so long, the same session may be at something else. */
const PAUSE = 2 * HOUR;
/** A task that nothing was asked about for so long is over. */
const WITHIN = 72 * HOUR;
/** Stretches of work that are compared with each new one. */
const LOOKED_BACK = 40;
/** Cosine from which on two stretches are of one task, and how many rare terms they share at least. */
const ALIKE = 0.2;
const SHARED_TERMS = 2;
/** A term is rare when it stands in at most this share of the stretches, or in this many. */
const RARE_SHARE = 0.05;
const RARE_TEXTS = 6;
const LABEL_TERMS = 5;

/** Prompts of one session without a long pause. */
interface Stretch {
  readonly project: string;
  readonly session: string;
  readonly prompts: Prompt[];
  /** Not of the prompts' time only: one stretch begins before another that it is in the midst of. */
  readonly from: number;
  to: number;
}

/**
 * Tasks that went over several sessions: stretches of work in the same folder, at most three days
 * apart, that share rare terms.
 *
 * @returns threads of at least two sessions, the latest first.
 */
export function threadsOf(prompts: readonly Prompt[]): Thread[] {
  const stretches = stretchesOf(prompts);
  const vectors = termVectors(stretches.map(({ prompts: each }) => each.map(({ text }) => text.slice(0, 1000)).join('\n')), { minTexts: 2, maxShare: 0.3 });
  const isRare = (term: number) => (vectors.frequency[term] ?? 0) <= Math.max(RARE_TEXTS, stretches.length * RARE_SHARE);

  const threadOf = stretches.map((_, i) => i);
  const rootOf = (place: number): number => {
    let root = place;
    while (threadOf[root] !== root) root = threadOf[root] = threadOf[threadOf[root] ?? root] ?? root;
    return root;
  };
  const recent = new Map<string, number[]>();
  for (const [place, stretch] of stretches.entries()) {
    const before = recent.get(stretch.project) ?? [];
    for (const other of before) {
      if (stretch.from - (stretches[other]?.to ?? 0) > WITHIN || rootOf(other) === rootOf(place)) continue;
      if (similarity(vectors, place, other) >= ALIKE && sharedTerms(vectors, place, other, isRare).length >= SHARED_TERMS) threadOf[rootOf(place)] = rootOf(other);
    }
    recent.set(stretch.project, [...before.slice(1 - LOOKED_BACK), place]);
  }

  const members = new Map<number, number[]>();
  for (const place of stretches.keys()) members.set(rootOf(place), [...(members.get(rootOf(place)) ?? []), place]);
  return [...members.values()]
    .map((places) => threadFrom(places, stretches, vectors, isRare))
    .filter(({ sessions }) => sessions.length > 1)
    .sort((a, b) => b.to - a.to || b.from - a.from);
}

/** In the order of time. A prompt of no known session is one of its own. */
function stretchesOf(prompts: readonly Prompt[]): Stretch[] {
  const stretches: Stretch[] = [];
  const open = new Map<string, Stretch>();
  for (const prompt of [...prompts].sort((a, b) => a.at - b.at || a.id - b.id)) {
    const { project, at } = prompt;
    if (project === '') continue;
    const session = prompt.session === '' ? `#${prompt.id}` : prompt.session;
    const name = `${session}\n${project}`;
    const last = open.get(name);
    if (last !== undefined && at - last.to <= PAUSE) {
      last.prompts.push(prompt);
      last.to = at;
      continue;
    }
    const stretch = { project, session, prompts: [prompt], from: at, to: at };
    open.set(name, stretch);
    stretches.push(stretch);
  }
  return stretches;
}

function sharedTerms({ starts, terms }: TermVectors, a: number, b: number, isRare: (term: number) => boolean): number[] {
  const of = new Set(terms.subarray(starts[a] ?? 0, starts[a + 1] ?? 0));
  return Array.from(terms.subarray(starts[b] ?? 0, starts[b + 1] ?? 0)).filter((term) => of.has(term) && isRare(term));
}

function threadFrom(places: readonly number[], stretches: readonly Stretch[], vectors: TermVectors, isRare: (term: number) => boolean): Thread {
  const own = places.map((place) => stretches[place]).filter((stretch) => stretch !== undefined);
  const prompts = own.flatMap((stretch) => stretch.prompts).sort((a, b) => a.at - b.at || a.id - b.id);
  const weights = new Map<number, { stretches: number; weight: number }>();
  for (const place of places) {
    for (let i = vectors.starts[place] ?? 0; i < (vectors.starts[place + 1] ?? 0); i++) {
      const term = vectors.terms[i] ?? 0;
      if (!isRare(term)) continue;
      const sum = weights.get(term) ?? { stretches: 0, weight: 0 };
      weights.set(term, { stretches: sum.stretches + 1, weight: sum.weight + (vectors.weights[i] ?? 0) });
    }
  }
  const terms = [...weights]
    .filter(([, { stretches: count }]) => count > 1)
    .sort(([a, x], [b, y]) => y.weight - x.weight || a - b)
    .slice(0, LABEL_TERMS)
    .map(([term]) => vectors.vocabulary[term] ?? '');
  return {
    project: own[0]?.project ?? '',
    ids: prompts.map(({ id }) => id),
    sessions: [...new Set(prompts.map(({ session }) => session))],
    from: prompts[0]?.at ?? 0,
    to: prompts.at(-1)?.at ?? 0,
    terms,
  };
}
