import { commonIndent, encodeBody, encodeReply, normalise } from './body.ts';
import { titleText } from './headline.ts';
import { describable, describe, formatLink } from './link.ts';
import { checkedTarget, printTags, targetProperties } from './print.ts';
import type { Section } from './section.ts';
import { editDrawer, eolOf, insertLines, ownId, sectionOf } from './splice.ts';
import { severityTag, toTags, withoutSeverity } from './tags.ts';
import type { Edit, Log, LogEntry, Reply, Severity, Target } from './types.ts';

/**
 * The changes of an entry, each as edits of the log it was scanned from. A change that changes nothing
 * gives no edits; any other also writes the entry's id when it does not stand there yet.
 */

/** The new comment replaces the title after the link and the body's text; log and replies stay. */
export function changeText(log: Log, entry: LogEntry, newText: string): Edit[] {
  const section = sectionOf(log, entry);
  const text = normalise(newText);
  if (text === entry.text) return [];
  const title = titleText(log.text, section.headline);
  const keepsTitle = title !== '' && (text === title || text.startsWith(`${title}\n`));
  const body = keepsTitle ? text.slice(title.length + 1) : text;
  const keptLink = log.text.slice(section.headline.link.start, section.headline.link.end);
  return [
    ...(title === '' || keepsTitle ? [] : [{ ...section.headline.title, text: keptLink }]),
    ...editDrawer(log, section, ownId(entry)),
    ...replaceBodyText(log, section, encodeBody(body, section.bodyColumns)),
  ];
}

function replaceBodyText(log: Log, section: Section, lines: readonly string[]): Edit[] {
  const eol = eolOf(log, section);
  const first = section.text[0];
  const last = section.text.at(-1);
  if (!first || !last) return lines.length === 0 ? [] : [insertLines(log, section, section.bodyStart, lines)];
  if (lines.length === 0) return [{ start: first.start, end: last.next, text: '' }];
  return [{ start: first.start, end: last.end, text: lines.join(eol) }];
}

/** Rewrites the link. A description that somebody chose stays; `basename:line` follows the target. */
export function changeTarget(log: Log, entry: LogEntry, newTarget: Target): Edit[] {
  const section = sectionOf(log, entry);
  const { link } = section.headline;
  const before = targetOf(entry);
  const target = checkedTarget(newTarget);
  if (target.path === before.path && target.line === before.line && target.endLine === before.endLine) return [];
  const follows = link.description === describable(describe(before)) || !formatLink(target).expressed;
  const scheme = link.scheme === '' ? 'file:' : link.scheme;
  const printed = formatLink(target, scheme, follows ? describe(target) : (link.description ?? ''));
  return [
    { start: link.start, end: link.end, text: printed.link },
    ...editDrawer(log, section, [...ownId(entry), ...targetProperties(target)]),
  ];
}

function targetOf(entry: LogEntry): Target {
  return {
    path: entry.path,
    ...(entry.targetLine !== undefined && { line: entry.targetLine }),
    ...(entry.endLine !== undefined && { endLine: entry.endLine }),
  };
}

/** A severity tag is written where the priority, which stays as it is, would say something else. */
export function changeSeverity(log: Log, entry: LogEntry, severity: Severity): Edit[] {
  if (severity === entry.severity) return [];
  const section = sectionOf(log, entry);
  return replaceTags(log, entry, section, [...severityTag(severity, section.headline.priority), ...entry.tags]);
}

/** Replaces all tags but the one of the severity. What Org does not accept is written as `toTag` says. */
export function changeTags(log: Log, entry: LogEntry, words: readonly string[]): Edit[] {
  const tags = toTags(words);
  if (tags.join(':') === entry.tags.join(':')) return [];
  const section = sectionOf(log, entry);
  const severity = section.headline.tags.filter((tag) => withoutSeverity([tag]).length === 0);
  return replaceTags(log, entry, section, [...severity, ...tags]);
}

/** The blanks before the tags stay: Emacs aligns them as it likes. */
function replaceTags(log: Log, entry: LogEntry, section: Section, tags: readonly string[]): Edit[] {
  const { title, tagsSpan } = section.headline;
  const edit =
    tags.length === 0 ? { start: title.end, end: tagsSpan.end, text: '' }
    : tagsSpan.start === tagsSpan.end ? { start: title.end, end: tagsSpan.end, text: ` ${printTags(tags)}` }
    : { ...tagsSpan, text: printTags(tags) };
  return [edit, ...editDrawer(log, section, ownId(entry))];
}

/** Adds a reply behind the others, as a list item at the end of the entry. */
export function addReply(log: Log, entry: LogEntry, reply: Reply): Edit[] {
  const section = sectionOf(log, entry);
  const lines = [...section.text, ...section.replies];
  const indent = replyIndent(log, section);
  return [
    ...editDrawer(log, section, ownId(entry)),
    insertLines(log, section, lines.at(-1)?.next ?? section.bodyStart, encodeReply(reply, indent)),
  ];
}

/** That of the other replies or of the text: indented deeper it would be a part of them. */
function replyIndent(log: Log, section: Section): string {
  const lines = section.replies.length > 0 ? section.replies.slice(0, 1) : section.text;
  const columns = lines.length === 0 ? section.bodyColumns : commonIndent(lines.map((line) => log.text.slice(line.start, line.end)));
  return ' '.repeat(columns);
}
