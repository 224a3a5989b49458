/** What a key stroke costs in a file of 5,000 lines with 500 comments: following the edit and computing what is shown. */
import type { ReviewItem } from '../src/core/review/index.ts';
import { gutterMarks } from '../src/faces/vscode/review/gutter.ts';
import { followDocument } from '../src/faces/vscode/services/livePositions.ts';
import { figure, medianMs, type Figure } from './figure.ts';

const lines = 5_000;
const comments = 500;
const path = '/work/large.ts';
const severities = ['must', 'should', 'question', 'nit'] as const;

function sample(i: number): ReviewItem {
  const line = ((i * 613) % lines) + 1;
  return {
    id: `cr-${i}`,
    state: i % 10 === 0 ? 'done' : 'todo',
    verified: false,
    evidence: undefined,
    path,
    file: 'large.ts',
    range: { start: line, end: Math.min(lines, line + (i % 5)) },
    status: i % 50 === 0 ? 'orphan' : 'exact',
    candidates: [],
    quote: undefined,
    text: `Comment ${i} says at some length what is wrong with this line and what should be there instead of it`,
    replies: [],
    summary: undefined,
    severity: severities[i % severities.length] ?? 'should',
    tags: [],
    project: 'work',
    created: undefined,
    closed: undefined,
    here: true,
    log: { path: '/work/log.org', line: i },
  };
}

export async function run(): Promise<Figure[]> {
  const items = Array.from({ length: comments }, (_, i) => sample(i));
  const enter = { contentChanges: [{ range: { start: { line: 0, character: 5 }, end: { line: 0, character: 5 } }, text: '\n' }] };
  const n = 101;
  const ms = await medianMs(n, () => gutterMarks(followDocument(items, path, enter).items, lines, new Set([1])));
  return [figure('decorations.keystroke.500-comments', ms, 'ms', n)];
}
