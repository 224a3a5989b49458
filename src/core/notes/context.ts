/**
 * What a session is told when it starts: one text, made of the user's public notes and of the last
 * checkpoint, and cut to a limit by a rule that the user can read (`ruleText`).
 *
 * Everything given here has passed the gate already. The order of the notes never depends on a time
 * or a place: that of a file would tell of private notes in it.
 */
import { isVisibilityTag } from './gate.ts';
import { slugOf } from './ids.ts';

/** The note that every session is told, unless the user names another. */
export const GLOBAL_CONTEXT_ID = 'claude-global-context';

/** In characters (UTF-16 code units), as the agent counts. */
export const contextLimits = { usual: 6000, least: 500, most: 9500 } as const;

/** A text as it may be seen. */
export interface ContextNote {
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

export interface ContextSources {
  /** undefined: there is none that may be read. */
  readonly global: ContextNote | undefined;
  /** Those that belong to the repository. */
  readonly repository: readonly ContextNote[];
  readonly checkpoint: ContextNote | undefined;
  /** All other notes that may be read, by id. */
  readonly others: readonly { readonly id: string; readonly title: string }[];
  /** Whether the session goes on with something (after a compaction or a resume), so that its checkpoint comes first. */
  readonly goesOn: boolean;
  /** Name of the repository's folder. */
  readonly repositoryName: string;
  /** In characters; see `contextLimits`. */
  readonly limit: number;
}

export type ContextKind = 'global' | 'repository' | 'checkpoint' | 'list';

/** One source, and what became of it. */
export interface ContextPart {
  readonly kind: ContextKind;
  readonly id: string;
  readonly title: string;
  /** Characters of its text that are told, and that there are. */
  readonly told: number;
  readonly of: number;
  /** Why it is not told in full; undefined when it is. */
  readonly trimmed: string | undefined;
}

export interface SessionBrief {
  /** Empty when there is nothing to tell. */
  readonly text: string;
  readonly characters: number;
  /** An estimate: see `estimateTokens`. */
  readonly tokens: number;
  readonly limit: number;
  readonly goesOn: boolean;
  readonly parts: readonly ContextPart[];
}

/** What of the limit each kind gets at first, in the order in which they stand and are served. */
const shares = {
  starts: [['global', 0.4], ['repository', 0.2], ['checkpoint', 0.3], ['list', 0.1]],
  goesOn: [['checkpoint', 0.5], ['global', 0.25], ['repository', 0.15], ['list', 0.1]],
} as const satisfies Record<string, readonly (readonly [ContextKind, number])[]>;

const names: Readonly<Record<ContextKind, string>> = {
  global: 'the global context note',
  repository: 'notes of this repository',
  checkpoint: 'the last checkpoint',
  list: 'the list of other notes',
};

/** A cut text that is shorter than this says nothing. */
const LEAST_TOLD = 160;
const LONGEST_TITLE = 120;

/** The rule in the user's words. */
export function ruleText(goesOn: boolean): string {
  const order = shares[goesOn ? 'goesOn' : 'starts'].map(([kind, share]) => `${names[kind]} ${Math.round(share * 100)} %`).join(', ');
  return `In this order, each has a share of the limit: ${order}. What one does not need goes to the others, the first first. What is too long is cut at the end of a line, and says where the rest is; a note of the repository that does not fit at all is named in the list.`;
}

/**
 * About how many tokens a text is for a language model: a quarter of its bytes in UTF-8. English has
 * some four letters to a token; other scripts have more bytes to a letter and fewer letters to a token.
 */
export function estimateTokens(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return Math.ceil(bytes / 4);
}

/**
 * @param longest The most characters of the text as JSON, which is how an agent gets it; what is
 *   over it is cut again.
 */
export function sessionBrief(sources: ContextSources, longest = 9800): SessionBrief {
  let limit = Math.min(Math.max(sources.limit, contextLimits.least), contextLimits.most);
  for (;;) {
    const brief = composed(sources, limit);
    const length = JSON.stringify(brief.text).length;
    if (length <= longest || limit <= contextLimits.least) return brief;
    limit = Math.max(contextLimits.least, Math.min(limit - 50, Math.floor((limit * longest) / length)));
  }
}

interface Block {
  readonly kind: ContextKind;
  readonly text: string;
  readonly parts: readonly ContextPart[];
}

function composed(sources: ContextSources, limit: number): SessionBrief {
  const order = shares[sources.goesOn ? 'goesOn' : 'starts'];
  const wantOf = (kind: ContextKind, room: number, unfit: ContextNote[]) => blockOf(sources, kind, room, unfit).text.length;
  // A list is as long as there is room, and may have to name notes of the repository, too.
  const wanted = new Map(order.map(([kind, share]) => [kind, kind === 'list' ? wantOf(kind, Math.floor(share * limit), [...sources.repository]) : wantOf(kind, Infinity, [])]));
  const has = [...wanted.values()].some((length) => length > 0);
  const head = headText(sources);
  const left = new Map(order.map(([kind, share]) => [kind, Math.min(wanted.get(kind) ?? 0, Math.floor(share * (limit - head.length)))]));
  let rest = limit - head.length - [...left.values()].reduce((sum, each) => sum + each, 0);
  const blocks: Block[] = [];
  /** Notes of the repository that found no room. */
  const unfit: ContextNote[] = [];
  for (const [kind] of order) {
    const room = (left.get(kind) ?? 0) + rest;
    const block = blockOf(sources, kind, room, unfit);
    rest = Math.max(0, room - block.text.length);
    blocks.push(block);
  }
  const text = has ? head + blocks.map((block) => block.text).join('') : '';
  return { text, characters: text.length, tokens: estimateTokens(text), limit, goesOn: sources.goesOn, parts: blocks.flatMap(({ parts }) => parts) };
}

function headText({ repositoryName }: ContextSources): string {
  return `# From Wheelhouse, for sessions in ${oneLine(repositoryName)}\nNotes that the user keeps for you, and a record of the work before. Read more with the MCP tools note_get, note_search and checkpoint_latest.\n`;
}

function blockOf(sources: ContextSources, kind: ContextKind, room: number, unfit: ContextNote[]): Block {
  const { global, checkpoint, repository } = sources;
  if (kind === 'global') return global === undefined ? none(kind) : joined(kind, [global], room, [], noteRest);
  if (kind === 'checkpoint') return checkpoint === undefined ? none(kind) : joined(kind, [checkpoint], room, [], checkpointRest);
  if (kind === 'repository') return joined(kind, repository, room, unfit, noteRest);
  return listOf([...unfit, ...sources.others], room);
}

const none = (kind: ContextKind): Block => ({ kind, text: '', parts: [] });
const noteRest = (id: string, characters: number) => `… ${characters} characters more: note_get ${JSON.stringify(id)}`;
const checkpointRest = (_: string, characters: number) => `… ${characters} characters more: checkpoint_latest`;

function joined(kind: ContextKind, notes: readonly ContextNote[], room: number, unfit: ContextNote[], restOf: (id: string, characters: number) => string): Block {
  let text = '';
  const parts: ContextPart[] = [];
  for (const note of notes) {
    const head = `\n## ${oneLine(note.title)}${kind === 'checkpoint' ? '' : ` (note ${oneLine(note.id)})`}\n`;
    const whole = note.text.toWellFormed().trim();
    const space = room - text.length - head.length - 1;
    const cut = whole.length <= space ? whole : cutAt(whole, space - restOf(note.id, whole.length).length - 1);
    const part = { kind, id: note.id, title: note.title, of: whole.length };
    if (cut === undefined) {
      unfit.push(note);
      parts.push({ ...part, told: 0, trimmed: kind === 'repository' ? 'There was no room left for notes of the repository; it is named in the list.' : 'There was no room left for it.' });
      continue;
    }
    const isWhole = cut.length === whole.length;
    text += `${head}${cut}\n${isWhole ? '' : `${restOf(note.id, whole.length - cut.length)}\n`}`;
    parts.push({ ...part, told: cut.length, trimmed: isWhole ? undefined : `It is longer than the room for ${names[kind]}, and was cut.` });
  }
  return { kind, text, parts };
}

function listOf(notes: readonly { readonly id: string; readonly title: string }[], room: number): Block {
  if (notes.length === 0) return none('list');
  const head = '\n## Other notes (note_get ID)\n';
  const more = (count: number) => `… and ${count} more: notes_index\n`;
  let lines = '';
  let told = 0;
  for (const { id, title } of notes) {
    const line = `- ${oneLine(id)}${title === id ? '' : `: ${oneLine(title)}`}\n`;
    const isLast = told === notes.length - 1;
    if (head.length + lines.length + line.length + (isLast ? 0 : more(notes.length).length) > room) break;
    lines += line;
    told++;
  }
  const part = { kind: 'list', id: '', title: 'Other notes', told, of: notes.length } as const;
  if (told === 0) return { kind: 'list', text: '', parts: [{ ...part, trimmed: 'There was no room left for the list.' }] };
  const isWhole = told === notes.length;
  return { kind: 'list', text: `${head}${lines}${isWhole ? '' : more(notes.length - told)}`, parts: [{ ...part, trimmed: isWhole ? undefined : 'There is room for these only, by id.' }] };
}

/** The beginning of a text up to the end of a line, or of a word in a line that is too long; undefined when so little says nothing. */
function cutAt(text: string, room: number): string | undefined {
  if (room < LEAST_TOLD) return undefined;
  const line = text.lastIndexOf('\n', room);
  if (line >= room / 2) return text.slice(0, line).trimEnd();
  const word = text.lastIndexOf(' ', room);
  const end = word >= room / 2 ? word : room;
  // Half of a pair of surrogates is no character.
  return text.slice(0, /[\ud800-\udbff]/.test(text[end - 1] ?? '') ? end - 1 : end).trimEnd();
}

function oneLine(text: string): string {
  const line = text.toWellFormed().replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ').trim();
  return line.length <= LONGEST_TITLE ? line : `${line.slice(0, LONGEST_TITLE - 1).toWellFormed()}…`;
}

/** The text of a note without what only programs read: the property drawer and keywords, the frontmatter. */
export function bodyOf(text: string): string {
  const front = /^\ufeff?---[ \t]*\r?\n[\s\S]*?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/.exec(text);
  if (front) return text.slice(front[0].length).replace(/^\s*\n/, '');
  return text.replace(/^(\*+ [^\n]*\n)?[ \t]*:PROPERTIES:[ \t]*\r?\n(?:[ \t]*:[^\n]*\n)*?[ \t]*:END:[ \t]*(?:\r?\n|$)/i, '$1').replace(/^(?:[ \t]*#\+[a-z_-]+:[^\n]*(?:\n|$)|[ \t]*\n)+/i, '');
}

/**
 * Whether a note belongs to a repository: one of its tags is the name of the repository's folder, or
 * its property PROJECT (frontmatter `project`) is that name or the folder's path. Names are compared
 * as slugs, for a tag in org has no dashes.
 *
 * @param place Slugs of the folder's names; its absolute paths, also with `~`.
 */
export function belongsTo(place: { readonly names: ReadonlySet<string>; readonly paths: ReadonlySet<string> }): (note: { readonly tags: readonly string[]; readonly project: string | undefined }) => boolean {
  // Thousands of notes have the same few tags.
  const known = new Map<string, boolean>();
  const isName = (text: string) => {
    let is = known.get(text);
    if (is === undefined) {
      const slug = slugOf(text);
      known.set(text, (is = slug !== '' && place.names.has(slug)));
    }
    return is;
  };
  return ({ tags, project }) => {
    if (tags.some((tag) => isName(tag) && !isVisibilityTag(tag))) return true;
    return project !== undefined && (isName(project) || place.paths.has(project.replace(/(?<=.)[/\\]+$/, '')));
  };
}
