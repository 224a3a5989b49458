/** The repositories that the page can show, and how things stand in each. */
import { existsSync } from 'node:fs';
import { openBoard, type Board } from '../../../adapters/node/coordination/board.ts';
import { repositoryScope, resolveDataRoot } from '../../../adapters/node/locations.ts';
import type { Disposable } from '../../../core/base/disposable.ts';
import { messageOf } from '../../../core/base/errors.ts';
import type { CoordinationJson } from '../../../core/coordination/index.ts';

export interface Repository {
  readonly id: string;
  readonly name: string;
  /** Where hooks are looked for, of those that are open here. */
  readonly workspace?: string;
}

/** What was read of one; `problem` says why it could not be read, and is empty otherwise. */
export interface RepositoryReading {
  readonly repository: Repository;
  readonly json: CoordinationJson;
  readonly problem: string;
}

interface Open {
  readonly board: Board;
  watching: Disposable | undefined;
}

const nothing: CoordinationJson = { claims: [], barriers: [], sessions: [], conflicts: [] };

export class Boards implements Disposable {
  readonly #changed: () => void;
  readonly #open = new Map<string, Open>();
  #repositories: readonly Repository[] = [];

  /** @param changed Called soon after something was written in any of them. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Looks at these from now on, and at no others. */
  show(repositories: readonly Repository[]): void {
    this.#repositories = repositories;
    for (const [id, { watching }] of this.#open) {
      if (repositories.some((each) => each.id === id)) continue;
      watching?.dispose();
      this.#open.delete(id);
    }
  }

  /** In the order in which they were given. @param deaths Looks who has died, too. */
  read(deaths: boolean): Promise<readonly RepositoryReading[]> {
    return Promise.all(this.#repositories.map(async (repository) => {
      const { board } = this.#opened(repository.id);
      try {
        return { repository, json: await (deaths ? board.readWithDeaths() : board.read()), problem: '' };
      } catch (error) {
        return { repository, json: nothing, problem: messageOf(error) };
      }
    }));
  }

  board(id: string): Board {
    return this.#opened(id).board;
  }

  dispose(): void {
    this.show([]);
  }

  #opened(id: string): Open {
    const dataRoot = resolveDataRoot(process.env).path;
    const open = this.#open.get(id) ?? { board: openBoard(dataRoot, id, process.env), watching: undefined };
    this.#open.set(id, open);
    // To watch a journal makes its folder, and who only looks leaves nothing behind.
    if (existsSync(repositoryScope(dataRoot, id))) open.watching ??= open.board.onDidAppend(this.#changed);
    return open;
  }
}
