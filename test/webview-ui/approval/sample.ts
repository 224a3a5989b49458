/** Proposed cards, and an extension that keeps and discards them. */
import type { ApprovalProtocol, ApprovalView, ProposedCard } from '../../../src/protocol/approval.ts';
import type { Handlers } from '../../../src/protocol/index.ts';

const code = { label: 'src/load.ts:12-17', language: 'typescript', code: 'export function loadAll(items: readonly string[]) {\n  return Promise.all(items.map(load));\n}' };

export const proposed: readonly ProposedCard[] = [
  { key: 1, question: 'What happens to the other promises when one given to `Promise.all` rejects?', answer: 'They go on. `Promise.all` rejects at once, and nobody looks at their results.', notes: 'Use `Promise.allSettled` when every result counts.', tags: ['async', 'promises'], kind: 'basic', code, state: 'open', duplicate: undefined },
  { key: 2, question: 'What does `Promise.all` return?', answer: 'A promise of an array, in the order of its input.', notes: '', tags: ['async'], kind: 'basic', code, state: 'open', duplicate: { question: 'What does `Promise.all` give back?', answer: 'A promise for all results, in order.', deck: 'javascript' } },
  { key: 3, question: 'How do you limit a loop to four requests at a time?', answer: 'Let four workers share one iterator:\n\n```ts\nconst queue = items.values();\nawait Promise.all([1, 2, 3, 4].map(async () => {\n  for (const item of queue) await load(item);\n}));\n```', notes: '', tags: [], kind: 'basic', code: undefined, state: 'open', duplicate: undefined },
];

export interface Played {
  readonly handlers: Handlers<ApprovalProtocol>;
  readonly calls: unknown[][];
  view(): ApprovalView;
  set(change: Partial<ApprovalView>): ApprovalView;
}

export function play(cards: readonly ProposedCard[] = proposed): Played {
  let view: ApprovalView = { id: 'set-1', subject: 'src/load.ts, lines 12-17', model: 'Claude Code', phase: 'done', note: '', deck: 'typescript', decks: ['javascript', 'typescript'], cards };
  const calls: unknown[][] = [];
  const mark = (keys: readonly number[], change: Partial<ProposedCard>) => (view = { ...view, cards: view.cards.map((card) => (keys.includes(card.key) ? { ...card, ...change } : card)) });
  const handlers: Handlers<ApprovalProtocol> = {
    ready: () => view,
    keep: ({ keys }) => {
      calls.push(['keep', ...keys]);
      return mark(keys, { state: 'kept' });
    },
    discard: ({ key }) => {
      calls.push(['discard', key]);
      return mark([key], { state: 'discarded' });
    },
    reopen: ({ key }) => {
      calls.push(['reopen', key]);
      return mark([key], { state: 'open' });
    },
    edit: ({ key, ...fields }) => {
      calls.push(['edit', key, fields.question, fields.tags]);
      return mark([key], fields);
    },
    setDeck: ({ deck }) => {
      calls.push(['setDeck', deck]);
      return (view = { ...view, deck });
    },
    cancel: () => {
      calls.push(['cancel']);
      return (view = { ...view, phase: 'stopped' });
    },
    openSource: ({ key }) => void calls.push(['openSource', key]),
    openLink: ({ href }) => void calls.push(['openLink', href]),
    quiz: () => void calls.push(['quiz']),
    close: () => void calls.push(['close']),
  };
  return { handlers, calls, view: () => view, set: (change) => (view = { ...view, ...change }) };
}
