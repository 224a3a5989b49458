// Graphs of notes that are always the same.
import type { GraphNode, GraphPlaces, GraphStart, NoteGraph } from '../../../src/protocol/noteGraph.ts';

export function random(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 4294967296;
}

const topics = ['typescript', 'testing', 'git', 'sql', 'emacs', 'design', 'agents', 'security', 'recipes', 'travel'];
const words = ['anchors', 'journal', 'locks', 'barriers', 'parsers', 'fonts', 'indexes', 'merges', 'sessions', 'prompts', 'schemas', 'cursors', 'tokens', 'graphs', 'queues', 'clocks', 'hooks', 'diffs'];

/** Notes in neighbourhoods by topic, a few of them with very many links; some without any. */
export function sampleGraph(notes: number, links: number, seed = 7): NoteGraph {
  const next = random(seed);
  const pick = <T>(list: readonly T[]) => list[Math.floor(next() * list.length)] as T;
  const nodes: GraphNode[] = Array.from({ length: notes }, (_, n) => {
    const topic = topics[n % topics.length] ?? '';
    const isPublic = n % 3 === 0;
    return { key: `note-${n}`, id: `note-${n}`, title: `${topic[0]?.toUpperCase() ?? ''}${topic.slice(1)}: ${pick(words)} and ${pick(words)} ${n}`, tags: [...(isPublic ? ['PUBLIC'] : []), ...(n % 7 === 0 ? [] : [topic])], isPublic, modifiedAt: 1_758_000_000_000 - n * 3_600_000 };
  });
  const seen = new Set<string>();
  const pairs: number[] = [];
  for (let tries = 0; pairs.length < 2 * links && tries < 40 * links; tries++) {
    const from = Math.floor(next() * notes * 0.95);
    const near = next() < 0.85;
    let to = Math.floor(next() ** 2.5 * notes * 0.95);
    if (near) to -= (to % topics.length) - (from % topics.length);
    if (from === to || to < 0 || to >= notes || seen.has(`${from} ${to}`)) continue;
    seen.add(`${from} ${to}`);
    pairs.push(from, to);
  }
  return { nodes, links: pairs };
}

/** A graph by names: `a-b` is a link, `c` a note alone. */
export function graphOf(...parts: readonly string[]): NoteGraph {
  const ids = [...new Set(parts.flatMap((part) => part.split('-')))];
  return {
    nodes: ids.map((id) => ({ key: id, id, title: id.toUpperCase(), tags: [], isPublic: false, modifiedAt: 0 })),
    links: parts.filter((part) => part.includes('-')).flatMap((part) => part.split('-').map((id) => ids.indexOf(id))),
  };
}

export const nothingKept: GraphPlaces = { keys: [], places: [] };
export const start = (graph: NoteGraph, kept = nothingKept, focus?: string): GraphStart => ({ graph, kept, focus });
