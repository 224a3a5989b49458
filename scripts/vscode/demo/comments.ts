interface DemoComment {
  readonly at: string;
  readonly text: string;
  readonly severity: 'must' | 'should' | 'question' | 'nit';
  readonly tags: readonly string[];
}

export const DEMO_COMMENTS: readonly DemoComment[] = [
  { at: 'src/store.js:8', text: 'A damaged file is read as an empty one, and the next save overwrites it.\nOnly a missing file means "no data yet".', severity: 'must', tags: ['errors'] },
  { at: 'src/entries.js:22', text: 'One page too many when the entries fill the last page.', severity: 'must', tags: ['paging'] },
  { at: 'src/entries.js:4-5', text: 'Check the hours: NaN and negative numbers end up in invoices.', severity: 'should', tags: ['input'] },
  { at: 'src/invoice.js:13-16', text: 'Is floating point good enough for money here? Cents would round once.', severity: 'question', tags: ['money'] },
  { at: 'src/report.js:5-6', text: 'Two lookups per entry; a Map by client would do.', severity: 'nit', tags: ['performance'] },
  { at: 'src/cli.js:19', text: 'Say what went wrong.', severity: 'should', tags: ['errors'] },
];
