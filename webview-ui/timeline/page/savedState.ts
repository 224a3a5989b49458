/** What survives hiding and reloading. It was written by an older page, perhaps: nothing in it is trusted. */
import type { Span } from '../../shared/dates.ts';
import { noFilters, type Filters } from '../model/filter.ts';
import type { TabName } from '../view.ts';

export interface SavedState {
  readonly span: Span | undefined;
  readonly filters: Filters;
  readonly tab: TabName;
  readonly selected: number | undefined;
  readonly panelOpen: boolean;
  readonly panelWidth: number;
  readonly views: Readonly<Record<string, unknown>>;
}

export const tabNames: readonly TabName[] = ['timeline', 'day', 'theatre', 'crawl', 'stats', 'table'];
export const panelWidths = { least: 240, most: 720, usual: 320 };

export function readSavedState(value: unknown): SavedState {
  const state = fields(value);
  const span = fields(state['span']);
  const from = numberOr(span['from'], NaN);
  const to = numberOr(span['to'], NaN);
  return {
    span: to > from ? { from, to } : undefined,
    filters: readFilters(state['filters']),
    tab: tabNames.find((name) => name === state['tab']) ?? 'timeline',
    selected: typeof state['selected'] === 'number' ? state['selected'] : undefined,
    panelOpen: state['panelOpen'] === true,
    panelWidth: Math.max(panelWidths.least, Math.min(panelWidths.most, numberOr(state['panelWidth'], panelWidths.usual))),
    views: fields(state['views']),
  };
}

function readFilters(value: unknown): Filters {
  const filters = fields(value);
  return {
    text: typeof filters['text'] === 'string' ? filters['text'] : '',
    projects: list(filters['projects'], (item): item is string => typeof item === 'string'),
    ratings: list(filters['ratings'], (item): item is number => typeof item === 'number' && item >= 0 && item <= 5),
    agent: typeof filters['agent'] === 'string' ? filters['agent'] : noFilters.agent,
    hasNote: filters['hasNote'] === true,
    from: typeof filters['from'] === 'number' ? filters['from'] : undefined,
    to: typeof filters['to'] === 'number' ? filters['to'] : undefined,
    only: readOnly(filters['only']),
  };
}

function readOnly(value: unknown): Filters['only'] {
  const { title, ids } = fields(value);
  const read = list(ids, (item): item is number => typeof item === 'number');
  return typeof title === 'string' && read.length > 0 ? { title, ids: read } : undefined;
}

const fields = (value: unknown): Readonly<Record<string, unknown>> => (typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {});
const numberOr = (value: unknown, otherwise: number) => (typeof value === 'number' && Number.isFinite(value) ? value : otherwise);
const list = <T>(value: unknown, is: (item: unknown) => item is T): readonly T[] => (Array.isArray(value) ? value.filter(is) : []);
