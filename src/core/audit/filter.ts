/** Which calls a user asks for. */
import type { AuditCall, AuditOutcomeDecision } from './model.ts';

export interface AuditFilter {
  /** The start of a session's id, or its name. */
  readonly session?: string;
  readonly tool?: string;
  readonly decisions?: readonly AuditOutcomeDecision[];
  /** Milliseconds since the epoch. */
  readonly since?: number;
  /** Violations and near-misses only. */
  readonly marked?: boolean;
  /** Words that must all occur in the path, command, tool, reason or rule. */
  readonly text?: string;
}

export function auditMatcher({ session, tool, decisions, since, marked, text }: AuditFilter): (call: AuditCall) => boolean {
  const words = (text ?? '').toLowerCase().split(/\s+/).filter((word) => word !== '');
  return (call) =>
    (session === undefined || call.session.startsWith(session) || call.name === session) &&
    (tool === undefined || call.tool === tool) &&
    (decisions === undefined || decisions.includes(call.decision)) &&
    (since === undefined || call.at >= since) &&
    (marked !== true || call.mark !== undefined) &&
    (words.length === 0 || words.every((word) => haystackOf(call).includes(word)));
}

function haystackOf({ paths, command, tool, reason, rule, error }: AuditCall): string {
  return [tool, command, reason, rule, error, ...paths.flatMap(({ asked, real }) => [asked, real])].join('\n').toLowerCase();
}

const units: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/**
 * A moment: `30m`, `12h`, `7d`, `2w` before now, a day `2026-03-14` (local), or a date with a time.
 * @returns Milliseconds since the epoch; undefined for what is none.
 */
export function parseSince(text: string, now: number): number | undefined {
  const [, count, unit] = /^(\d{1,6})([smhdw])$/.exec(text.trim()) ?? [];
  if (count !== undefined && unit !== undefined) return now - Number(count) * (units[unit] ?? 0);
  if (!/^\d{4}-\d\d-\d\d/.test(text.trim())) return undefined;
  const at = Date.parse(/^\d{4}-\d\d-\d\d$/.test(text.trim()) ? `${text.trim()}T00:00` : text.trim());
  return Number.isNaN(at) ? undefined : at;
}
