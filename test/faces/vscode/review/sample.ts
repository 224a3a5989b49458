import type { ReviewItem } from '../../../../src/core/review/index.ts';

/** An open comment on line 1 of `src/a.ts`, with whatever is different about it. */
export function comment(different: Partial<ReviewItem> & { line?: number } = {}): ReviewItem {
  const { line = 1, ...rest } = different;
  return {
    id: 'cr-1',
    state: 'todo',
    verified: false,
    evidence: undefined,
    path: `/work/${rest.file ?? 'src/a.ts'}`,
    file: 'src/a.ts',
    range: { start: line, end: line },
    status: 'exact',
    candidates: [],
    quote: undefined,
    text: 'Text',
    replies: [],
    summary: undefined,
    severity: 'should',
    tags: [],
    project: 'work',
    created: undefined,
    closed: undefined,
    here: true,
    log: { path: '/home/log.org', line: 1 },
    ...rest,
  };
}
