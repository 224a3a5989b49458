import { rowFilter, snippetsFor, type FullText, type Marks, type PromptFilter, type PromptSearch, type Query } from '../../../core/prompts/index.ts';
import type { Archive } from './archive.ts';

/** Of more hits than this, the newest come first: to weigh each of them would take longer than one waits. */
const MOST_RANKED = 2000;
const TOP = 100;
const BRIEF = 2000;
/** Texts that are looked through at once. */
const SLICE = 2000;

interface Place {
  readonly archive: Archive;
  readonly marks: Marks;
  /** Needed when the query has words. */
  readonly words: FullText | undefined;
}

export function searchPrompts({ archive, marks, words }: Place, query: Query, filter: PromptFilter): PromptSearch {
  const { table } = archive.index;
  const fits = rowFilter(table, marks, filter);
  const everything = () => Uint32Array.from({ length: table.count }, (_, row) => row + 1);
  let ids: Uint32Array = words?.ids(query) ?? words?.without(everything(), query.excluded) ?? everything();
  ids = ids.filter((id) => fits(id - 1));
  if (query.literals.length > 0) ids = containing(archive, ids, query.literals);
  const ranked = query.terms.length > 0 && ids.length <= MOST_RANKED;
  const best = ranked && words ? byScore(ids, words.scores(query), table.at) : newest(ids, table.at);
  const lines = archive.lines(best.map((id) => id - 1));
  const snippetOf = snippetsFor(query);
  return {
    ids,
    order: ranked ? 'relevance' : 'newest',
    top: lines.map(([row, { told }]) => ({ id: row + 1, at: told.at, text: told.text.slice(0, BRIEF), rating: marks.rating[row] ?? 0, snippet: snippetOf(told.text), project: told.project })),
  };
}

function containing(archive: Archive, ids: Uint32Array, literals: readonly string[]): Uint32Array {
  const found: number[] = [];
  for (let from = 0; from < ids.length; from += SLICE) {
    for (const [row, { told }] of archive.lines(ids.subarray(from, from + SLICE).map((id) => id - 1))) {
      if (literals.every((literal) => told.text.includes(literal))) found.push(row + 1);
    }
  }
  return Uint32Array.from(found);
}

function byScore(ids: Uint32Array, scores: ReadonlyMap<number, number>, at: Float64Array): number[] {
  return [...ids].sort((a, b) => (scores.get(b) ?? 0) - (scores.get(a) ?? 0) || (at[b - 1] ?? 0) - (at[a - 1] ?? 0) || b - a).slice(0, TOP);
}

/** Ids mostly rise with time; when they do, the last are the newest. */
function newest(ids: Uint32Array, at: Float64Array): number[] {
  const isRising = ids.every((id, n) => n === 0 || (at[id - 1] ?? 0) >= (at[(ids[n - 1] ?? 1) - 1] ?? 0));
  if (isRising) return [...ids.subarray(-TOP)].reverse();
  return [...ids].sort((a, b) => (at[b - 1] ?? 0) - (at[a - 1] ?? 0) || b - a).slice(0, TOP);
}
