// One situation's stage: a scripted model, the real client in a terminal, and verbs that drive it and say what is true.

import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { claudeEnvironment } from '../claude/client.ts';
import { claudeVersion } from '../claude/install.ts';
import { startModel } from '../claude/model.ts';
import type { Answer, Model } from '../claude/model.ts';
import { isAlive } from '../claude/processes.ts';
import type { ClaudeTerminal } from '../claude/terminal.ts';
import { startInTerminal } from '../claude/terminal.ts';
import type { Turn } from '../claude/turn.ts';
import type { Trace, TraceRecord, Truth } from '../../core/sessions/traces/trace.ts';
import { traceStart } from '../../core/sessions/traces/trace.ts';
import { limitedModel, limitedCredentials } from './limited.ts';
import { reducer, sameScreen } from './reduce.ts';
import { hookSettings, watchClient } from './watch.ts';
import type { Seen, Watcher } from './watch.ts';

export interface Situation {
  readonly name: string;
  /** What the user does and what happens, in one line. */
  readonly about: string;
  readonly args?: readonly string[];
  readonly untrusted?: true;
  /** The model's service refuses: the usage limit of a subscription is reached. */
  readonly limited?: true;
  readonly loggedOut?: true;
  readonly model?: (turn: Turn) => Answer | Promise<Answer>;
  readonly play: (stage: Stage) => Promise<void>;
}

interface Labelled { readonly at: number; readonly pid: number; readonly what: 'truth'; readonly since: number; readonly truth: Truth }

const patienceMs = 20_000;

export class Stage {
  readonly #situation: Situation;
  readonly #root: string;
  readonly #env: Readonly<Record<string, string>>;
  readonly #seen: (Seen | Labelled)[] = [];
  readonly #noted = { hooks: new Set<string>(), lines: new Map<string, number>() };
  #terminal: ClaudeTerminal | undefined;
  #watcher: Watcher | undefined;
  #startedAt = 0;
  /** When the model was last asked, and last answered. */
  readonly #model: { asked: number; answered: number; turns: number };

  private constructor(situation: Situation, root: string, env: Readonly<Record<string, string>>, model: { asked: number; answered: number; turns: number }) {
    this.#situation = situation;
    this.#root = root;
    this.#env = env;
    this.#model = model;
  }

  /** Plays a situation from beginning to end and gives its trace. */
  static async record(situation: Situation): Promise<Trace> {
    const root = await realpath(await mkdtemp(join(tmpdir(), 'trace-')));
    const home = join(root, 'home');
    const cwd = join(root, 'project');
    await mkdir(cwd);
    await promisify(execFile)('git', ['init', '--quiet', cwd]);
    const times = { asked: 0, answered: 0, turns: 0 };
    const model: Pick<Model, 'url' | 'close'> = situation.limited ? await limitedModel(times) : await startModel(async (turn) => {
      times.asked = Date.now();
      times.turns += 1;
      const answer = (await situation.model?.(turn)) ?? { say: 'Said.' };
      times.answered = Date.now();
      return answer;
    });
    const env = { ...(await claudeEnvironment({ home, model, trusted: situation.untrusted ? [] : [cwd] })) };
    if (situation.limited || situation.loggedOut) Reflect.deleteProperty(env, 'ANTHROPIC_API_KEY');
    if (situation.limited) {
      await mkdir(join(home, '.claude'), { recursive: true });
      await writeFile(join(home, '.claude/.credentials.json'), JSON.stringify(limitedCredentials));
    }
    const stage = new Stage(situation, root, env, times);
    try {
      await stage.start();
      await situation.play(stage);
      await delay(700);
      await stage.#watcher?.stop();
      return stage.#trace();
    } finally {
      await stage.#watcher?.stop();
      await stage.#terminal?.stop();
      await model.close();
      await rm(root, { recursive: true, force: true, maxRetries: 5 });
    }
  }

  get cwd(): string {
    return join(this.#root, 'project');
  }

  get pid(): number {
    return this.#terminal?.pid ?? 0;
  }

  /** When the client was last started. */
  get startedAt(): number {
    return this.#startedAt;
  }

  get answeredAt(): number {
    return this.#model.answered;
  }

  /** Starts the client, again when there was one; true is `idle` when its prompt shows (the trust dialog has its own truth). */
  async start(...args: string[]): Promise<void> {
    await this.#watcher?.stop();
    await this.#terminal?.stop();
    const hooksFolder = join(this.#root, 'hooks');
    const since = (this.#startedAt = Date.now());
    this.#terminal = await startInTerminal({ cwd: this.cwd, env: this.#env, args: ['--settings', await hookSettings(hooksFolder), ...(this.#situation.args ?? []), ...args] });
    this.#watcher = watchClient({ terminal: this.#terminal, home: join(this.#root, 'home'), hooksFolder, noted: this.#noted, note: (seen) => this.#seen.push(seen) });
    if (this.#situation.untrusted && args.length === 0) return;
    await this.shows(/^❯\s*$/m, { state: 'idle', reason: 'started' }, since);
    // Keys that come while the client still starts are shown at once and taken late.
    await delay(1200);
  }

  /** Types a prompt and sends it; true is `working` when the model was asked. */
  async submit(text: string, truth: Truth = { state: 'working' }): Promise<void> {
    const { turns } = this.#model;
    const since = await this.enter(text);
    await until(() => this.#model.turns > turns, `the model is asked about ${text}`);
    this.#label(Date.now(), since, truth);
  }

  /** Types text and Enter; gives the time of the Enter. */
  async enter(text: string): Promise<number> {
    await this.#terminal?.type(text);
    await delay(150);
    return await this.press('Enter');
  }

  async press(...keys: string[]): Promise<number> {
    const at = Date.now();
    await this.#terminal?.send(...keys);
    return at;
  }

  /** From when the screen shows `pattern`, `truth` is true; its cause was at `since` (default: the model's last answer). */
  async shows(pattern: RegExp, truth: Truth, since?: number): Promise<void> {
    await until(() => pattern.test(this.#watcher?.screen ?? ''), `the screen shows ${String(pattern)}`, () => this.#watcher?.screen ?? '');
    this.#label(Date.now(), since ?? this.answeredAt, truth);
  }

  /** From when the model is asked again, `truth` is true; its cause was at `since`. */
  async asks(truth: Truth, since: number): Promise<void> {
    await until(() => this.#model.asked > since, 'the model is asked again', () => this.#watcher?.screen ?? '');
    this.#label(Date.now(), since, truth);
  }

  /** `truth` holds from now on, its cause was at `since`. */
  now(truth: Truth, since: number): void {
    this.#label(Date.now(), since, truth);
  }

  /** From when the process is gone, the session has ended. */
  async ends(reason: 'exited' | 'crashed', since: number): Promise<void> {
    await until(() => !isAlive(this.pid), 'the client ends');
    this.#label(Date.now(), since, { state: 'ended', reason });
  }

  wait(ms: number): Promise<void> {
    return delay(ms);
  }

  #label(at: number, since: number, truth: Truth): void {
    this.#seen.push({ at, pid: this.pid, what: 'truth', since, truth });
  }

  #trace(): Trace {
    const seen = [...this.#seen].sort((a, b) => a.at - b.at);
    const begin = Math.min(...seen.map((each) => (each.what === 'truth' ? each.since : each.at)));
    const moved = (at: number) => at - begin + traceStart;
    const reduce = reducer({ moved, paths: [[this.cwd, '/project'], [join(this.#root, 'home'), '/home'], [this.#root, '/tmp'], [this.#root.replaceAll(/[^a-zA-Z0-9]/g, '-'), '-']] });
    const records: TraceRecord[] = [{ at: traceStart, what: 'start', situation: this.#situation.about, agent: 'claude', version: claudeVersion }];
    const screens = new Map<number, readonly string[]>();
    const titles = new Map<number, string>();
    for (const each of seen) {
      const at = moved(each.at);
      const { pid } = each;
      switch (each.what) {
        case 'process': records.push({ at, what: 'process', pid, alive: each.alive }); break;
        case 'registry': records.push({ at, what: 'registry', pid, ...(each.file !== undefined && { file: reduce.registry(each.file) }) }); break;
        case 'hook': records.push({ at, what: 'hook', pid, event: reduce.hook(each.event) }); break;
        case 'transcript': records.push({ at, what: 'transcript', session: reduce.session(each.session), line: reduce.transcript(each.line) }); break;
        case 'title': {
          const title = reduce.title(each.title);
          if (title === titles.get(pid)) break;
          titles.set(pid, title);
          records.push({ at, what: 'title', pid, title });
          break;
        }
        case 'screen': {
          const lines = reduce.screen(each.text);
          if (sameScreen(lines, screens.get(pid) ?? [])) break;
          screens.set(pid, lines);
          records.push({ at, what: 'screen', pid, lines });
          break;
        }
        case 'truth': records.push({ at, what: 'truth', pid, since: moved(each.since), truth: each.truth }); break;
      }
    }
    return [...records, { at: moved(Date.now()), what: 'end' }];
  }
}

async function until(condition: () => boolean, what: string, describe: () => string = () => ''): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`It was waited in vain until ${what}.\n${describe()}`);
    await delay(10);
  }
}
