import type { OrgTimestamp } from './log/index.ts';
import type { ReviewItem } from './model.ts';

/** A review item as other programs see it. Fields may be added, never renamed. */
export interface ReviewItemJson {
  id: string;
  state: string;
  verified: boolean;
  /** Relative to the workspace when it is inside, else absolute. */
  file: string;
  line: number;
  endLine: number;
  text: string;
  severity: string;
  tags: string[];
  project: string;
  /** Local time to the minute, as the log has it: `2026-11-23T14:05`; null when the log says nothing. */
  createdAt: string | null;
  closedAt: string | null;
  /** Whether and how the code was found again. */
  status: string;
  log: { path: string; line: number };
  quote: string | null;
  replies: { at: string; author: string; text: string }[];
  summary: string | null;
  evidence: { command: string; durationMs: number; commit: string | null; tree: string; at: string } | null;
  /** For an orphan: lines that resemble the lost ones. */
  candidates: { line: number; endLine: number; score: number }[];
}

export function toJson(item: ReviewItem): ReviewItemJson {
  return {
    id: item.id,
    state: item.state,
    verified: item.verified,
    file: item.file,
    line: item.range.start,
    endLine: item.range.end,
    text: item.text,
    severity: item.severity,
    tags: [...item.tags],
    project: item.project,
    createdAt: item.created ? isoMinute(item.created) : null,
    closedAt: item.closed ? isoMinute(item.closed) : null,
    status: item.status,
    log: { ...item.log },
    quote: item.quote ?? null,
    replies: item.replies.map((reply) => ({ at: isoMinute(reply.at), author: reply.author, text: reply.text })),
    summary: item.summary ?? null,
    evidence: item.evidence
      ? { command: item.evidence.command, durationMs: item.evidence.durationMs, commit: item.evidence.commit ?? null, tree: item.evidence.tree, at: new Date(item.evidence.at).toISOString() }
      : null,
    candidates: item.candidates.map(({ range, score }) => ({ line: range.start, endLine: range.end, score })),
  };
}

function isoMinute(time: OrgTimestamp): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${time.year}-${two(time.month)}-${two(time.day)}T${two(time.hour ?? 0)}:${two(time.minute ?? 0)}`;
}
