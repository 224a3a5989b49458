import type { SmokeEvidence } from '../smoke/index.ts';
import type { AnchorStatus, Candidate, LineRange } from './anchor/types.ts';
import type { OrgTimestamp, Reply, ReviewState, Severity } from './log/index.ts';

/** A review comment as every face shows it: the entry of the log, joined with where its code is now. */
export interface ReviewItem {
  readonly id: string;
  readonly state: ReviewState;
  /** DONE with a smoke test that passed on that tree; false for a DONE that somebody just wrote. */
  readonly verified: boolean;
  readonly evidence: SmokeEvidence | undefined;
  /** Absolute path of the file, in the work tree at hand when the file belongs to this repository. */
  readonly path: string;
  /** The same, relative to the workspace when it is inside, '/' separated. */
  readonly file: string;
  /** Current lines, 1-based. For an orphan the nearest line that is left; 0 when the file is gone. */
  readonly range: LineRange;
  readonly status: AnchorStatus;
  /** For an orphan: places that resemble it, best first. */
  readonly candidates: readonly Candidate[];
  /** The anchored text when the comment was logged; undefined when it was never seen by Wheelhouse. */
  readonly quote: string | undefined;
  readonly text: string;
  readonly replies: readonly Reply[];
  /** What was done about it, in the words of whoever did it. */
  readonly summary: string | undefined;
  readonly severity: Severity;
  readonly tags: readonly string[];
  readonly project: string;
  /** Wall-clock time as the log has it; undefined when the entry has no timestamp. */
  readonly created: OrgTimestamp | undefined;
  readonly closed: OrgTimestamp | undefined;
  /** Whether its file belongs to the repository at hand. */
  readonly here: boolean;
  readonly log: { readonly path: string; readonly line: number };
}

/** A place to attach a comment to. */
export interface Place {
  /** Absolute. */
  readonly path: string;
  readonly range: LineRange;
  readonly columns?: { readonly start: number; readonly end: number };
}

/** In the order in which they want attention. */
export const severities: readonly Severity[] = ['must', 'should', 'question', 'nit'];

export interface QuickInput {
  readonly text: string;
  readonly severity: Severity;
  readonly tags: readonly string[];
}

/**
 * Reads the one-line form of a comment: `!` must, `?` question, `~` nit in front, `#tag` as a word of
 * its own anywhere. Everything else is the text, as typed. A lone `#` or `#1` is no tag.
 */
export function parseQuickInput(input: string): QuickInput {
  const marks: Record<string, Severity> = { '!': 'must', '?': 'question', '~': 'nit' };
  let rest = input.trim();
  let severity: Severity = 'should';
  const mark = marks[rest[0] ?? ''];
  if (mark && rest.length > 1) {
    severity = mark;
    rest = rest.slice(1).trimStart();
  }
  const tags: string[] = [];
  const text = rest
    .replace(/(?:^|\s)#([\p{L}_][\p{L}\p{N}_-]*)(?=\s|$)/gu, (_all, tag: string) => {
      if (!tags.includes(tag)) tags.push(tag);
      return '';
    })
    .trim();
  return { text, severity, tags };
}
