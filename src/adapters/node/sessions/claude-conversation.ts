import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { HookLog, TranscriptReader, type Evidence, type SessionFacts } from '../../../core/sessions/index.ts';
import { namesIn } from '../names-in.ts';
import { eventFile } from './event-file.ts';
import { Tail } from './tail.ts';

/** Longer folder names are cut and get a hash that is not documented. */
const LONGEST_FOLDER = 200;
/** A transcript that was not found comes with the first prompt; it is searched for in all folders only so often. */
const SEARCH_EVERY_MS = 10_000;

/** The two files that tell of one conversation of Claude Code: its transcript, and what its hooks left. */
export class ClaudeConversation {
  readonly #id: string;
  readonly #projects: string;
  readonly #now: () => number;
  #transcript: Tail | undefined;
  #transcriptReader = new TranscriptReader();
  readonly #events: Tail;
  #hookLog = new HookLog();
  #searchedAt = -Infinity;
  #cwd: string | undefined;

  constructor(id: string, options: { readonly configFolder: string; readonly dataRoot: string; readonly now: () => number }) {
    this.#id = id;
    this.#projects = join(options.configFolder, 'projects');
    this.#now = options.now;
    this.#events = new Tail(eventFile(options.dataRoot, id));
  }

  get evidence(): readonly Evidence[] {
    return [...this.#hookLog.evidence, ...this.#transcriptReader.evidence];
  }

  get facts(): SessionFacts {
    const { transcript: _, ...told } = this.#hookLog.facts;
    return { ...told, ...this.#transcriptReader.facts, ...(this.#transcript && { transcript: this.#transcript.path }) };
  }

  /** Whether `read` would find something new. */
  hasNews(): boolean {
    return this.#events.hasNews() || (this.#transcript?.hasNews() ?? this.#mayBeFound());
  }

  /** @param cwd Where the agent was started, for finding its transcript. @returns Whether there was news. */
  async read(cwd: string | undefined): Promise<boolean> {
    this.#cwd = cwd;
    const hooks = this.#events.hasNews() && (await this.#readEvents());
    this.#transcript ??= this.#find();
    const transcript = this.#transcript?.hasNews() === true && (await this.#readTranscript(this.#transcript));
    return hooks || transcript;
  }

  async #readEvents(): Promise<boolean> {
    const { lines, restarted } = await this.#events.read();
    if (restarted) this.#hookLog = new HookLog();
    for (const line of lines) this.#hookLog.add(line);
    return restarted || lines.length > 0;
  }

  async #readTranscript(transcript: Tail): Promise<boolean> {
    const { lines, restarted } = await transcript.read();
    if (restarted) this.#transcriptReader = new TranscriptReader();
    for (const line of lines) this.#transcriptReader.add(line);
    return restarted || lines.length > 0;
  }

  #mayBeFound(): boolean {
    return existsSync(this.#expected() ?? '') || this.#now() - this.#searchedAt >= SEARCH_EVERY_MS;
  }

  #find(): Tail | undefined {
    const file = `${this.#id}.jsonl`;
    const told = this.#hookLog.facts.transcript;
    for (const place of [told, this.#expected()]) if (place !== undefined && basename(place) === file && existsSync(place)) return new Tail(place);
    if (this.#now() - this.#searchedAt < SEARCH_EVERY_MS) return undefined;
    this.#searchedAt = this.#now();
    const folder = namesIn(this.#projects).find((name) => existsSync(join(this.#projects, name, file)));
    return folder === undefined ? undefined : new Tail(join(this.#projects, folder, file));
  }

  #expected(): string | undefined {
    if (this.#cwd === undefined || this.#cwd.length > LONGEST_FOLDER) return undefined;
    return join(this.#projects, this.#cwd.replace(/[^a-zA-Z0-9]/g, '-'), `${this.#id}.jsonl`);
  }
}
