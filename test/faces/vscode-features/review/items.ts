import type { ReviewItem } from '../../../../src/core/review/index.ts';

/** A comment for a test: open, on a line that is as it was; the test says what else matters. */
export function item(given: Partial<ReviewItem> & { readonly id: string }): ReviewItem {
  return {
    state: 'todo',
    verified: false,
    evidence: undefined,
    path: '/work/src/a.js',
    file: 'src/a.js',
    range: { start: 3, end: 3 },
    status: 'exact',
    candidates: [],
    quote: undefined,
    text: 'text',
    replies: [],
    summary: undefined,
    severity: 'should',
    tags: [],
    project: 'work',
    created: { year: 2026, month: 11, day: 23, hour: 14, minute: 5 },
    closed: undefined,
    here: true,
    log: { path: '/home/code_review.org', line: 1 },
    ...given,
  };
}
