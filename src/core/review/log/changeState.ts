import { bodyIndent, encodeText, normalise } from './body.ts';
import { keywordFor } from './keywords.ts';
import { isBlank } from './lines.ts';
import { usedKeywords } from './place.ts';
import type { Section } from './section.ts';
import { editDrawer, insertLines, ownId, sectionOf } from './splice.ts';
import { formatTimestamp } from './timestamp.ts';
import type { Edit, Log, LogEntry, OrgTimestamp, StateChange } from './types.ts';

/**
 * Changes the keyword as Emacs would: CLOSED comes with the first closing keyword and goes with an open
 * one; a note becomes a state change in the LOGBOOK, newest first. A state that the entry already has
 * changes nothing, unless there is a note.
 */
export function changeState(log: Log, entry: LogEntry, { state, at, note = '' }: StateChange): Edit[] {
  const same = state === entry.state;
  if (same && note === '') return [];
  const section = sectionOf(log, entry);
  const { keyword, edits } = same ? { keyword: entry.keyword, edits: [] } : keywordFor(log.text, log.keywords, state, log.eol, () => usedKeywords(log));
  return [
    ...edits,
    ...(same ? [] : [{ ...section.headline.keywordSpan, text: keyword }]),
    ...(state === 'todo' ? removeClosed(log, section) : same ? [] : addClosed(log, section, at)),
    ...editDrawer(log, section, ownId(entry)),
    ...(note === '' ? [] : [logNote(log, section, { to: keyword, from: entry.keyword, at, note })]),
  ];
}

const closedTime = /CLOSED:[ \t]*\[[^\]\n]*\][ \t]*/;

/** At column 0 and before other planning, where Emacs writes it and looks for it. */
function addClosed(log: Log, section: Section, at: OrgTimestamp): Edit[] {
  const closed = `CLOSED: ${formatTimestamp(at)}`;
  const { planning, headline } = section;
  if (!planning) return [insertLines(log, section, headline.next, [closed])];
  const line = log.text.slice(planning.start, planning.end);
  if (closedTime.test(line)) return [];
  const start = planning.start + line.search(/[^ \t]/);
  return [{ start, end: start, text: `${closed} ` }];
}

function removeClosed(log: Log, { headline, planning }: Section): Edit[] {
  const line = planning ? log.text.slice(planning.start, planning.end) : '';
  const found = closedTime.exec(line);
  if (!planning || !found) return [];
  if (isBlank(line.replace(closedTime, ''))) {
    // Without a line break of its own, the log's last line gives up the one before it.
    const isUnfinished = planning.next === planning.end;
    return [{ start: isUnfinished ? headline.end : planning.start, end: planning.next, text: '' }];
  }
  const start = planning.start + found.index;
  return [{ start, end: start + found[0].length, text: '' }];
}

interface Note {
  readonly to: string;
  readonly from: string;
  readonly at: OrgTimestamp;
  readonly note: string;
}

function logNote(log: Log, section: Section, { to, from, at, note }: Note): Edit {
  const { logbook } = section;
  const indent = logbook ? log.text.slice(logbook.start, log.text.indexOf(':', logbook.start)) : bodyIndent;
  const item = [
    // Org's own format, "State %-12s from %-12S %t": its agenda reads it.
    `${indent}- State ${`"${to}"`.padEnd(12)} from ${`"${from}"`.padEnd(12)} ${formatTimestamp(at)} \\\\`,
    ...encodeText(normalise(note), `${indent}  `),
  ];
  return logbook
    ? insertLines(log, section, logbook.next, item)
    : insertLines(log, section, section.logStart, [`${indent}:LOGBOOK:`, ...item, `${indent}:END:`]);
}
