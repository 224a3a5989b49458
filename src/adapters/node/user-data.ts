/** What follows the user across repositories: one journal and its tables, for prompts and cards. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import { cardsProjection } from '../../core/cards/index.ts';
import type { DatabaseFactory } from '../../core/ports/database.ts';
import { promptsProjection } from '../../core/prompts/index.ts';
import { openStore, type Projection, type Store } from '../../core/storage/index.ts';
import { systemClock, systemRandom } from './clock.ts';
import { imageFile } from './database-image.ts';
import { createDatabases } from './database-sqljs.ts';
import { nodeFiles } from './files.ts';
import { openJournal } from './journal-file.ts';
import { settleDataRoot, userScope, type EditorLocation, type Environment } from './locations.ts';

export interface UserDataOptions {
  readonly env: Environment;
  /** Who acts: `user`, `cli`, `mcp`, or `session:<id>`. */
  readonly actor: string;
  /** Where `sql-wasm.wasm` lies; when left out, sql.js's own folder. */
  readonly wasmDirectory?: string;
  /** `--data`. */
  readonly dataOverride?: string;
  /** The editor that opens it, for the record of data folders. */
  readonly editor?: EditorLocation;
  /** Runs the saving of an image once nothing has changed for a while; without it, images are saved at the end. */
  readonly whenIdle?: (save: () => void) => void;
  readonly onError?: (error: unknown) => void;
}

export interface UserData {
  readonly actor: string;
  readonly env: Environment;
  readonly home: string;
  /** The folder of the user's own data, where a domain may keep files beside the journal. */
  readonly folder: string;
  readonly databases: DatabaseFactory;
  /** The user's tables; opened on first use. */
  readonly store: () => Promise<Store>;
  readonly onError: (error: unknown) => void;
  /** To be put away, in the reverse order, before the tables are. */
  readonly onDispose: (work: () => Promise<void> | void) => void;
  readonly dispose: () => Promise<void>;
}

/** The domains whose truth is the user's journal. */
const projections: readonly Projection[] = [cardsProjection, promptsProjection];

export function openUserData(options: UserDataOptions): UserData {
  const { env, actor, onError = () => undefined } = options;
  const folder = userScope(settleDataRoot(options));
  const databases = createDatabases(options.wasmDirectory);
  const ending: (() => Promise<void> | void)[] = [];
  let opening: Promise<Store> | undefined;
  return {
    actor,
    env,
    home: env['HOME'] ?? homedir(),
    folder,
    databases,
    store: () =>
      (opening ??= openStore({
        journal: openJournal(join(folder, 'journal.jsonl'), { clock: systemClock, random: systemRandom }),
        databases,
        projections,
        image: imageFile(nodeFiles, join(folder, 'image.sqlite')),
        ...(options.whenIdle && { whenIdle: options.whenIdle }),
        onError,
      })),
    onError,
    onDispose: (work) => void ending.push(work),
    dispose: async () => {
      for (const work of ending.splice(0).reverse()) await work();
      await (await opening)?.close();
    },
  };
}
