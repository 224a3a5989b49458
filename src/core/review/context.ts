import type { Repository, Head } from '../git/repository.ts';
import type { Git } from '../git/git.ts';
import type { Clock, Random } from '../ports/clock.ts';
import type { Files } from '../ports/files.ts';
import type { Hasher } from '../ports/hash.ts';
import type { Paths } from '../ports/paths.ts';
import type { SmokeCommand, SmokeGate } from '../smoke/index.ts';
import type { Resolution } from './anchor/index.ts';
import type { LogDocument } from './logDocument.ts';
import type { ReviewStore } from './store.ts';

/** The text of source files as the user sees it: an editor's unsaved text comes before the disk. */
export interface SourceTexts {
  /** undefined when there is no such file, or none that is text. */
  read(path: string): Promise<string | undefined>;
}

/** Texts that comments were attached to, by git blob id. What is lost only makes anchors weaker. */
export interface Snapshots {
  save(blob: string, text: string): Promise<void>;
  load(blob: string): Promise<string | undefined>;
}

export interface SmokeSetup {
  readonly gate: SmokeGate;
  /** The smoke test of a work tree, or undefined when it has none. */
  readonly command: (root: string) => Promise<SmokeCommand | undefined>;
  readonly timeoutMs: number;
}

/** Everything that the verbs of `review` need; one per workspace and actor. */
export interface ReviewContext {
  /** The folder that the caller works in: absolute, links resolved. */
  readonly workspace: string;
  readonly home: string;
  readonly repository: Repository;
  /** Who acts: `user`, `cli`, or `session:<id>`. */
  readonly actor: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly hasher: Hasher;
  readonly paths: Paths;
  readonly files: Files;
  readonly git: Git;
  readonly log: LogDocument;
  readonly sources: SourceTexts;
  readonly snapshots: Snapshots;
  readonly smoke: () => Promise<SmokeSetup>;
  /** Opened on first use: listing a log needs no database until something was anchored. */
  readonly store: () => Promise<ReviewStore>;
  /** Results of anchor resolution, kept as long as both texts stay the same. */
  readonly resolved: Map<string, { readonly current: string | undefined; readonly byAnchor: ReadonlyMap<string, Resolution> }>;
  readonly head: () => Promise<Head>;
}
