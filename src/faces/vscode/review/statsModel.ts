import type { ReviewStats } from '../../../core/review/index.ts';
import { duration } from './fixRun/summaryText.ts';
import { severityNames } from './wording.ts';

/** One line of the statistics: a figure and what it is. */
export interface StatsRow {
  readonly name: string;
  readonly value: string;
}

export interface StatsSection {
  readonly title: string;
  readonly rows: readonly StatsRow[];
  readonly open: boolean;
}

/** How many rows of a list that has no end, such as files, are shown. */
const longest = 12;

const statusNames: Readonly<Record<string, string>> = {
  exact: 'Unchanged',
  moved: 'Moved',
  edited: 'Edited',
  rewritten: 'Rewritten',
  orphan: 'Lost (orphan)',
  'file-gone': 'File is gone',
};

/** The figures as sections of rows. Sections without anything to say are left out. */
export function statsSections(stats: ReviewStats): StatsSection[] {
  if (stats.total === 0) return [];
  const { byState, open } = stats;
  const sections: StatsSection[] = [
    {
      title: 'Overview',
      open: true,
      rows: [
        { name: 'Open', value: figure(byState.todo) },
        { name: 'Done', value: figure(byState.done) },
        { name: "Won't fix", value: figure(byState.wontfix) },
        ...(stats.verifiedShare === null ? [] : [{ name: 'Of those done, verified by a test', value: `${Math.round(stats.verifiedShare * 100)} %` }]),
        { name: 'Reopened', value: figure(stats.reopened) },
      ],
    },
    { title: 'Open by Severity', open: true, rows: counted(open.bySeverity, (name) => severityNames[name as keyof typeof severityNames]) },
    { title: 'Open by Tag', open: true, rows: top(open.byTag) },
    { title: 'Open by File', open: true, rows: top(open.byFile) },
    { title: 'Open by Age', open: false, rows: counted(open.byAge, (name) => ({ today: 'Today', thisWeek: 'This week', thisMonth: 'This month', older: 'Older' })[name] ?? name) },
    { title: 'How the Code Was Found', open: false, rows: counted(open.byStatus, (name) => statusNames[name] ?? name) },
  ];
  if (stats.timeToDone) {
    const { median, longest, count } = stats.timeToDone;
    sections.push({ title: 'Time to Done', open: false, rows: [{ name: 'Median', value: duration(median) }, { name: 'Longest', value: duration(longest) }, { name: 'Comments measured', value: figure(count) }] });
  }
  return sections.filter(({ rows }) => rows.length > 0).map((section) => ({ ...section, rows: aligned(section.rows) }));
}

function counted(counts: Readonly<Record<string, number>>, nameOf: (key: string) => string): StatsRow[] {
  return Object.entries(counts).filter(([, count]) => count > 0).map(([key, count]) => ({ name: nameOf(key), value: figure(count) }));
}

function top(counts: readonly { readonly name: string; readonly count: number }[]): StatsRow[] {
  const rows = counts.slice(0, longest).map(({ name, count }) => ({ name, value: figure(count) }));
  const rest = counts.slice(longest).reduce((sum, { count }) => sum + count, 0);
  return rest === 0 ? rows : [...rows, { name: `${counts.length - longest} others`, value: figure(rest) }];
}

function figure(n: number): string {
  return String(n);
}

/** A figure space is as wide as a digit, so figures in front of their names stand in a column. */
const figureSpace = '\u2007';

function aligned(rows: readonly StatsRow[]): StatsRow[] {
  const width = Math.max(...rows.map(({ value }) => value.length));
  return rows.map((row) => ({ ...row, value: row.value.padStart(width, figureSpace) }));
}
