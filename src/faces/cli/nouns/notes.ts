import { text as readAll } from 'node:stream/consumers';
import { resolve } from 'node:path';
import { nodeFiles } from '../../../adapters/node/files.ts';
import { isAgentRun } from '../../../adapters/node/agent-run.ts';
import { openNotes, type Notes } from '../../../adapters/node/notes/notes.ts';
import { WheelhouseError } from '../../../core/base/errors.ts';
import { plain } from '../../../core/base/plain.ts';
import { formatOf, HIT_END, HIT_START, indexText, noteJson, type NoteEntry } from '../../../core/notes/index.ts';
import { contextVerb } from './notesContext.ts';
import { text, texts, type Answer, type Input, type Noun } from '../verb.ts';

const [string, list] = [{ type: 'string' }, { type: 'string', multiple: true }] as const;
type Work = (notes: Notes, input: Input, isAgent: boolean) => Promise<Answer>;

const verb = (usage: string, summary: string, args: readonly [number, number], work: Work, options = {}) => ({
  usage, summary, args, options,
  run: async (input: Input) => {
    const isAgent = isAgentRun(process.env);
    return work(await openNotes(await input.user(), { view: isAgent ? 'public' : 'all' }), input, isAgent);
  },
});

/** The same with the user's own view and rights. */
const userVerb = (usage: string, summary: string, args: readonly [number, number], work: Work, options = {}) =>
  verb(usage, summary, args, (notes, input, isAgent) => {
    if (isAgent) throw new WheelhouseError('refused', 'Who may read a note is the user\'s to say: this is not for agents. Ask the user to run it in a terminal of their own.');
    return work(notes, input, isAgent);
  }, options);

export const notes: Noun = {
  summary: 'notes in org or Markdown; only those marked PUBLIC can be read by a language model',
  verbs: {
    create: verb('ID --title T [--file F] [--tags a b] [--format org|markdown]', 'Create a note with the content of a file (- for standard input). It is private unless PUBLIC is among the tags.', [1, 100], create, { title: string, file: string, tags: list, format: string }),
    get: verb('ID', 'Print a note. The id may also be its title, an alias or its file\'s name.', [1, 1], async (notes, { args }) => {
      const { note, content, links, backlinks } = await notes.get(args[0] ?? '');
      return { json: { ...noteJson(note, { links: links.length, backlinks: backlinks.length }), content }, text: plain(content) };
    }),
    list: verb('[--tags a b]', 'All notes, by id; those that have all the tags.', [0, 100], async (notes, input) => listed(notes, await notes.list({ tags: tagsOf(input, 0) })), { tags: list }),
    search: verb('QUERY [--tags T]… [--limit N]', 'Find notes by words: all must occur, the last may be a beginning, "a phrase" stands in quotes, -word excludes.', [1, 1], search, { tags: list, limit: string }),
    links: verb('ID', 'What a note links to, and what links to it.', [1, 1], links),
    publish: userVerb('ID [--own]', 'Let language models read a note, by the tag PUBLIC. --own says that it is yours, where an agent wrote one that it calls the same.', [1, 1], (notes, input) => setPublic(notes, input, true), { own: { type: 'boolean' } }),
    unpublish: userVerb('ID', 'Take that back.', [1, 1], (notes, input) => setPublic(notes, input, false)),
    index: verb('', 'Write the list of public notes by use case into the note memento-notes-index, between marks; the text around it stays. For an agent, print it.', [0, 0], async (notes, _, isAgent) => {
      if (isAgent) {
        const content = indexText(await notes.list(), 'org');
        return { json: { content }, text: content };
      }
      const note = await notes.writeIndex();
      return { json: noteJson(note, (await notes.counts()).get(note.key)), text: `✓ ${note.path} is up to date.${note.isPublic ? '' : ` It is private; agents read it after: wheelhouse notes publish ${note.id}`}` };
    }),
    context: contextVerb,
    check: userVerb('', 'What is wrong with the notes: unreadable files, ids that two notes have, broken links, notes without links.', [0, 0], check),
  },
};

async function create(notes: Notes, input: Input, isAgent: boolean): Promise<Answer> {
  const [id = ''] = input.args;
  const file = text(input.options['file']);
  const path = file === undefined || file === '-' ? undefined : resolve(file);
  const content = file === '-' ? await readAll(process.stdin) : path === undefined ? '' : await nodeFiles.readText(path);
  if (content === undefined) throw new WheelhouseError('not-found', `There is no file ${path ?? ''}. Give the file with the note's content.`);
  const title = text(input.options['title']);
  if (title === undefined) throw new WheelhouseError('usage', 'A note needs a title: --title "…".');
  const format = formatGiven(input, path);
  const note = { id, title, content, tags: tagsOf(input, 1) };
  if (!isAgent) {
    const made = await notes.create({ ...note, ...(format && { format }) });
    await notes.refreshIndexNote();
    return { json: noteJson(made, (await notes.counts()).get(made.key)), text: `✓ Created ${made.id}: ${made.path}${made.isPublic ? ' (PUBLIC)' : ''}` };
  }
  await notes.agent.create(note, format ?? 'org');
  return { json: { id, title, public: false }, text: `✓ Created. It is private; the user publishes it with: wheelhouse notes publish ${id}` };
}

function formatGiven(input: Input, path: string | undefined): 'org' | 'markdown' | undefined {
  const format = text(input.options['format']);
  if (format !== undefined && format !== 'org' && format !== 'markdown') throw new WheelhouseError('usage', '--format is org or markdown.');
  return format ?? (path !== undefined && /\.(org|md|markdown)$/i.test(path) ? formatOf(path) : undefined);
}

/** `--tags a b`, `--tags a,b` and `--tags a --tags b`: the words after it that are no arguments belong to it. */
function tagsOf({ options, args }: Input, from: number): string[] {
  const given = texts(options['tags']);
  const rest = args.slice(from);
  if (given.length === 0 && rest.length > 0) throw new WheelhouseError('usage', `${JSON.stringify(rest[0])} is one word too many. See --help.`);
  return [...new Set([...given, ...rest].flatMap((tag) => tag.split(',')).map((tag) => tag.trim().replace(/^#/, '')).filter((tag) => tag !== ''))];
}

async function listed(notes: Notes, found: readonly NoteEntry[]): Promise<Answer> {
  const counts = await notes.counts();
  return { json: found.map((note) => noteJson(note, counts.get(note.key))), text: found.map(line).join('\n') || 'No notes found.' };
}

async function search(notes: Notes, input: Input): Promise<Answer> {
  const limit = Number(text(input.options['limit']) ?? 20);
  if (!Number.isInteger(limit) || limit < 1) throw new WheelhouseError('usage', '--limit is a whole number from 1.');
  const { notes: found, total } = await notes.search(input.args[0] ?? '', limit, { tags: texts(input.options['tags']).flatMap((tag) => tag.split(',')) });
  const counts = await notes.counts();
  const marked = (snippet: string) => plain(snippet).replaceAll(HIT_START, '').replaceAll(HIT_END, '');
  return {
    json: found.map((note) => ({ ...noteJson(note, counts.get(note.key)), snippet: marked(note.snippet) })),
    text: found.length === 0 ? 'No note has that.' : [...found.map((note) => [line(note), marked(note.snippet)].filter((each) => each !== '').join('\n    ')), ...(total > found.length ? [`… and ${total - found.length} more`] : [])].join('\n'),
  };
}

async function links(notes: Notes, { args }: Input): Promise<Answer> {
  const { note, links: out, backlinks } = await notes.get(args[0] ?? '');
  return {
    json: { id: note.id, links: out.map(({ target, note: to }) => ({ target, id: to?.id ?? null, title: to?.title ?? null })), backlinks: backlinks.map(({ id, title }) => ({ id, title })) },
    text: [...out.map(({ target, note: to }) => (to ? `→ ${to.id}  ${to.title}` : `→ ${target}  (no such note)`)), ...backlinks.map((from) => `← ${from.id}  ${from.title}`)].map(plain).join('\n') || 'It has no links.',
  };
}

async function setPublic(notes: Notes, { args, options }: Input, toPublic: boolean): Promise<Answer> {
  const { note, stillPublic } = await notes.setPublic(args[0] ?? '', toPublic, { isSure: options['own'] === true });
  const rest = stillPublic.length > 0 ? ` Headings in it have a PUBLIC mark of their own and stay public: ${stillPublic.join(', ')}.` : '';
  return { json: { ...noteJson(note, (await notes.counts()).get(note.key)), stillPublic }, text: `✓ ${note.id} (${plain(note.title)}) is ${toPublic ? 'PUBLIC: language models can read it' : 'private'}.${rest}` };
}

async function check(notes: Notes): Promise<Answer> {
  const { files, duplicates, broken, orphans } = await notes.check();
  const lines = [
    ...files.map(({ path, problem }) => `${path}: ${problem}; no agent reads it`),
    ...duplicates.map(({ id, paths }) => `${id} is the id of ${paths.length} notes, and so all are private: ${paths.join(', ')}`),
    ...broken.map(({ note, target }) => `${note.path}: links to ${target}, which is no note`),
    ...(orphans.length > 0 ? [`${orphans.length} ${orphans.length === 1 ? 'note has' : 'notes have'} no links: ${orphans.slice(0, 20).map(({ id }) => id).join(', ')}${orphans.length > 20 ? ', …' : ''}`] : []),
  ];
  return {
    json: { folders: notes.folders, files, duplicates, broken: broken.map(({ note, target }) => ({ id: note.id, path: note.path, target })), orphans: orphans.map(({ id }) => id) },
    text: plain(lines.join('\n')) || `Nothing is wrong with the notes in ${notes.folders.join(', ')}.`,
    ...(files.length + duplicates.length > 0 && { exitCode: 1 }),
  };
}

const line = (note: NoteEntry) => plain(`${note.isPublic ? 'PUBLIC ' : 'private'}  ${note.id}  ${note.title}${note.tags.length > 0 ? `  ${note.tags.map((tag) => `#${tag}`).join(' ')}` : ''}`);
