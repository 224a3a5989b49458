import { blockEdge } from './body.ts';
import { lineAt, nextHeadline, skipBlanksBack } from './lines.ts';
import type { Edit, Keywords, ReviewState } from './types.ts';

/** Words that mean "nothing was or will be done". Every other done keyword that a file declares means done. */
const wontfixWords = ['WONTFIX', 'CANCELLED', 'CANCELED', 'KILL', 'KILLED'];

/** What counts in a file that declares nothing: Org's default, and the words of common Emacs configurations. */
const usual: ReadonlyMap<string, ReviewState> = new Map([
  ...['TODO', 'NEXT', 'DOING', 'STARTED', 'STRT', 'WAIT', 'WAITING', 'HOLD', 'LOOP', 'PROJ', 'IDEA'].map((word) => [word, 'todo'] as const),
  ['DONE', 'done'],
  ...wontfixWords.map((word) => [word, 'wontfix'] as const),
]);

const favourite: Record<ReviewState, string> = { todo: 'TODO', done: 'DONE', wontfix: 'WONTFIX' };

const keywordSetting = /^#\+(?:SEQ_|TYP_)?TODO:/i;
const setting = /^#\+(?:(?:SEQ_|TYP_)?TODO|STARTUP|TAGS|FILETAGS|PRIORITIES|PROPERTY|LINK|ARCHIVE|COLUMNS|CATEGORY|OPTIONS|SETUPFILE):/i;

/**
 * Reads the `#+TODO:`, `#+SEQ_TODO:` and `#+TYP_TODO:` lines, which count wherever they stand, except
 * in a block. An empty one is ignored.
 */
export function readKeywords(text: string, start: number, contentEnd: number): Keywords {
  const lines = settingLines(text, start);
  const settings = lines.map((line) => line.start);
  const states = new Map<string, ReviewState>();
  let insertAt = -1;
  for (const line of lines) {
    const found = declared(line.content);
    if (found.length > 0) insertAt = line.next;
    for (const [word, state] of found) if (!states.has(word)) states.set(word, state);
  }
  if (insertAt >= 0) return { declared: true, states, preferred: preferredOf(states), insertAt, settings };
  const preferred = { todo: favourite.todo, done: favourite.done };
  return { declared: false, states: usual, preferred, insertAt: Math.min(preambleEnd(text, start), contentEnd), settings };
}

interface SettingLine {
  readonly start: number;
  readonly next: number;
  /** From the `#+` on. */
  readonly content: string;
}

/** One pass over every `#+`. What stands in a block that is never closed counts: to Org it is no block. */
function settingLines(text: string, start: number): SettingLine[] {
  const lines: SettingLine[] = [];
  let block: string | undefined;
  let inBlock: SettingLine[] = [];
  let headline = nextHeadline(text, start);
  for (let at = text.indexOf('#+', start); at >= 0; at = text.indexOf('#+', at + 2)) {
    if (headline >= 0 && headline < at) {
      if (block !== undefined) for (const line of inBlock) lines.push(line);
      block = undefined;
      headline = nextHeadline(text, lineAt(text, at, text.length).next);
    }
    const before = skipBlanksBack(text, start, at);
    if (before > start && text.charAt(before - 1) !== '\n') continue;
    const line = lineAt(text, at, text.length);
    const content = text.slice(at, line.end);
    const [, edge, name = ''] = blockEdge.exec(content) ?? [];
    if (setting.test(content)) (block === undefined ? lines : inBlock).push({ start: before, next: line.next, content });
    else if (edge?.toLowerCase() === 'begin' && block === undefined) {
      block = name.toLowerCase();
      inBlock = [];
    } else if (edge?.toLowerCase() === 'end' && block === name.toLowerCase()) block = undefined;
  }
  return block === undefined ? lines : [...lines, ...inBlock];
}

/** `TODO(t) STARTED(s!) | DONE(d!)`: before the bar open, after it closed; without a bar the last word is closed. */
function declared(setting: string): [string, ReviewState][] {
  if (!keywordSetting.test(setting)) return [];
  const words = setting.slice(setting.indexOf(':') + 1).split(/[ \t\r]+/).filter((word) => word !== '').map((word) => word.replace(/\(.*\)$/, ''));
  const bar = words.indexOf('|');
  const firstClosed = bar < 0 ? words.length - 1 : bar;
  return words.flatMap((word, i): [string, ReviewState][] => {
    if (word === '|' || word === '') return [];
    return [[word, i < firstClosed ? 'todo' : wontfixWords.includes(word) ? 'wontfix' : 'done']];
  });
}

function preferredOf(states: ReadonlyMap<string, ReviewState>): Partial<Record<ReviewState, string>> {
  const preferred: Partial<Record<ReviewState, string>> = {};
  for (const [word, state] of states) {
    if (preferred[state] === undefined || word === favourite[state]) preferred[state] = word;
  }
  return preferred;
}

/** After the settings, comments and file properties that a file begins with. */
function preambleEnd(text: string, start: number): number {
  let end = start;
  let inDrawer = false;
  for (let line = lineAt(text, start, text.length); line.start < text.length; line = lineAt(text, line.next, text.length)) {
    const content = text.slice(line.start, line.end).trim();
    if (/^:PROPERTIES:$/i.test(content)) inDrawer = true;
    else if (/^:END:$/i.test(content)) inDrawer = false;
    else if (inDrawer && !/^:\S+:/.test(content)) break;
    else if (content !== '' && !inDrawer && !/^#(?:$|[ \t]|\+(?!begin_)\S*:)/i.test(content)) break;
    if (content !== '' && !inDrawer) end = line.next;
  }
  return end;
}

/**
 * The keyword for `state`, and the edit that declares it when Org would not know it in this file.
 *
 * @param used The keywords that the file uses without declaring them: Org forgets its defaults, and
 *   those of the user's configuration, as soon as a file declares some, so they are named too.
 */
export function keywordFor(text: string, keywords: Keywords, state: ReviewState, eol: string, used: () => Iterable<string>): { keyword: string; edits: Edit[] } {
  const known = keywords.preferred[state];
  if (known !== undefined) return { keyword: known, edits: [] };
  const keyword = favourite[state];
  const at = keywords.insertAt;
  const line = keywords.declared ? (state === 'todo' ? `#+TODO: ${keyword} |` : `#+TODO: | ${keyword}`) : fullLine(used());
  const unfinished = at > 0 && !/[\n\ufeff]/.test(text.charAt(at - 1));
  const gap = at > 0 && text.charAt(at - 1) !== '\ufeff' ? '' : /^(?:\r?\n|$)/.test(text.slice(at, at + 2)) ? '' : eol;
  return { keyword, edits: [{ start: at, end: at, text: unfinished ? eol + line : line + eol + gap }] };
}

function fullLine(used: Iterable<string>): string {
  const words = new Set([favourite.todo, favourite.done, favourite.wontfix, ...used]);
  const open = [...words].filter((word) => usual.get(word) === 'todo');
  const closed = [...words].filter((word) => usual.get(word) !== 'todo');
  return `#+TODO: ${open.join(' ')} | ${closed.join(' ')}`;
}
