/** Histories to look at: made up, the same at every run. */
import type { TimelineFile } from '../../../../src/protocol/timelineFile.ts';

/** Mulberry32 by Tommy Ettinger (public domain): small, and the same on every machine. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export interface MadePrompt {
  readonly at: number;
  readonly text: string;
  readonly project?: string;
  readonly rating?: number;
  readonly note?: string;
  readonly session?: string;
}

export function timelineFile(prompts: readonly MadePrompt[]): TimelineFile {
  const sorted = prompts.toSorted((a, b) => a.at - b.at);
  const projects = [...new Set(sorted.map(({ project = '' }) => project))];
  const sessions = [...new Set(sorted.map(({ session = '' }) => session))];
  const projectAt = new Map(projects.map((project, i) => [project, i]));
  const sessionAt = new Map(sessions.map((session, i) => [session, i]));
  return {
    format: 1,
    title: 'Made up',
    writtenAt: 1,
    id: sorted.map((_, i) => i + 1),
    at: sorted.map(({ at }) => at),
    text: sorted.map(({ text }) => text),
    rating: sorted.map(({ rating = 0 }) => rating),
    note: sorted.map(({ note = '' }) => note),
    project: sorted.map(({ project = '' }) => projectAt.get(project) ?? 0),
    agent: sorted.map(() => 0),
    session: sorted.map(({ session = '' }) => sessionAt.get(session) ?? 0),
    projects: projects.map((path) => ({ path, label: path.split('/').at(-1) ?? '' })),
    agents: ['claude'],
    sessions,
    pasted: {},
  };
}

const names = ['wheelhouse', 'memento', 'appdaemon', 'flashcards', 'prompt-tracker', 'dotfiles', 'umcp', 'trak', 'blog', 'kiosk', 'ledger', 'notes-search'];
const openings = ['Please look at the failing test in', 'Why does', 'Refactor', 'Write a smoke test for', 'Explain how', 'Add an option to', 'Find out why the build breaks in', 'Simplify', 'Document', 'Compare two ways to write'];
const objects = ['the parser', 'parse_args', 'the cache layer', 'the SQLite store', 'the org export', 'our API client', 'the retry loop', 'the webview', 'the CLI', 'the session monitor'];
const endings = ['and keep the diff small.', 'It worked yesterday.', 'Do not touch the public interface.', 'Show me the plan first.', 'Use the existing helpers.', 'Run the tests before you say that it is done.'];

/** A history of `days` days that ends at `end`, with working hours, weekends, and a few busy projects. */
export function workHistory(count: number, days: number, end: number, seed = 7): TimelineFile {
  const next = random(seed);
  const pick = <T>(list: readonly T[]) => list[Math.floor(next() * list.length)] as T;
  const prompts: MadePrompt[] = [];
  while (prompts.length < count) {
    const date = new Date(end - Math.floor(next() ** 1.4 * days) * 86_400_000);
    if ((date.getDay() === 0 || date.getDay() === 6) && next() < 0.7) continue;
    date.setHours(8, 0, 0, 0);
    const project = names[Math.floor(next() ** 2.2 * names.length)] ?? 'wheelhouse';
    let at = date.getTime() + (next() + next()) * 6 * 3_600_000;
    const session = `session-${prompts.length}`;
    const burst = 1 + Math.floor(next() * 9);
    for (let i = 0; i < burst && prompts.length < count; i++) {
      const sentences = Math.ceil(next() ** 4 * 14);
      const text = Array.from({ length: sentences }, () => `${pick(openings)} ${pick(objects)} ${pick(endings)}`).join(' ');
      const rated = next() < 0.35;
      if (at <= end) prompts.push({ at: Math.round(at), text, project: `/home/ada/repos/${project}`, session, rating: rated ? 1 + Math.min(4, Math.floor(next() * 3 + (text.length > 200 ? 2 : 0.5))) : 0, ...(next() < 0.05 && { note: 'Short, and it named the file.' }) });
      at += (2 + next() * 20) * 60_000;
    }
  }
  return timelineFile(prompts);
}
