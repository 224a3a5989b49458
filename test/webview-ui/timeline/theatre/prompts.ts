/** Made-up prompts for the views' tests, always the same ones. */
import type { PromptColumns, PromptDetail, Timeline, TimelineStats, WordCount } from '../../../../src/protocol/timeline.ts';
import type { Period } from '../../../../webview-ui/timeline/source.ts';
import { seeded } from '../../../../webview-ui/timeline/crawl/star-field.ts';

export interface History {
  readonly timeline: Timeline;
  readonly texts: readonly string[];
}

export interface HistoryOptions {
  readonly count: number;
  /** How long it lasts. */
  readonly days: number;
  /** Share that is rated. */
  readonly rated?: number;
  /** In place of made-up texts. */
  readonly texts?: readonly string[];
}

const labels = ['wheelhouse', 'memento', 'appdaemon', 'dotfiles'];
const openings = ['Add a test that proves', 'Why does', 'Refactor', 'Explain how', 'Make it so that', 'Write the migration for', 'Fix the flaky', 'Review'];
const things = ['the journal survives a kill in the middle of a write', 'the parser for history.jsonl', 'the tree view when two windows fold the same line', 'the anchor after a rename', 'the retry with exponential backoff', 'the layout at 400 px', 'the word cloud'];
const tails = ['Keep it small.', 'Begin with a failing test in `test/core/storage`, then change only what it needs.', 'Do not touch the public types. If something is unclear, ask before you change it; I would rather answer two questions than revert one commit.', ''];

/** It ends on Tuesday, 7 October 2025, in the evening, local time. */
export function makeHistory({ count, days, rated = 0.5, texts: own }: HistoryOptions): History {
  const random = seeded(42);
  const pick = <T>(from: readonly T[]) => from[Math.floor(random() * from.length)]!;
  const end = new Date(2025, 9, 7, 22, 40).getTime();
  const start = days === 1 ? new Date(2025, 9, 7, 8, 12).getTime() : end - days * 86_400_000;
  const at = Float64Array.from({ length: count }, () => start + random() * (end - start)).sort();
  const texts = own ?? Array.from({ length: count }, (_, i) => (i % 17 === 3 ? 'go on' : `${pick(openings)} ${pick(things)}. ${pick(tails)}${i % 13 === 5 ? '\n\n- first the types\n- then the tests\n- then the rest' : ''}`.trim()));
  const prompts: PromptColumns = {
    count,
    id: Uint32Array.from({ length: count }, (_, i) => i + 1),
    at,
    length: Uint32Array.from({ length: count }, (_, i) => texts[i % texts.length]!.length),
    rating: Uint8Array.from({ length: count }, () => (random() < rated ? Math.min(5, 1 + Math.floor(random() * 3 + random() * 2.6)) : 0)),
    project: Uint16Array.from({ length: count }, () => Math.floor(random() ** 2 * labels.length)),
    agent: new Uint8Array(count),
    flags: new Uint8Array(count),
  };
  return { timeline: { version: '1', prompts, projects: labels.map((label) => ({ path: `/home/me/src/${label}`, label })), agents: ['Claude Code'] }, texts };
}

export function detailOf({ timeline: { prompts, projects, agents }, texts }: History, id: number): PromptDetail {
  const row = id - 1;
  const text = texts[row % texts.length]!;
  const pasted = text.includes('[Pasted text #1') ? [{ placeholder: '[Pasted text #1 +47 lines]', text: 'Error: <b>bold</b>\n'.repeat(47) }, { placeholder: '[Pasted text #2 +3 lines]', text: undefined }] : [];
  return { id, at: prompts.at[row]!, text, pasted, project: projects[prompts.project[row]!]!, session: 's', agent: agents[0]!, rating: prompts.rating[row]!, note: row % 5 === 1 ? 'Worked the first time.' : '', before: undefined, after: undefined, context: row % 3 === 0 ? { before: 41_200, after: 58_900 } : undefined };
}

const group = () => ({ count: 0, rated: 0, stars: 0 });
const figures = ({ count, rated, stars }: ReturnType<typeof group>) => ({ count, rated, mean: rated > 0 ? stars / rated : 0 });

export function statsOf({ timeline: { prompts, projects } }: History, { from = -Infinity, to = Infinity }: Period): TimelineStats {
  const bounds = [0, 50, 100, 200, 500, 1000];
  const all = group();
  const distribution = [0, 0, 0, 0, 0];
  const [byProject, byHour, byDay, byLength] = [projects.length, 24, 7, bounds.length].map((n) => Array.from({ length: n }, group)) as [ReturnType<typeof group>[], ReturnType<typeof group>[], ReturnType<typeof group>[], ReturnType<typeof group>[]];
  const byWeek = new Map<number, ReturnType<typeof group>>();
  for (let row = 0; row < prompts.count; row++) {
    const at = prompts.at[row]!;
    if (at < from || at >= to) continue;
    const date = new Date(at);
    const monday = new Date(date.getFullYear(), date.getMonth(), date.getDate() - ((date.getDay() + 6) % 7)).getTime();
    if (!byWeek.has(monday)) byWeek.set(monday, group());
    const rating = prompts.rating[row]!;
    if (rating > 0) distribution[rating - 1]!++;
    for (const into of [all, byProject[prompts.project[row]!]!, byHour[date.getHours()]!, byDay[date.getDay()]!, byLength[bounds.findLastIndex((bound) => prompts.length[row]! >= bound)]!, byWeek.get(monday)!]) {
      into.count++;
      into.rated += rating > 0 ? 1 : 0;
      into.stars += rating;
    }
  }
  const { count: total, rated, mean } = figures(all);
  return {
    total,
    rated,
    mean,
    distribution,
    projects: projects.map((project, i) => ({ ...project, ...figures(byProject[i]!) })).filter(({ count }) => count > 0).sort((a, b) => b.count - a.count),
    hours: byHour.map(figures),
    weekdays: byDay.map(figures),
    lengths: bounds.map((bound, i) => ({ from: bound, to: bounds[i + 1] ?? null, ...figures(byLength[i]!) })),
    weeks: [...byWeek].sort(([a], [b]) => a - b).map(([start, week]) => ({ start, ...figures(week) })),
  };
}

const words = 'test journal anchor parser window timeline prompt commit branch review session retry layout cloud rename history storage types server extension editor cursor token schema index query migration deadlock stream buffer render canvas keyboard contrast theme import export project folder snapshot diff merge rebase comment question answer refactor explain function module interface property promise await error exception timeout cache worker process socket terminal prompt-tracker webview protocol message handler listener disposable'.split(' ');
const terms = 'sql.js history.jsonl tsconfig.core.json node:test d3-cloud package.json activate() git esbuild eslint FTS4 BM25 CSP JSON UTF-8 readItems UserData PromptSource requestAnimationFrame localStorage npm vscode MCP stdio TF-IDF k-means Uint32Array Float64Array README.md ARCHITECTURE.md addComments() fast-check playwright Chromium axe-core tmux org-mode'.split(' ');

/** Counts as Zipf's law has them. */
export const wordsOf = (technical: boolean, limit: number): WordCount[] => (technical ? terms : words).slice(0, limit).map((word, i) => ({ word, count: Math.ceil(400 / (i + 1)) }));
