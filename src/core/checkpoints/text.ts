/** A checkpoint as a Markdown note, and what is read back of one. */
import { shortLine } from '../sessions/index.ts';
import type { ChangedFile, Command, Facts, Trigger } from './model.ts';

const MOST_FILES = 30;
const MOST_WORDS = 20;
const LONGEST_SUMMARY = 4000;
const LONGEST_ITEM = 500;

const occasions: Readonly<Record<Trigger, string>> = {
  asked: 'because the user asked for it',
  session: 'because the session asked for it',
  compact: 'before the conversation was compacted',
  end: 'when the session ended',
};

export interface CheckpointNote {
  /** Also the name of its file, without the ending: sorts by time. */
  readonly id: string;
  readonly text: string;
}

/**
 * The note. It says `visibility: public`, for it is there to be told to sessions of this repository; a
 * user who takes that back has it told to nobody. Everything in it is on lines of their own, so that no
 * text of a session can look like a heading or like the head.
 * @param state What later checkpoints of the session are compared with. @param localTime Writes a time for people, `2025-10-02 10:13`.
 */
export function checkpointNote(facts: Facts, state: string, localTime: (at: number) => string): CheckpointNote {
  const { session, at, trigger, root, branch, head, activity, words } = facts;
  const id = `checkpoint-${new Date(at).toISOString().replace(/\D/g, '').slice(0, 17)}-${session.replace(/[^A-Za-z0-9]/g, '').slice(0, 8)}`;
  const title = `Session Checkpoint: ${localTime(at)}`;
  const minutes = activity.startedAt === undefined ? 0 : Math.max(0, Math.round((at - activity.startedAt) / 60_000));
  const lines = [
    '---',
    `id: ${id}`, `title: ${JSON.stringify(title)}`, 'tags: [checkpoint]', 'visibility: public',
    `session: ${JSON.stringify(session)}`, `trigger: ${trigger}`, `root: ${JSON.stringify(root)}`, `state: ${state}`,
    '---',
    '',
    `# ${title}`,
    '',
    `Session ${session.slice(0, 8)}${branch === undefined ? '' : ` on ${code(branch)}`}${head === undefined ? '' : ` at ${head}`}: ${count(activity.askedCount, 'prompt')} in ${minutes} min. Written ${occasions[trigger]}.`,
    '',
    '## What We Did',
    ...(words?.summary === undefined ? [] : [quoted(words.summary), '']),
    ...orNone([
      ...(activity.askedCount > activity.asked.length ? [`Asked ${count(activity.askedCount - activity.asked.length, 'thing')} before these:`] : []),
      ...activity.asked.map((text) => `Asked: ${text}`),
      ...facts.commits.map(({ id: commit, subject }) => `Committed ${commit}: ${subject}`),
      ...activity.commands.map((command) => `Ran ${code(command.text)}: ${resultOf(command)}`),
      ...(activity.lastAnswer === undefined ? [] : [`Last answer: ${activity.lastAnswer}`]),
    ], 'Nothing is on record.'),
    '',
    "## What's Next",
    ...orNone([
      ...items(words?.next),
      ...activity.commands.filter(({ ok }) => ok === false).map(({ text }) => `${code(text)} failed when it was last run.`),
      ...facts.comments.map(({ id: comment, severity, place, text }) => `Open review comment ${comment} (${severity}) at ${place}: ${text}`),
      ...(facts.commentCount > facts.comments.length ? [`${facts.commentCount - facts.comments.length} more open review comments: review_list`] : []),
      ...facts.waitingAt.map((barrier) => `It waited at the barrier ${code(barrier)}.`),
      ...(facts.claims.length === 0 ? [] : [`It held claims on ${facts.claims.slice(0, MOST_WORDS).map(code).join(', ')}.`]),
    ], 'Nothing is on record.'),
    '',
    '## Key Decisions',
    ...orNone(items(words?.decisions), 'None were noted.'),
    '',
    '## Files Modified',
    ...orNone(fileLines(facts.files), 'None.'),
    '',
  ];
  return { id, text: lines.join('\n') };
}

/** What of a checkpoint's head matters to programs. Of a file that is none, nothing. */
export interface CheckpointHead {
  readonly session: string;
  readonly root: string;
  readonly state: string;
  readonly trigger: Trigger | undefined;
}

/** @param properties Of the note, names in capitals. */
export function headOf(properties: Readonly<Record<string, string>>): CheckpointHead {
  const trigger = properties['TRIGGER'];
  return { session: unescaped(properties['SESSION'] ?? ''), root: unescaped(properties['ROOT'] ?? ''), state: properties['STATE'] ?? '', trigger: trigger !== undefined && trigger in occasions ? (trigger as Trigger) : undefined };
}

/** The reader of frontmatter takes the quotation marks off, and leaves what JSON has escaped. */
function unescaped(value: string): string {
  try {
    return String(JSON.parse(`"${value}"`));
  } catch {
    return value;
  }
}

/** When the checkpoint with this id was written, milliseconds since the epoch; undefined for what is no such id. */
export function timeOfId(id: string): number | undefined {
  const [, year, month, day, hour, minute, second, ms] = /^checkpoint-(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d{3})-[A-Za-z0-9]*(?:-\d+)?$/.exec(id) ?? [];
  return year === undefined ? undefined : Date.parse(`${year}-${month ?? ''}-${day ?? ''}T${hour ?? ''}:${minute ?? ''}:${second ?? ''}.${ms ?? ''}Z`);
}

function fileLines(files: readonly ChangedFile[]): string[] {
  const order = [...files].sort((a, b) => Number(b.bySession) - Number(a.bySession) || (a.path < b.path ? -1 : 1));
  const hasOthers = order.some(({ bySession }) => !bySession);
  const lines = order.slice(0, MOST_FILES).map(({ path, added, removed, bySession }) =>
    `${code(path)}${added === undefined || removed === undefined ? '' : ` +${added} −${removed}`}${hasOthers && bySession ? ' (by its editing tools)' : ''}`);
  return order.length > MOST_FILES ? [...lines, `and ${order.length - MOST_FILES} more`] : lines;
}

function resultOf({ ok, exitCode }: Command): string {
  return ok === undefined ? 'not ended' : ok ? 'ok' : `failed${exitCode === undefined ? '' : `, exit code ${exitCode}`}`;
}

function items(list: readonly string[] | undefined): string[] {
  return (list ?? []).slice(0, MOST_WORDS).map((item) => shortLine(item, LONGEST_ITEM)).filter((item) => item !== '');
}

function quoted(text: string): string {
  const cut = text.length > LONGEST_SUMMARY ? `${text.slice(0, LONGEST_SUMMARY).toWellFormed()}…` : text.toWellFormed();
  return cut.trim().split(/\r\n|[\n\r\u2028\u2029]/).map((line) => `> ${line.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '\u{fffd}')}`.trimEnd()).join('\n');
}

function orNone(lines: readonly string[], none: string): string[] {
  return lines.length === 0 ? [none] : lines.map((line) => `- ${line}`);
}

function code(text: string): string {
  return `\`${text.replaceAll('`', "'")}\``;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
