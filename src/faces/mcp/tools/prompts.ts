import * as z from 'zod';
import { openPrompts, type Prompts } from '../../../adapters/node/prompts/prompts.ts';
import type { UserData } from '../../../adapters/node/user-data.ts';
import { WheelhouseError } from '../../../core/base/errors.ts';
import { examplesOf, HIT_END, HIT_START, parseQuery, redact, snippetsFor, type Prompt } from '../../../core/prompts/index.ts';
import { defineTool, looksOnly, type ToolCall, type ToolGroup } from '../tool.ts';

/** Longer prompts are cut: what is pasted into a prompt can be a whole file. */
const LONGEST = 4000;

const prompt = z.looseObject({
  id: z.int(),
  at: z.string().describe('When it was typed, ISO 8601.'),
  text: z.string().describe(`The prompt, cut at ${LONGEST} characters; secrets are redacted.`),
  project: z.string().describe('The folder it was typed in; empty when unknown.'),
  rating: z.int().nullable().describe('1 to 5 stars by the user; null: not rated.'),
  note: z.string().nullable().describe("The user's note on it."),
  agent: z.string(),
});

const project = z.string().min(1).optional().describe('Only prompts typed in this folder: its path, or its last part.');
const limit = (most: number, usual: number) => z.int().min(1).max(most).default(usual).describe('At most so many.');

const search = defineTool({
  name: 'prompt_search',
  title: "Search the user's prompts",
  description: "Searches everything that the user has typed to coding agents, in all projects and sessions, by words: all must occur, the last may be a beginning, \"a phrase\" stands in quotes, -word excludes. Use it to see how something was asked for before, what the user decided or wanted earlier, or whether a task was given already. Results have the user's ratings and notes. Secrets are redacted.",
  input: z.object({
    query: z.string().trim().min(1).describe('Words to look for, such as: flaky test -windows'),
    min_rating: z.int().min(1).max(5).optional().describe('Only prompts with at least so many stars.'),
    project,
    limit: limit(100, 20),
  }),
  output: z.object({
    prompts: z.array(prompt.extend({ snippet: z.string().describe('The place that fits, with **hits** marked.') })),
    total: z.int().describe('How many fit.'),
    order: z.enum(['relevance', 'newest']),
  }),
  annotations: looksOnly,
  run: async ({ query, min_rating, project, limit }, call) => {
    const prompts = await current(call);
    const projects = await projectsNamed(prompts, project);
    const found = await prompts.search({ text: query, ...(min_rating !== undefined && { minRating: min_rating }), ...(projects && { projects }) });
    const whole = await Promise.all(found.top.slice(0, limit).map(({ id }) => prompts.get(id)));
    const snippetOf = snippetsFor(parseQuery(query));
    // A secret with a marked hit inside would not be recognised as one: redacted first, then marked.
    const snippet = (text: string) => snippetOf(redact(text)).replaceAll(HIT_START, '**').replaceAll(HIT_END, '**');
    return {
      prompts: whole.map((each) => ({ ...told(each), snippet: snippet(each.text) })),
      total: found.ids.length,
      order: found.order,
    };
  },
});

const examples = defineTool({
  name: 'prompt_examples',
  title: 'Good examples of prompts',
  description: 'Gives prompts that the user rated well, the best first and no two alike, with the notes on why they worked. Read them before you write a prompt for another agent, a plan or a template, to match how this user works best. Secrets are redacted.',
  input: z.object({
    project,
    min_rating: z.int().min(1).max(5).default(4).describe('At least so many stars.'),
    limit: limit(50, 10),
  }),
  output: z.object({ prompts: z.array(prompt), total_rated: z.int().describe('How many prompts have at least so many stars.') }),
  annotations: looksOnly,
  run: async ({ project, min_rating, limit }, call) => {
    const prompts = await current(call);
    const projects = await projectsNamed(prompts, project);
    const rated = await prompts.list({ minRating: min_rating, ...(projects && { projects }) });
    return { prompts: examplesOf(rated, { minRating: min_rating, limit }).map(told), total_rated: rated.length };
  },
});

export const promptTools: ToolGroup = {
  instructions: "The user's prompt history: prompt_search finds what was asked of coding agents before, in any project and session; prompt_examples gives the prompts that the user rated best.",
  tools: [search, examples],
};

/** One for each connection: the index stays in memory between calls. */
const opened = new WeakMap<UserData, Prompts>();

async function current(call: ToolCall): Promise<Prompts> {
  const user = await call.user();
  let prompts = opened.get(user);
  if (prompts === undefined) opened.set(user, (prompts = openPrompts(user)));
  await prompts.sync({ signal: call.signal });
  return prompts;
}

/** @throws WheelhouseError `not-found` for a name that no project has. */
async function projectsNamed(prompts: Prompts, name: string | undefined): Promise<readonly string[] | undefined> {
  if (name === undefined) return undefined;
  const { projects } = await prompts.timeline();
  const found = projects.filter(({ path }) => path === name || path.split(/[/\\]/).at(-1) === name).map(({ path }) => path);
  if (found.length > 0) return found;
  throw new WheelhouseError('not-found', `No prompt was typed in a project ${JSON.stringify(name)}. Leave out project to look everywhere.`);
}

function told({ id, at, text, project, rating, note, agent }: Prompt): z.input<typeof prompt> {
  const safe = redact(text).toWellFormed();
  return { id, at: new Date(at).toISOString(), text: safe.length > LONGEST ? `${safe.slice(0, LONGEST)}…` : safe, project, rating: rating ?? null, note: note === undefined ? null : redact(note), agent };
}
