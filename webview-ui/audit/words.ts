import type { AuditDecision, AuditLayer, AuditMark, AuditResult, AuditRow } from '../../src/protocol/audit.ts';
import type { Shown, SpanName } from './rows.ts';

export const decisionWords: Readonly<Record<AuditDecision, string>> = {
  allowed: 'allowed',
  denied: 'denied',
  granted: 'granted',
  refused: 'refused',
  open: 'asked',
  unknown: 'unknown',
};

export const layerWords: Readonly<Record<AuditLayer, string>> = {
  policy: 'policy',
  claim: 'claim',
  agent: 'agent’s rule',
  user: 'user',
  sandbox: 'sandbox',
  none: '',
};

export const resultWords: Readonly<Record<AuditResult, string>> = {
  ok: 'ok',
  error: 'error',
  none: 'not run',
  pending: 'under way',
  unknown: 'unknown',
};

export const markWords: Readonly<Record<AuditMark, string>> = { violation: 'violation', 'near-miss': 'near-miss' };

export const shownWords: Readonly<Record<Shown, string>> = {
  all: 'All decisions',
  marked: 'Violations and near-misses',
  violation: 'Violations',
  'near-miss': 'Near-misses',
  denied: 'Denied or refused',
  asked: 'Asked the user',
  allowed: 'Allowed or granted',
  unknown: 'Unknown',
};

export const spanWords: Readonly<Record<SpanName, string>> = { all: 'Any time', hour: 'Last hour', today: 'Today', week: 'Last 7 days', month: 'Last 30 days' };

/** `12 ms`, `3.4 s`, `2 min`. */
export function took(ms: number | null): string {
  if (ms === null) return '';
  if (ms < 1000) return `${ms} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  return `${Math.round(ms / 60_000)} min`;
}

/** What a screen reader says of a row. */
export function spoken(row: AuditRow, when: string): string {
  const by = row.layer === 'none' ? '' : ` by ${layerWords[row.layer]}`;
  const mark = row.mark === null ? '' : `${markWords[row.mark]}: ${row.why} `;
  return `${mark}${when}, ${sessionLabel(row)}, ${row.tool} ${oneLine(row.what)}, ${decisionWords[row.decision]}${row.inferred ? ', inferred' : ''}${by}, ${resultWords[row.result]}`;
}

export function sessionLabel({ name, session, agent }: AuditRow): string {
  return `${name === '' ? session.slice(0, 8) : name}${agent === '' ? '' : ` › ${agent.slice(0, 8)}`}`;
}

/** Hostile texts may hold line breaks and signs that turn the direction of writing; in a line of a table neither has a place. */
export function oneLine(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
}
