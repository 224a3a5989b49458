import { nextHeadline, skipStars } from './lines.ts';
import { keywordFor } from './keywords.ts';
import { printEntry } from './print.ts';
import type { Edit, Log, LogEntry, NewEntry } from './types.ts';

/** The entry as it stands in the log: its section, with the blank lines after it. */
export function rawOf(log: Log, entry: LogEntry): string {
  return log.text.slice(entry.span.start, entry.span.end);
}

/**
 * Adds an entry at the end of the level-1 subtree that holds the last open entry, else at the end of
 * the log. A log without any text gets a title, the keywords and a heading first.
 */
export function appendEntry(log: Log, entry: NewEntry): Edit[] {
  if (log.text.trim() === '') {
    const lines = ['#+TITLE: Code review', '#+TODO: TODO | DONE WONTFIX', '', '* Reviews', '', ...printEntry(entry, 2, 'TODO')];
    const end = log.text.length;
    return [{ start: log.text.startsWith('\ufeff') ? 1 : 0, end, text: lines.join(log.eol) + log.eol }];
  }
  const { at, level } = placeForNew(log);
  const { keyword, edits } = keywordFor(log.text, log.keywords, 'todo', log.eol, () => usedKeywords(log));
  return [...edits, insertAt(log, at, printEntry(entry, level, keyword).join(log.eol) + log.eol)];
}

/** Removes the entry's own section and nothing else: child headings stay. Keep `rawOf` to undo it. */
export function removeEntry(_log: Log, entry: LogEntry): Edit[] {
  return [{ ...entry.span, text: '' }];
}

/**
 * Puts a removed entry back, as it was, before the entry that followed it. When that one is not there
 * any more, or there was none, it comes behind the last one. Nothing is done when it is there already.
 *
 * @param beforeId The id of the entry that followed it.
 */
export function insertRaw(log: Log, raw: string, beforeId?: string): Edit[] {
  if (log.entries.some((entry) => entry.hasId && rawOf(log, entry).trimEnd() === raw.trimEnd())) return [];
  const next = log.entries.find((entry) => entry.id === beforeId);
  const last = log.entries.at(-1);
  const at = next ? next.span.start : last ? subtreeEnd(log, last) : log.contentEnd;
  const { text, eol } = log;
  // Both neighbours brought their own blank lines along; only what lost its line break needs one.
  const before = at === 0 || /[\n\ufeff]/.test(text.charAt(at - 1)) ? '' : eol + eol;
  const after = at === text.length || raw.endsWith('\n') ? '' : eol + eol;
  return [{ start: at, end: at, text: before + raw + after }];
}

export function usedKeywords(log: Log): Set<string> {
  return new Set(log.entries.map((entry) => entry.keyword));
}

function placeForNew(log: Log): { at: number; level: number } {
  const { entries, contentEnd } = log;
  const host = entries.findLast((entry) => entry.state === 'todo');
  const flat = (host ?? entries.at(-1))?.level === 1;
  if (!host) return { at: contentEnd, level: flat ? 1 : 2 };
  return { at: subtreeEnd(log, host), level: flat ? 1 : 2 };
}

/** The end of the level-1 subtree that holds the entry. */
function subtreeEnd({ text, contentEnd }: Log, entry: LogEntry): number {
  let at = nextHeadline(text, entry.span.end);
  while (at >= 0 && at < contentEnd && skipStars(text, at) > at + 1) at = nextHeadline(text, skipStars(text, at));
  return at < 0 || at > contentEnd ? contentEnd : at;
}

/** Inserts a new section where one begins or the log ends, with a blank line before it, and after it if anything follows. */
function insertAt(log: Log, at: number, section: string): Edit {
  const { text, eol } = log;
  const gap = /[ \t\r\n]*$/.exec(text.slice(Math.max(0, at - 200), at))?.[0] ?? '';
  const isFirst = gap.length === at || text.charAt(at - gap.length - 1) === '\ufeff';
  const breaks = gap.split('\n').length - 1;
  const missing = isFirst ? 0 : Math.max(2 - breaks, gap.endsWith('\n') ? 0 : 1);
  return { start: at, end: at, text: eol.repeat(missing) + section + (at < text.length ? eol : '') };
}
