/** Puts the core together with this machine: what every face opens before it can use a verb. */
import { homedir } from 'node:os';
import nodePath from 'node:path';
import { createGit, type Git } from '../../core/git/git.ts';
import { findRepository, readHead } from '../../core/git/repository.ts';
import { expandHome } from '../../core/ports/paths.ts';
import { reviewProjection, ReviewStore, type LogDocument, type ReviewContext, type SourceTexts } from '../../core/review/index.ts';
import { sessionsProjection } from '../../core/sessions/index.ts';
import { createSmokeGate, findSmokeCommand, type SmokeSetting } from '../../core/smoke/index.ts';
import { openStore, type Store } from '../../core/storage/index.ts';
import { systemClock, systemRandom } from './clock.ts';
import { imageFile } from './database-image.ts';
import { createDatabases } from './database-sqljs.ts';
import { nodeFiles } from './files.ts';
import { nodeHasher } from './hash.ts';
import { openJournal } from './journal-file.ts';
import { repositoryScope, settleDataRoot, userScope, type EditorLocation } from './locations.ts';
import { logFile } from './log-file.ts';
import { ownIdentity } from './process-identity.ts';
import { nodeProcesses, treesEnded } from './processes.ts';
import { readSharedSettings } from './shared-settings.ts';
import { snapshotFolder } from './snapshots.ts';
import { nodeSourceTrees } from './source-tree.ts';
import { createLocks } from './ticket-lock.ts';

export interface WorkspaceOptions {
  /** Absolute, links resolved. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Who acts: `user`, `cli`, or `session:<id>`. */
  readonly actor: string;
  /** Where `sql-wasm.wasm` lies; when left out, sql.js's own folder. */
  readonly wasmDirectory?: string;
  /** `--data`. */
  readonly dataOverride?: string;
  /** The editor that opens it, for the record of data folders. */
  readonly editor?: EditorLocation;
  /** Where the image of the database is kept; default beside the journal. */
  readonly imageFolder?: string;
  /** Settings of the editor at hand; without one, those that an editor has left for this repository. */
  readonly logFile?: string;
  readonly smokeCommand?: SmokeSetting;
  readonly smokeTimeoutMinutes?: number;
  /** An editor's view of source files and of the log; default the disk. */
  readonly sources?: SourceTexts;
  readonly logDocument?: (onDisk: LogDocument) => LogDocument;
  readonly git?: string;
  readonly whenIdle?: (save: () => void) => void;
  readonly onError?: (error: unknown) => void;
}

export interface Workspace {
  readonly review: ReviewContext;
  readonly git: Git;
  readonly home: string;
  readonly dataRoot: string;
  /** The folder of this repository's journal, and of what follows the user. */
  readonly scopes: { readonly repository: string; readonly user: string };
  /** The user's own fix prompt, if there is one. */
  readonly promptFile: string;
  /** The repository's tables; opened on first use. */
  readonly store: () => Promise<Store>;
  readonly dispose: () => Promise<void>;
}

const defaultLog = '~/code_review.org';
const defaultTimeoutMinutes = 10;

export async function openWorkspace(options: WorkspaceOptions): Promise<Workspace> {
  const { folder, env } = options;
  const home = env['HOME'] ?? homedir();
  const files = nodeFiles;
  const processes = nodeProcesses();
  const git = createGit(processes, options.git);
  const [repository, identity] = await Promise.all([findRepository(git, folder), ownIdentity()]);
  const dataRoot = settleDataRoot(options);
  const scopes = { repository: repositoryScope(dataRoot, repository.commonDir ?? repository.root), user: userScope(dataRoot) };
  const shared = await readSharedSettings(files, scopes.repository);

  const logPath = await realLogPath(nodePath.resolve(repository.root, expandHome(nodePath, home, options.logFile ?? shared.logFile ?? defaultLog)));
  const onDisk = logFile(files, logPath, createLocks(nodePath.join(scopes.user, 'locks'), identity));

  let opening: Promise<Store> | undefined;
  const store = () =>
    (opening ??= openStore({
      journal: openJournal(nodePath.join(scopes.repository, 'journal.jsonl'), { clock: systemClock, random: systemRandom }),
      databases: createDatabases(options.wasmDirectory),
      projections: [reviewProjection, sessionsProjection],
      image: imageFile(files, nodePath.join(options.imageFolder ?? scopes.repository, 'image.sqlite')),
      ...(options.whenIdle && { whenIdle: options.whenIdle }),
      ...(options.onError && { onError: options.onError }),
    }));
  const reviewStore = async () => new ReviewStore(await store(), options.actor);

  const smokeSetting = options.smokeCommand ?? shared.smokeCommand;
  const windows = process.platform === 'win32';
  const smoke = async () => {
    smokeGate ??= createSmokeGate({ processes, trees: nodeSourceTrees(git), history: (await reviewStore()).smokeHistory(), now: () => systemClock.now() });
    return {
      gate: smokeGate,
      command: (root: string) => findSmokeCommand(files, (dir, name) => nodePath.join(dir, name), root, smokeSetting, windows),
      timeoutMs: (options.smokeTimeoutMinutes ?? shared.smokeTimeoutMinutes ?? defaultTimeoutMinutes) * 60_000,
    };
  };
  let smokeGate: ReturnType<typeof createSmokeGate> | undefined;

  return {
    review: {
      workspace: folder,
      home,
      repository,
      actor: options.actor,
      clock: systemClock,
      random: systemRandom,
      hasher: nodeHasher,
      paths: nodePath,
      files,
      git,
      log: options.logDocument?.(onDisk) ?? onDisk,
      sources: options.sources ?? { read: readSource },
      snapshots: snapshotFolder(files, nodePath.join(scopes.repository, 'snapshots')),
      smoke,
      store: reviewStore,
      resolved: new Map(),
      head: () => readHead(git, repository.root),
    },
    git,
    home,
    dataRoot,
    scopes,
    promptFile: nodePath.join(scopes.user, 'fix-prompt.md'),
    store,
    dispose: async () => {
      await treesEnded();
      await (await opening)?.close();
    },
  };
}

/** A linked log is one log, whatever name it is opened by; one that is not there yet is where it is named. */
async function realLogPath(path: string): Promise<string> {
  return (await nodeFiles.realPath(path)) ?? path;
}

/** A source file from the disk. One that is gone, binary or too large has no lines to attach to. */
export async function readSource(path: string): Promise<string | undefined> {
  try {
    return await nodeFiles.readText(path);
  } catch {
    return undefined;
  }
}
