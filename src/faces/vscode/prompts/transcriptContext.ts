/** How much of the model's context a prompt took, from the transcript of its session. */
import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Prompts } from '../../../adapters/node/prompts/prompts.ts';
import { contextGrowth, readUsageLine, type Prompt, type UsageRow } from '../../../core/prompts/index.ts';
import { isSessionId } from '../../../core/sessions/index.ts';

/** Transcripts that are remembered, and the most answers of one. */
const MOST_TRANSCRIPTS = 8;
const MOST_ROWS = 50_000;
/** A transcript that is longer is not read: nobody waits that long for two numbers. */
const MOST_BYTES = 256 * 1024 * 1024;
const BLOCK = 1024 * 1024;
const MARK = Buffer.from('"usage"');
const NEWLINE = 10;

interface Known {
  /** Read up to here, the end of a line. */
  offset: number;
  /** Of the file; another one has taken its place when it differs. */
  readonly inode: number;
  readonly rows: UsageRow[];
}

/** Reads transcripts when they are first asked for, and later only what was added. */
export class TranscriptContext {
  readonly #projects: string;
  readonly #known = new Map<string, Known>();
  /** One file at a time, so that nobody reads what another is reading. */
  #reading: Promise<unknown> = Promise.resolve();

  /** @param configFolder Claude Code's. */
  constructor(configFolder: string) {
    this.#projects = join(configFolder, 'projects');
  }

  /** Tokens in the context before the prompt and after its last answer; undefined where the transcript does not tell. */
  async of(prompts: Pick<Prompts, 'list'>, prompt: Prompt): Promise<{ readonly before: number; readonly after: number } | undefined> {
    const path = await this.#find(prompt.session);
    const reading = this.#reading.then(() => (path === undefined ? undefined : this.#rows(path, prompt.session)));
    this.#reading = reading;
    const rows = await reading;
    if (rows === undefined || rows.length === 0) return undefined;
    const growth = contextGrowth(await prompts.list({ session: prompt.session, commands: true }), rows).get(prompt.key);
    return growth && { before: growth.before, after: growth.after };
  }

  async #find(session: string): Promise<string | undefined> {
    if (!isSessionId(session)) return undefined;
    const folders = await readdir(this.#projects).catch(() => []);
    for (const folder of folders) {
      const path = join(this.#projects, folder, `${session}.jsonl`);
      if ((await stat(path).catch(() => undefined))?.isFile() === true) return path;
    }
    return undefined;
  }

  async #rows(path: string, session: string): Promise<readonly UsageRow[] | undefined> {
    const file = await open(path, 'r').catch(() => undefined);
    if (file === undefined) return undefined;
    try {
      const { size, ino } = await file.stat();
      if (size > MOST_BYTES) return undefined;
      let known = this.#known.get(path);
      if (known === undefined || known.inode !== ino || known.offset > size) known = { offset: 0, inode: ino, rows: [] };
      // The last used stands last.
      this.#known.delete(path);
      this.#known.set(path, known);
      for (const oldest of this.#known.keys()) if (this.#known.size > MOST_TRANSCRIPTS) this.#known.delete(oldest);
      const block = Buffer.alloc(BLOCK);
      let rest = Buffer.alloc(0);
      for (let at = known.offset; at < size; ) {
        const { bytesRead } = await file.read(block, 0, BLOCK, at);
        if (bytesRead === 0) break;
        at += bytesRead;
        const bytes = Buffer.concat([rest, block.subarray(0, bytesRead)]);
        const end = bytes.lastIndexOf(NEWLINE) + 1;
        take(bytes.subarray(0, end), session, known.rows);
        known.offset += end;
        rest = bytes.subarray(end);
      }
      return known.rows;
    } catch {
      // It went away meanwhile, or the disk fails: two numbers less.
      return undefined;
    } finally {
      await file.close();
    }
  }
}

function take(bytes: Buffer, session: string, rows: UsageRow[]): void {
  for (let mark = bytes.indexOf(MARK); mark >= 0 && rows.length < MOST_ROWS; ) {
    const start = bytes.lastIndexOf(NEWLINE, mark) + 1;
    const end = bytes.indexOf(NEWLINE, mark);
    const row = readUsageLine(bytes.toString('utf8', start, end), session);
    if (row !== undefined) rows.push(row);
    mark = bytes.indexOf(MARK, end);
  }
}
