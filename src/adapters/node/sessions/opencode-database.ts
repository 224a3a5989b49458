import { statSync } from 'node:fs';
import { opencodeData, readOpencodeTurn, type OpencodeMessage, type OpencodeTurn } from '../../../core/sessions/index.ts';
import { SqliteFile, type Row, type SqlitePages } from './opencode-sqlite.ts';

/** So far back from the last message the prompt is looked for: a turn has a message for each of its steps. */
const MOST_MESSAGES = 300;

const KEPT = 50;

/** The sessions in one database of opencode. It is only read, without a lock. */
export class OpencodeDatabase {
  readonly #path: string;
  readonly #file: SqliteFile;
  /** What was read, and of which state of the database, by what was asked for. */
  readonly #known = new Map<string, { readonly stamp: string; readonly turns: readonly OpencodeTurn[] }>();

  constructor(path: string) {
    this.#path = path;
    this.#file = new SqliteFile(path);
  }

  /**
   * The last turns of sessions, in order; those that are not there are left out.
   * @param sessions The one that was worked on last is the last one.
   * @param which `last`: only those of the last session that is no subagent's, and of the subagents after it.
   * @returns undefined when it cannot be read just now.
   */
  read(sessions: readonly string[], which: 'all' | 'last'): readonly OpencodeTurn[] | undefined {
    const [stamp, asked] = [[this.#path, `${this.#path}-wal`].map(stampOf).join(), [which, ...sessions].join()];
    const known = this.#known.get(asked);
    if (known?.stamp === stamp) return known.turns;
    try {
      const turns = this.#file.read((pages) => turnsOf(pages, sessions, which));
      this.#known.delete(asked);
      this.#known.set(asked, { stamp, turns });
      if (this.#known.size > KEPT) this.#known.delete([...this.#known.keys()][0] ?? '');
      return turns;
    } catch {
      // It is read again at the next look.
      return known?.turns;
    }
  }
}

function turnsOf(pages: SqlitePages, sessions: readonly string[], which: 'all' | 'last'): readonly OpencodeTurn[] {
  const turns: OpencodeTurn[] = [];
  for (const id of [...sessions].reverse()) {
    const turn = turnOf(pages, id);
    if (turn) turns.unshift(turn);
    if (which === 'last' && turn && turn.parent === undefined) break;
  }
  return turns;
}

function turnOf(pages: SqlitePages, id: string): OpencodeTurn | undefined {
  const [session] = pages.rows('session', 'id', id);
  if (session === undefined) return undefined;
  let answer: Row | undefined;
  let count = 0;
  for (const row of pages.rows('message', 'session_id', id)) {
    const role = opencodeData(row['data'])['role'];
    if (role === 'user') return readOpencodeTurn({ session, prompt: messageOf(pages, row), answer: answer && messageOf(pages, answer) });
    answer ??= row;
    if (++count === MOST_MESSAGES) break;
  }
  return readOpencodeTurn({ session, prompt: undefined, answer: answer && messageOf(pages, answer) });
}

function messageOf(pages: SqlitePages, row: Row): OpencodeMessage {
  const parts = [...pages.rows('part', 'message_id', String(row['id']))].reverse().map((part) => ({ time_created: part['time_created'], ...opencodeData(part['data']) }));
  return { at: Number(row['time_created']), data: opencodeData(row['data']), parts };
}

function stampOf(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false, bigint: true });
  return found === undefined ? '' : `${found.ino}:${found.size}:${found.mtimeNs}`;
}
