/** The extension's side of the timeline, apart from VS Code: what the page asks, answered from the prompts. */
import type { Prompts } from '../../../adapters/node/prompts/prompts.ts';
import { WheelhouseError } from '../../../core/base/errors.ts';
import type { Prompt } from '../../../core/prompts/index.ts';
import type { Handlers } from '../../../protocol/index.ts';
import type { PromptColumns, Timeline, TimelineProtocol, TimelineRequest } from '../../../protocol/timeline.ts';

export interface TimelineHostOptions {
  readonly prompts: Promise<Prompts>;
  /** Resolved when what was new when the page opened is taken in. Never rejects. */
  readonly synced: () => Promise<void>;
  /** What the page is to show when it is there. */
  readonly request: () => TimelineRequest;
  /** Tokens before and after a prompt; undefined where nobody knows. */
  readonly contextOf: (prompts: Prompts, prompt: Prompt) => Promise<{ readonly before: number; readonly after: number } | undefined>;
  readonly copy: (text: string) => Promise<void>;
  readonly publish: (id: number) => Promise<void>;
  readonly openSession: (prompt: Prompt) => Promise<void>;
  readonly exportCsv: (ids: readonly number[]) => Promise<void>;
}

/** The longest text that is copied, and the longest note. */
const MOST_CHARACTERS = 1_000_000;
const MOST_WORDS = 1_000;

export function timelineHandlers(options: TimelineHostOptions): Handlers<TimelineProtocol> {
  const { prompts, contextOf } = options;
  /** What the page has by now. */
  let shown: Timeline | undefined;
  const row = (id: number) => shown?.prompts.id.indexOf(id) ?? -1;

  return {
    timeline: async ({ version }) => {
      const open = await prompts;
      let timeline = await open.timeline();
      if (timeline.prompts.count === 0) {
        // Nothing is there yet: the first look into the agents' files is worth waiting for.
        await options.synced();
        timeline = await open.timeline();
      }
      if (shown && shown.version === version && isSame(shown, timeline)) return undefined;
      return (shown = timeline);
    },
    prompt: async ({ id }) => {
      const open = await prompts;
      const { prompt, pasted, project, before, after } = await open.inSession(id);
      const { at, text, session, agent, rating, note } = prompt;
      return { id, at, text, pasted, project, session, agent, rating: rating ?? 0, note: note ?? '', before, after, context: await contextOf(open, prompt) };
    },
    briefs: async ({ ids }) => (await prompts).briefs(ids),
    search: async (filter) => (await prompts).search(filter),
    stats: async (period) => (await prompts).stats(period),
    words: async ({ technical, limit, ...period }) => (await prompts).words(period, technical, Math.max(0, Math.min(MOST_WORDS, Math.floor(limit)))),
    rate: async ({ id, rating }) => {
      await (await prompts).rate(id, rating);
      if (shown && row(id) >= 0) shown.prompts.rating[row(id)] = rating;
      return undefined;
    },
    note: async ({ id, text }) => {
      await (await prompts).note(id, bounded(text, 'A note'));
      if (shown && row(id) >= 0) shown.prompts.flags[row(id)] = text === '' ? 0 : 1;
      return undefined;
    },
    copy: async ({ text }) => {
      await options.copy(bounded(text, 'A copied text'));
      return undefined;
    },
    publish: async ({ id }) => {
      await options.publish(id);
      return undefined;
    },
    openSession: async ({ id }) => {
      await options.openSession(await (await prompts).get(id));
      return undefined;
    },
    exportCsv: async ({ ids }) => {
      await options.exportCsv(ids);
      return undefined;
    },
    ready: () => options.request(),
  };
}

function bounded(text: string, what: string): string {
  if (text.length > MOST_CHARACTERS) throw new WheelhouseError('invalid-input', `${what} has at most ${MOST_CHARACTERS.toLocaleString('en')} characters. Shorten it.`);
  return text;
}

/** Versions also differ for what the page does not show, and for what it did itself. */
function isSame(one: Timeline, other: Timeline): boolean {
  return one.projects.length === other.projects.length && one.agents.length === other.agents.length && columns.every((name) => isEqual(one.prompts[name], other.prompts[name])) && one.projects.every(({ path, label }, i) => other.projects[i]?.path === path && other.projects[i].label === label);
}

const columns = ['id', 'at', 'length', 'rating', 'project', 'agent', 'flags'] as const satisfies readonly (keyof PromptColumns)[];

function isEqual(one: ArrayBufferView, other: ArrayBufferView): boolean {
  const bytes = ({ buffer, byteOffset, byteLength }: ArrayBufferView) => Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);
  return one.byteLength === other.byteLength && bytes(one).equals(bytes(other));
}
