/** The calls that the page has, and which of them pass the filters. */
import type { AuditDecision, AuditRow } from '../../src/protocol/audit.ts';

export const shown = ['all', 'marked', 'violation', 'near-miss', 'denied', 'asked', 'allowed', 'unknown'] as const;
export type Shown = (typeof shown)[number];

export const spans = ['all', 'hour', 'today', 'week', 'month'] as const;
export type SpanName = (typeof spans)[number];

export interface Filter {
  readonly text: string;
  /** An id; empty for all. */
  readonly session: string;
  /** Empty for all. */
  readonly tool: string;
  readonly show: Shown;
  readonly since: SpanName;
}

export const noFilter: Filter = { text: '', session: '', tool: '', show: 'all', since: 'all' };

const decisionsOf: Readonly<Partial<Record<Shown, readonly AuditDecision[]>>> = {
  denied: ['denied', 'refused'],
  asked: ['granted', 'refused', 'open'],
  allowed: ['allowed', 'granted'],
  unknown: ['unknown'],
};

/** What the page kept of a filter; whatever does not fit is as if it had not been set. */
export function parseFilter(kept: unknown): Filter {
  const { text, session, tool, show, since } = (typeof kept === 'object' && kept !== null ? kept : {}) as Readonly<Record<string, unknown>>;
  return {
    text: typeof text === 'string' ? text : '',
    session: typeof session === 'string' ? session : '',
    tool: typeof tool === 'string' ? tool : '',
    show: shown.find((name) => name === show) ?? 'all',
    since: spans.find((name) => name === since) ?? 'all',
  };
}

const hour = 3_600_000;
const day = 24 * hour;

/** Milliseconds since the epoch. */
export function startOf(span: SpanName, now: number): number {
  switch (span) {
    case 'all':
      return 0;
    case 'hour':
      return now - hour;
    case 'today':
      return new Date(now).setHours(0, 0, 0, 0);
    case 'week':
      return now - 7 * day;
    case 'month':
      return now - 30 * day;
  }
}

export function matcher(filter: Filter, now: number): (row: AuditRow) => boolean {
  const words = filter.text.toLowerCase().split(/\s+/).filter((word) => word !== '');
  const start = startOf(filter.since, now);
  const decisions = decisionsOf[filter.show];
  return (row) =>
    row.at >= start &&
    (filter.session === '' || row.session === filter.session) &&
    (filter.tool === '' || row.tool === filter.tool) &&
    (decisions === undefined || decisions.includes(row.decision)) &&
    (filter.show !== 'marked' || row.mark !== null) &&
    ((filter.show !== 'violation' && filter.show !== 'near-miss') || row.mark === filter.show) &&
    (words.length === 0 || hasWords(row, words));
}

function hasWords({ what, tool, name, session, why }: AuditRow, words: readonly string[]): boolean {
  const text = `${what}\n${tool}\n${name}\n${session}\n${why}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** Browsers have no taller elements than some millions of pixels: of more rows than this, the newest are shown. */
const MOST_SHOWN = 250_000;

export class Rows {
  readonly #byNumber = new Map<number, AuditRow>();
  /** The newest first. */
  #order: AuditRow[] = [];

  add(rows: readonly AuditRow[]): void {
    for (const row of rows) this.#byNumber.set(row.n, row);
    this.#order = [...this.#byNumber.values()].sort((a, b) => b.at - a.at || b.n - a.n);
  }

  clear(): void {
    this.#byNumber.clear();
    this.#order = [];
  }

  get total(): number {
    return this.#order.length;
  }

  filtered(filter: Filter, now: number): readonly AuditRow[] {
    const found = this.#order.filter(matcher(filter, now));
    return found.length > MOST_SHOWN ? found.slice(0, MOST_SHOWN) : found;
  }

  /** Those of the last session first. */
  sessions(): readonly Choice[] {
    const found = new Map<string, string>();
    for (const { session, name } of this.#order) if (!found.has(session)) found.set(session, name === '' ? session.slice(0, 8) : `${name} (${session.slice(0, 4)})`);
    return [...found].map(([value, label]) => ({ value, label }));
  }

  tools(): readonly Choice[] {
    return [...new Set(this.#order.map(({ tool }) => tool))].sort().map((tool) => ({ value: tool, label: tool }));
  }
}

export function countMarks(rows: readonly AuditRow[]): { readonly violations: number; readonly near: number } {
  let [violations, near] = [0, 0];
  for (const { mark } of rows) {
    if (mark === 'violation') violations++;
    else if (mark === 'near-miss') near++;
  }
  return { violations, near };
}

/** The place of the next marked row after this one; from the last on, it begins again. -1 when there is none. */
export function nextMarked(rows: readonly AuditRow[], from: number, step: 1 | -1): number {
  for (let i = 1; i <= rows.length; i++) {
    const at = (from + step * i + 2 * rows.length) % rows.length;
    const row = rows[at];
    if (row !== undefined && row.mark !== null) return at;
  }
  return -1;
}
