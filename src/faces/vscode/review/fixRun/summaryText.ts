import { plain } from '../markdown.ts';
import { count } from '../wording.ts';
import type { Fate, FixRun, Outcome } from './run.ts';

/** The one sentence about a run: `3 of 5 review comments fixed`. */
export function headline(outcomes: readonly Outcome[]): string {
  const fixed = outcomes.filter(({ fate }) => fate === 'fixed').length;
  return `${fixed} of ${count(outcomes.length, 'review comment')} fixed`;
}

const sections: readonly { readonly fate: Fate; readonly title: string; readonly note?: string }[] = [
  { fate: 'fixed', title: 'Fixed' },
  { fate: 'open', title: 'Still open' },
  { fate: 'unverified', title: 'Done without a test', note: 'Marked as done in the log, but no smoke test is known to have passed: run *Verify Done Comments*.' },
  { fate: 'doneByOthers', title: 'Done by somebody else meanwhile' },
  { fate: 'wontfix', title: "Won't fix" },
  { fate: 'removed', title: 'Removed meanwhile' },
];

/**
 * The summary of a run as Markdown. Everything that a person or an agent wrote is in it as text only.
 * @param local Gives a time as the user's clock shows it, such as `2026-11-23 14:05`.
 */
export function summaryMarkdown(run: FixRun, outcomes: readonly Outcome[], local: (at: number) => string): string {
  const took = run.endedAt === undefined ? 'still running' : duration(run.endedAt - run.startedAt);
  const lines = [`# ${headline(outcomes)}`, '', `${code(run.project)} · ${local(run.startedAt)} · ${took}`];
  for (const { fate, title, note } of sections) {
    const chosen = outcomes.filter((outcome) => outcome.fate === fate);
    if (chosen.length === 0) continue;
    lines.push('', `## ${title}`, ...(note === undefined ? [] : ['', note]));
    for (const outcome of chosen) lines.push('', ...entry(outcome));
  }
  return `${lines.join('\n')}\n`;
}

function entry({ comment, item }: Outcome): string[] {
  const file = item?.file ?? comment.file;
  const line = item && item.range.start > 0 ? item.range.start : comment.line;
  const lines = [`### ${code(`${file}:${line}`)}${comment.severity === 'should' ? '' : ` · ${comment.severity}`}`, '', ...quoted(comment.text)];
  if (item?.summary !== undefined) lines.push('', plain(item.summary));
  if (item?.evidence) {
    const { command, durationMs, commit } = item.evidence;
    lines.push('', `${code(command)} passed in ${duration(durationMs)}${commit === undefined ? '' : ` · on ${code(commit.slice(0, 10))} and the changes on top of it`}`);
  }
  if (item?.status === 'orphan' || item?.status === 'file-gone') lines.push('', item.status === 'orphan' ? 'Its code was changed too much to say where it is now.' : 'Its file is gone.');
  return lines;
}

function quoted(text: string): string[] {
  return plain(text.trim()).split('\n').map((line) => `> ${line}`);
}

/** A code span that its content cannot end. */
function code(text: string): string {
  const oneLine = text.replace(/\s+/g, ' ');
  const longest = Math.max(0, ...[...oneLine.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = longest > 0 ? ' ' : '';
  return `${fence}${pad}${oneLine}${pad}${fence}`;
}

/** `0.8 s`, `42 s`, `26 min`, `3 h 5 min`. */
export function duration(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
