import * as z from 'zod';
import { openNotes, type Notes } from '../../../adapters/node/notes/notes.ts';
import { HIT_END, HIT_START, indexText, type NoteEntry } from '../../../core/notes/index.ts';
import { defineTool, looksOnly, type ToolCall, type ToolGroup } from '../tool.ts';

/** Longer texts are cut; the client would refuse them. */
const LONGEST = 200_000;
const MOST_LINKS = 200;

// Neither paths nor times: a file may hold private notes beside a public one, and would tell of them.
const note = z.object({
  note_id: z.string(),
  title: z.string(),
  tags: z.array(z.string()),
});
const link = z.object({ target: z.string().describe('As it is written.'), note_id: z.string().nullable().describe('null: no such note can be read.'), title: z.string().nullable() });
const noteId = z.string().min(1).describe('The id of a note, such as claude-global-context; its title does too.');
const tags = z.array(z.string()).max(20).optional();
const limit = (usual: number) => z.int().min(1).max(500).default(usual);
const writes = { readOnlyHint: false, destructiveHint: false, idempotentHint: false } as const;

const get = defineTool({
  name: 'note_get',
  title: 'Read a note',
  description: 'Gives a note of the user by its id: its text (org or Markdown), its hash for a later note_update, what it links to and what links to it. Only notes that the user made PUBLIC can be read; of all others nothing is known here.',
  input: z.object({ note_id: noteId }),
  output: note.extend({ content: z.string(), truncated: z.boolean(), hash: z.string(), links: z.array(link), backlinks: z.array(note) }),
  annotations: looksOnly,
  run: async ({ note_id }, call) => {
    const found = await (await open(call)).agent.get(note_id);
    return { ...told(found.note), content: cut(found.content), truncated: found.content.length > LONGEST, hash: found.hash, links: found.links.slice(0, MOST_LINKS).map(linkOut), backlinks: found.backlinks.slice(0, MOST_LINKS).map(told) };
  },
});

const search = defineTool({
  name: 'note_search',
  title: 'Search the notes',
  description: 'Finds public notes of the user by words: all must occur, the last may be a beginning, "a phrase" stands in quotes, -word excludes. The best come first, with the place that fits. Use it before you ask the user for conventions, decisions or how something is done here.',
  input: z.object({ query: z.string().trim().min(1), tags: tags.describe('Only notes that have all of these.'), limit: limit(20) }),
  output: z.object({ notes: z.array(note.extend({ snippet: z.string().describe('With **hits** marked.') })), total: z.int() }),
  annotations: looksOnly,
  run: async ({ query, tags, limit }, call) => {
    const { notes, total } = await (await open(call)).search(query, limit, { ...(tags && { tags }) });
    return { notes: notes.map((each) => ({ ...told(each), snippet: each.snippet.replaceAll(HIT_START, '**').replaceAll(HIT_END, '**') })), total };
  },
});

const list = defineTool({
  name: 'note_list',
  title: 'List the notes',
  description: 'Lists public notes of the user by id, and the tags that they have.',
  input: z.object({ tags: tags.describe('Only notes that have all of these.'), limit: limit(200), offset: z.int().min(0).default(0) }),
  output: z.object({ notes: z.array(note), total: z.int(), tags: z.array(z.object({ tag: z.string(), notes: z.int() })) }),
  annotations: looksOnly,
  run: async ({ tags, limit, offset }, call) => {
    const notes = await open(call);
    const found = await notes.list({ ...(tags && { tags }) });
    return { notes: found.slice(offset, offset + limit).map(told), total: found.length, tags: notes.index.tagCounts() };
  },
});

const create = defineTool({
  name: 'note_create',
  title: 'Create a note',
  description: 'Writes a new note for the user. It is private until the user publishes it, so it cannot be read back here: say to the user that it is there, and that "wheelhouse notes publish ID" makes it readable for sessions. The title and the tags stand in the file already; content with a mark PUBLIC is refused.',
  input: z.object({
    note_id: z.string().describe('A short name of letters, digits and dashes, such as mcp-server-patterns.'),
    title: z.string(),
    content: z.string().max(LONGEST),
    tags: tags,
    format: z.enum(['org', 'markdown']).default('org'),
  }),
  output: z.object({ note_id: z.string(), public: z.literal(false), history: z.string().nullable().describe('Whether it is a commit in the repository of the notes.') }),
  annotations: writes,
  run: async ({ note_id, title, content, tags = [], format }, call) => {
    const { history = null } = await (await open(call)).agent.create({ id: note_id, title, content, tags }, format);
    return { note_id, public: false as const, history };
  },
});

const update = defineTool({
  name: 'note_update',
  title: 'Change a note',
  description: 'Replaces the text of a public note. Give the whole new text and, as base_hash, the hash that note_get gave with the text it is made from. Was the note changed since, nothing is written and the current text comes back with status conflict: apply your change to that. Where both sides only appended, both are kept. Ids and marks of visibility (PUBLIC, PRIVATE) must stay as they are.',
  input: z.object({ note_id: noteId, content: z.string().max(LONGEST), base_hash: z.string().describe('The hash from note_get.') }),
  output: z.object({ note_id: z.string(), status: z.enum(['written', 'merged', 'unchanged', 'conflict']), hash: z.string(), content: z.string().nullable().describe('The current text, when it is not the one that was given.'), history: z.string().nullable() }),
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true },
  run: async ({ note_id, content, base_hash }, call) => {
    const done = await (await open(call)).agent.update(note_id, content, base_hash);
    return { note_id, status: done.status, hash: done.hash, content: done.content === content ? null : cut(done.content), history: done.history ?? null };
  },
});

const links = defineTool({
  name: 'note_links',
  title: 'Links of a note',
  description: 'What a public note links to, and which public notes link to it.',
  input: z.object({ note_id: noteId, limit: limit(200) }),
  output: z.object({ note_id: z.string(), links: z.array(link), links_total: z.int(), backlinks: z.array(note), backlinks_total: z.int() }),
  annotations: looksOnly,
  run: async ({ note_id, limit }, call) => {
    const found = await (await open(call)).get(note_id);
    return { note_id: found.note.id, links: found.links.slice(0, limit).map(linkOut), links_total: found.links.length, backlinks: found.backlinks.slice(0, limit).map(told), backlinks_total: found.backlinks.length };
  },
});

const index = defineTool({
  name: 'notes_index',
  title: 'Index of the notes',
  description: 'A quick lookup by use case: all public notes under each of their tags, as Markdown. Read it at the start of a session to see what there is.',
  input: z.object({}),
  output: z.object({ content: z.string(), notes: z.int() }),
  annotations: looksOnly,
  run: async (_, call) => {
    const notes = await (await open(call)).list();
    // Links name ids: an agent is told no paths.
    const content = indexText(notes.map((each) => ({ ...each, path: each.id })), 'markdown');
    return { content: cut(content), notes: notes.length };
  },
});

export const noteTools: ToolGroup = {
  instructions: "The user's notes, one memory for all sessions: note_get reads one by id (claude-global-context first, if there is one), notes_index shows what there is by use case, note_search finds by words. Only PUBLIC notes can be read; never read the folder of notes directly. note_update changes one, note_create leaves a new one for the user to publish.",
  tools: [get, search, list, create, update, links, index],
};

/** The view that holds public text only. */
async function open(call: ToolCall): Promise<Notes> {
  return openNotes(await call.user(), { view: 'public', watch: true });
}

function told({ id, title, tags }: NoteEntry): z.input<typeof note> {
  return { note_id: id, title, tags: [...tags] };
}

function linkOut({ target, note: to }: { target: string; note: NoteEntry | undefined }): z.input<typeof link> {
  return { target, note_id: to?.id ?? null, title: to?.title ?? null };
}

function cut(text: string): string {
  return text.length > LONGEST ? text.slice(0, LONGEST).toWellFormed() : text;
}
