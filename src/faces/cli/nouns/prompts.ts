import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { ParseArgsOptionDescriptor } from 'node:util';
import { systemClock, systemRandom } from '../../../adapters/node/clock.ts';
import { nodeFiles } from '../../../adapters/node/files.ts';
import { nodeProcesses } from '../../../adapters/node/processes.ts';
import { historyOnly } from '../../../adapters/node/prompts/claude-source.ts';
import { exportDatabase, importDatabase } from '../../../adapters/node/prompts/database-interop.ts';
import { openPrompts, type Prompts } from '../../../adapters/node/prompts/prompts.ts';
import { publishInto } from '../../../adapters/node/prompts/publish.ts';
import type { UserData } from '../../../adapters/node/user-data.ts';
import { WheelhouseError } from '../../../core/base/errors.ts';
import * as core from '../../../core/prompts/index.ts';
import { oneOf, text, type Answer, type Input, type Noun, type Verb } from '../verb.ts';
import { filterOf, filterOptions, filterUsage, promptId, wholeNumber } from './promptsOptions.ts';
import { listText, ownJson, showText, statsText, wordsText } from './promptsText.ts';
import { timeline } from './promptsTimeline.ts';

type Work = (prompts: Prompts, input: Input, user: UserData) => Promise<Answer>;
type Options = Readonly<Record<string, ParseArgsOptionDescriptor>>;
const [string, flag] = [{ type: 'string' }, { type: 'boolean' }] as const;

function verb(usage: string, summary: string, args: readonly [number, number], options: Options, work: Work): Verb {
  return {
    usage,
    summary,
    args,
    options,
    run: async (input) => {
      const user = await input.user();
      return work(openPrompts(user), input, user);
    },
  };
}

export const prompts: Noun = {
  summary: 'the prompt history: find, rate and learn from what was asked (prompt_tracker\'s --db is "import-db PATH" here)',
  verbs: {
    sync: verb('[--history PATH]', 'Take in new prompts: those of Claude Code, or of one history file. What was taken in stays, whatever becomes of the file.', [0, 0], { history: string }, sync),
    list: verb(`[--limit N] ${filterUsage} [--format text|json]`, 'The newest prompts, 20 or N of them. --search finds a part of the text. /login and /logout are left out unless you say --include-slash-commands.', [0, 0], { ...filterOptions, limit: string, format: string }, list),
    rate: verb('ID STARS', 'Give a prompt 1 to 5 stars; 0 takes them away.', [2, 2], {}, async (prompts, input) => {
      const stars = wholeNumber('STARS', input.args[1], 0, 5) ?? 0;
      const prompt = await prompts.rate(promptId(input), stars);
      return { json: ownJson(prompt), text: `✓ Rated prompt #${prompt.id} as ${core.starsOf(stars)}` };
    }),
    note: verb('ID TEXT', 'Write a note to a prompt, in place of the one it has; an empty TEXT removes it.', [2, 2], {}, async (prompts, input) => {
      const prompt = await prompts.note(promptId(input), input.args[1] ?? '');
      return { json: ownJson(prompt), text: `✓ Added note to prompt #${prompt.id}` };
    }),
    show: verb('ID', 'Show a prompt whole.', [1, 1], {}, async (prompts, input) => {
      const prompt = await prompts.get(promptId(input));
      return { json: ownJson(prompt), text: showText(prompt) };
    }),
    stats: verb('[--date-from YYYY-MM-DD] [--date-to YYYY-MM-DD]', 'How many prompts there are, how they are rated, and where they were typed.', [0, 0], { 'date-from': string, 'date-to': string }, async (prompts, input) => {
      const stats = await prompts.stats(filterOf(input.options));
      return { json: stats, text: statsText(stats) };
    }),
    words: verb('[--technical] [--limit N] [--date-from YYYY-MM-DD] [--date-to YYYY-MM-DD]', 'The words that are typed most, 100 or N of them; --technical: only those of programming.', [0, 0], { technical: flag, limit: string, 'date-from': string, 'date-to': string }, async (prompts, input) => {
      const words = await prompts.words(filterOf(input.options), input.options['technical'] === true, wholeNumber('limit', input.options['limit'], 1) ?? 100);
      return { json: words, text: wordsText(words) };
    }),
    publish: verb('ID [--note-id NAME] [--tags A,B] [--dry-run] [--folder DIR]', 'Make a note of a prompt by the installed memento, or, with --folder, as an Org file. Secrets are redacted.', [1, 1], { 'note-id': string, tags: string, 'dry-run': flag, folder: string }, publish),
    timeline: verb('[DATE] [--to DATE] [--output FILE] [--include-slash-commands] [--no-open]', "Sync, write the prompts of a day (today's) or of several as one HTML page that works offline, and open it. Secrets are redacted.", [0, 1], { to: string, output: string, 'include-slash-commands': flag, 'no-open': flag }, (prompts, input, user) => timeline(prompts, user.home, input)),
    export: verb(`[--format json|csv] ${filterUsage}`, 'All prompts, or those that fit, oldest first. Secrets are redacted.', [0, 0], { ...filterOptions, format: string }, exportAll),
    'import-db': verb('PATH', "Take in a database of prompt_tracker's with its ratings and notes, such as ~/.config/prompt_tracker/instance.db. What you rated here stays as it is.", [1, 1], {}, async (prompts, input, user) => {
      await prompts.sync({ signal: input.signal });
      const original = await importDatabase(user.databases, resolve(input.args[0] ?? ''));
      const { added, marked } = await prompts.import(original);
      const known = original.prompts.length - added;
      return { json: { added, known, marked, skipped: original.skipped }, text: [`✓ Imported ${added} new prompts (${known} were known), ${marked} ratings and notes`, ...original.skipped].join('\n') };
    }),
    'export-db': verb('PATH [--force]', "Write all prompts as a database that prompt_tracker opens. Secrets are redacted. --force replaces a file that is there.", [1, 1], { force: flag }, async (prompts, input, user) => {
      const path = resolve(input.args[0] ?? '');
      const { count, moved } = await exportDatabase(user.databases, path, (await prompts.list({ commands: true })).toReversed(), Date.now(), input.options['force'] === true);
      const note = moved.length === 0 ? [] : [`  ${moved.length} of them share their millisecond with another and were moved to the next free one`];
      return { json: { file: path, prompts: count, moved: moved.length }, text: [`✓ Exported ${count} prompts to ${path}`, ...note].join('\n') };
    }),
  },
};

async function sync(prompts: Prompts, input: Input): Promise<Answer> {
  const history = text(input.options['history']);
  if (history !== undefined && (await nodeFiles.stat(resolve(history)))?.kind !== 'file') throw new WheelhouseError('not-found', `${resolve(history)} is not there. Give the path of a history.jsonl.`);
  const tenths = new Set<number>();
  const { added, problems } = await prompts.sync({
    signal: input.signal,
    ...(history !== undefined && { sources: [historyOnly(resolve(history))] }),
    onProgress: (done, total) => {
      const tenth = Math.floor((10 * done) / total);
      if (!process.stderr.isTTY || total < 100_000_000 || tenths.has(tenth)) return;
      tenths.add(tenth);
      input.progress(`read ${10 * tenth} % of ${Math.round(total / 1e6)} MB`);
    },
  });
  for (const problem of problems) input.progress(`could not be read: ${problem}`);
  return { json: { synced: added, problems }, text: `✓ Synced ${added} new prompts` };
}

async function list(prompts: Prompts, input: Input): Promise<Answer> {
  const format = oneOf('format', input.options['format'], ['text', 'json'] as const);
  const found = await prompts.list(filterOf(input.options), wholeNumber('limit', input.options['limit'], 0) ?? 20);
  const json = found.map(ownJson);
  return { json, text: format === 'json' ? core.pythonJson(json) : listText(found) };
}

async function exportAll(prompts: Prompts, input: Input): Promise<Answer> {
  const format = oneOf('format', input.options['format'], ['json', 'csv'] as const) ?? 'json';
  const found = (await prompts.list(filterOf(input.options))).toReversed();
  if (format === 'csv') {
    const csv = [...core.promptsCsv(found, systemClock)].join('');
    return { json: { format, text: csv }, text: csv };
  }
  const json = found.map(core.promptJson);
  return { json, text: core.pythonJson(json) };
}

async function publish(prompts: Prompts, input: Input, user: UserData): Promise<Answer> {
  const id = text(input.options['note-id']);
  const tags = (text(input.options['tags']) ?? '').split(',').map((tag) => tag.trim()).filter((tag) => tag !== '');
  const note = core.promptNote(await prompts.get(promptId(input)), systemClock, { ...(id !== undefined && { id }), tags });
  const folder = text(input.options['folder']);
  const content = folder === undefined ? core.orgNoteBody(note) : core.orgNoteFile(note);
  const json = { noteId: note.id, title: note.title, tags: note.tags, content };
  if (input.options['dry-run'] === true) return { json: { ...json, published: false }, text: core.dryRunText(note, content) };
  if (folder === undefined) {
    await core.publishWithMemento({ processes: nodeProcesses(), files: nodeFiles }, core.planMemento(note, join(tmpdir(), `wheelhouse-${systemRandom.base32(16)}.org`)), input.folder);
    return { json: { ...json, published: true }, text: core.publishedText(note) };
  }
  const file = await publishInto(user, resolve(folder), note, 'org');
  return { json: { ...json, published: true, file }, text: `✓ Published prompt #${note.promptId} as ${file}` };
}
