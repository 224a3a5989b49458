/** Prompts from the document that the page is part of. Nothing can be changed, and nothing is asked of anybody. */
import type { PromptBrief, PromptDetail, SearchFilter } from '../../../src/protocol/timeline.ts';
import { timelineOf, type TimelineFile } from '../../../src/protocol/timelineFile.ts';
import { visibility } from '../model/filter.ts';
import { lowerBound } from '../model/viewport.ts';
import type { Period, PromptSource } from '../source.ts';
import { csvOf } from './csv.ts';
import { matches, parseQuery, snippet } from './search.ts';
import { statsOf } from './stats.ts';
import { wordCounts } from './words.ts';

const briefLetters = 2000;
const most = 100;

export function embeddedSource(file: TimelineFile): PromptSource {
  const timeline = timelineOf(file);
  const { at, id, count } = timeline.prompts;
  const rows = new Map(file.id.map((one, row) => [one, row]));
  const brief = (row: number): PromptBrief => ({ id: id[row] ?? 0, at: at[row] ?? 0, text: (file.text[row] ?? '').slice(0, briefLetters), rating: file.rating[row] ?? 0 });
  const refuse = () => Promise.reject(new Error('This page is a file of its own and can change nothing. Open the timeline in VS Code.'));

  function neighbour(row: number, by: 1 | -1): PromptBrief | undefined {
    const session = file.session[row];
    if (file.sessions[session ?? -1] === '') return undefined;
    for (let other = row + by; other >= 0 && other < count; other += by) if (file.session[other] === session) return brief(other);
    return undefined;
  }

  function detail(row: number): PromptDetail {
    return {
      ...brief(row),
      text: file.text[row] ?? '',
      pasted: file.pasted[String(row)] ?? [],
      project: file.projects[file.project[row] ?? 0] ?? { path: '', label: '' },
      session: file.sessions[file.session[row] ?? 0] ?? '',
      agent: file.agents[file.agent[row] ?? 0] ?? '',
      note: file.note[row] ?? '',
      before: neighbour(row, -1),
      after: neighbour(row, 1),
      context: undefined,
    };
  }

  function search(filter: SearchFilter) {
    const query = parseQuery(filter.text);
    const seen = visibility(timeline, { ...filter, agent: filter.agent, hasNote: filter.hasNote === true, from: filter.from, to: filter.to }, undefined);
    const found: number[] = [];
    for (let row = 0; row < count; row++) if (seen[row] === 2 && matches(query, file.text[row] ?? '')) found.push(row);
    const top = found.slice(-most).reverse();
    return {
      ids: Uint32Array.from(found, (row) => id[row] ?? 0).sort(),
      top: top.map((row) => ({ ...brief(row), snippet: snippet(query, file.text[row] ?? ''), project: file.projects[file.project[row] ?? 0]?.path ?? '' })),
      order: 'newest' as const,
    };
  }

  function* textsOf({ from, to }: Period): Iterable<string> {
    for (let row = from === undefined ? 0 : lowerBound(at, from), end = to === undefined ? count : lowerBound(at, to); row < end; row++) yield file.text[row] ?? '';
  }

  return {
    can: { rate: false, publish: false, openSession: false, exportCsv: true },
    timeline: (version) => Promise.resolve(version === timeline.version ? undefined : timeline),
    prompt: (wanted) => {
      const row = rows.get(wanted);
      return row === undefined ? Promise.reject(new Error('This page has no such prompt.')) : Promise.resolve(detail(row));
    },
    briefs: (ids) => Promise.resolve(ids.flatMap((one) => (rows.has(one) ? [brief(rows.get(one) ?? 0)] : []))),
    search: (filter) => Promise.resolve(search(filter)),
    stats: (period) => Promise.resolve(statsOf(file, at, period)),
    words: (period, technical, limit) => Promise.resolve(wordCounts(textsOf(period), technical, limit)),
    rate: refuse,
    note: refuse,
    copy: copyText,
    publish: refuse,
    openSession: refuse,
    exportCsv: (ids) => {
      saveAs('prompts.csv', csvOf(file, ids.flatMap((one) => rows.get(one) ?? [])));
      return Promise.resolve();
    },
    onChange: () => undefined,
    onShow: () => undefined,
    ready: () => Promise.resolve({}),
    loadState: () => window.history.state as unknown,
    saveState: keepState,
  };
}

/** In the browser's history entry: it survives a reload, also of a file, and leaves nothing behind. */
function keepState(state: unknown): void {
  try {
    window.history.replaceState(state, '');
  } catch {
    // Some browsers allow no state for files; the page then begins anew.
  }
}

/** A page from a file has no clipboard of its own in every browser; a selected text always does. */
async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = document.createElement('textarea');
    field.value = text;
    document.body.append(field);
    field.select();
    const copied = document.execCommand('copy'); // eslint-disable-line @typescript-eslint/no-deprecated -- The only way where the clipboard's API is refused.
    field.remove();
    if (!copied) throw new Error('The browser did not let this page copy. Select the text and copy it yourself.');
  }
}

function saveAs(name: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
