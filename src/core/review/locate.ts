import { renamesSince } from '../git/repository.ts';
import { splitNul } from '../git/git.ts';
import { matchMovedFile, recordAnchor, resolveAnchors, type Anchor, type AnchorSource, type LineRange, type Resolution } from './anchor/index.ts';
import type { ReviewContext } from './context.ts';
import type { LogEntry } from './log/index.ts';
import type { ReviewEvent } from './store.ts';
import { whereabouts, type Whereabouts } from './whereabouts.ts';

/** An entry of the log with the place where its code is now. */
export interface Located {
  readonly entry: LogEntry;
  readonly path: string;
  /** undefined for a comment on a file of another repository. */
  readonly inRepository: string | undefined;
  readonly resolution: Resolution;
  readonly anchor: Anchor | undefined;
}

/** Files that are looked at when a file was moved without git's knowledge. */
const maxCandidateFiles = 20;

/**
 * Finds the code of every entry. Entries that were written by hand are anchored to what their line
 * holds now: those events are returned for the caller to keep.
 */
export async function locateEntries(context: ReviewContext, entries: readonly LogEntry[], anchors: ReadonlyMap<string, Anchor>): Promise<{ located: Located[]; firstSeen: ReviewEvent[] }> {
  const firstSeen: ReviewEvent[] = [];
  const found = new Map<LogEntry, Located>();
  const anchored = new Map<string, { anchor: Anchor; entry: LogEntry }[]>();
  const unanchored: { entry: LogEntry; place: Whereabouts }[] = [];

  for (const entry of entries) {
    const anchor = anchors.get(entry.id);
    if (anchor) {
      const key = `${anchor.path}\0${anchor.blob}`;
      const group = anchored.get(key);
      if (group) group.push({ anchor, entry });
      else anchored.set(key, [{ anchor, entry }]);
    } else {
      unanchored.push({ entry, place: whereabouts(context, entry.path) });
    }
  }

  const moves = new MovedFiles(context);
  for (const group of anchored.values()) {
    for (const located of await locateGroup(context, group, moves)) found.set(located.entry, located);
  }

  const texts = new Map<string, string | undefined>();
  const head = unanchored.some(({ place }) => place.inRepository !== undefined) ? await context.head() : undefined;
  for (const { entry, place } of unanchored) {
    if (!texts.has(place.path)) texts.set(place.path, await context.sources.read(place.path));
    const text = texts.get(place.path);
    const located = locateWritten(entry, text);
    let anchor: Anchor | undefined;
    if (text !== undefined && located.range && place.inRepository !== undefined && entry.state === 'todo') {
      anchor = await anchorTo(context, text, located.range, { path: place.inRepository, dirty: false, ...(head?.commit && { commit: head.commit }), ...(head?.branch && { branch: head.branch }) });
      firstSeen.push({ type: 'review.anchored', item: entry.id, anchor });
    }
    found.set(entry, { entry, path: place.path, inRepository: place.inRepository, resolution: located, anchor });
  }
  return { located: entries.map((entry) => found.get(entry)).filter((item) => item !== undefined), firstSeen };
}

/** Makes an anchor and keeps the text that it was made on. */
export async function anchorTo(context: ReviewContext, text: string, range: LineRange, source: Omit<AnchorSource, 'blob'>): Promise<Anchor> {
  const blob = context.hasher.gitBlob(text);
  await context.snapshots.save(blob, text);
  return recordAnchor(text, range, { ...source, blob });
}

async function locateGroup(context: ReviewContext, group: readonly { anchor: Anchor; entry: LogEntry }[], moves: MovedFiles): Promise<Located[]> {
  const first = group[0];
  if (!first) return [];
  const { anchor: sample } = first;
  let inRepository = sample.path;
  let path = context.paths.join(context.repository.root, inRepository);
  let current = await context.sources.read(path);
  if (current === undefined) {
    const renamed = await moves.renamed(sample);
    if (renamed !== undefined) {
      inRepository = renamed;
      path = context.paths.join(context.repository.root, renamed);
      current = await context.sources.read(path);
    }
  }
  if (current === undefined) return Promise.all(group.map(({ anchor, entry }) => locateElsewhere(context, anchor, entry, moves)));

  const key = `${path}\0${sample.blob}`;
  let known = context.resolved.get(key);
  if (known?.current !== current || group.some(({ anchor }) => !known?.byAnchor.has(JSON.stringify(anchor.range)))) {
    // Unchanged text is its own snapshot, whatever became of the copy.
    const snapshot = context.hasher.gitBlob(current) === sample.blob ? current : await context.snapshots.load(sample.blob);
    const resolutions = resolveAnchors(group.map(({ anchor }) => anchor), snapshot, current);
    known = { current, byAnchor: new Map(group.map(({ anchor }, i) => [JSON.stringify(anchor.range), resolutions[i] ?? { status: 'orphan', score: 0 }])) };
    context.resolved.set(key, known);
  }
  const byAnchor = known.byAnchor;
  return group.map(({ anchor, entry }) => ({ entry, anchor, path, inRepository, resolution: byAnchor.get(JSON.stringify(anchor.range)) ?? { status: 'orphan', score: 0 } }));
}

/** The file is gone and git knows of no rename: looks for the code in files that hold its most telling line. */
async function locateElsewhere(context: ReviewContext, anchor: Anchor, entry: LogEntry, moves: MovedFiles): Promise<Located> {
  const snapshot = await context.snapshots.load(anchor.blob);
  const moved = matchMovedFile(anchor, snapshot, await moves.filesHolding(tellingLine(anchor.quote), anchor.path));
  const inRepository = moved.match?.path ?? anchor.path;
  return {
    entry,
    anchor,
    inRepository,
    path: context.paths.join(context.repository.root, inRepository),
    resolution: moved.match?.resolution ?? { status: 'file-gone', score: 0 },
  };
}

/** The line of a quote that says most: the longest. */
function tellingLine(quote: string): string {
  return quote.split('\n').map((line) => line.trim()).reduce((best, line) => (line.length > best.length ? line : best), '');
}

/** An entry that was never anchored is where its link says. */
function locateWritten(entry: LogEntry, text: string | undefined): Resolution {
  if (text === undefined) return { status: 'file-gone', score: 0 };
  const lines = text.split('\n').length;
  const start = entry.targetLine ?? 1;
  if (start > lines) return { status: 'orphan', score: 0, nearestLine: lines };
  return { status: 'exact', score: 1, range: { start, end: Math.min(entry.endLine ?? start, lines) } };
}

/** Looks up moved files, each question once per listing. */
class MovedFiles {
  readonly #context: ReviewContext;
  readonly #renames = new Map<string, Promise<ReadonlyMap<string, string>>>();
  readonly #holding = new Map<string, Promise<{ path: string; text: string }[]>>();

  constructor(context: ReviewContext) {
    this.#context = context;
  }

  async renamed(anchor: Anchor): Promise<string | undefined> {
    const { git, repository } = this.#context;
    if (repository.commonDir === undefined || anchor.commit === undefined) return undefined;
    let renames = this.#renames.get(anchor.commit);
    if (!renames) this.#renames.set(anchor.commit, (renames = renamesSince(git, repository.root, anchor.commit)));
    return (await renames).get(anchor.path);
  }

  filesHolding(line: string, formerPath: string): Promise<{ path: string; text: string }[]> {
    if (line.length < 4) return Promise.resolve([]);
    const key = `${formerPath}\0${line}`;
    let files = this.#holding.get(key);
    if (!files) this.#holding.set(key, (files = this.#search(line, formerPath)));
    return files;
  }

  async #search(line: string, formerPath: string): Promise<{ path: string; text: string }[]> {
    const { git, repository, sources, paths } = this.#context;
    if (repository.commonDir === undefined) return [];
    const found = splitNul((await git.tryOutput(repository.root, ['grep', '-z', '-l', '-F', '-I', '--untracked', '-e', line, '--'])) ?? '');
    const extension = /\.[^./]*$/.exec(formerPath)?.[0] ?? '';
    const sameKindFirst = found.sort((a, b) => Number(b.endsWith(extension)) - Number(a.endsWith(extension)) || (a < b ? -1 : 1));
    const candidates: { path: string; text: string }[] = [];
    for (const path of sameKindFirst.slice(0, maxCandidateFiles)) {
      const text = await sources.read(paths.join(repository.root, path));
      if (text !== undefined) candidates.push({ path, text });
    }
    return candidates;
  }
}

