/** Cards for the quiz page, and an extension that asks them. */
import type { QuizCard, QuizProtocol, QuizView } from '../../../src/protocol/quiz.ts';
import type { Handlers } from '../../../src/protocol/index.ts';

const previews = [
  { label: 'again', days: 0, again: true },
  { label: 'again', days: 0, again: true },
  { label: '1 d', days: 1, again: false },
  { label: '4 d', days: 4, again: false },
  { label: '1.2 mo', days: 36, again: false },
];

export function card(id: string, over: Partial<QuizCard> = {}): QuizCard {
  const front = over.front ?? `What is ${id}?`;
  const back = over.back ?? `The answer to ${id}.`;
  const notes = over.notes ?? '';
  return { id, kind: 'basic', deck: 'typescript', tags: [], state: 'review', front, back, notes, fields: { question: front, answer: back, notes }, source: undefined, flag: 0, expected: undefined, languages: { front: '', back: '' }, previews, ...over };
}

export const codeCard = card('code', {
  kind: 'code',
  state: 'new',
  tags: ['async', 'errors'],
  front: 'Why does this loop start every request at once, and what limits it to **four at a time**?',
  back: '`map` calls the function for each item before the first `await` inside gives way, so all requests are under way.\n\nA *pool* limits it: workers that each take the next item.\n\n```ts\nconst queue = items.values();\nasync function worker() {\n  for (const item of queue) results.push(await load(item));\n}\nawait Promise.all([1, 2, 3, 4].map(worker));\n```',
  notes: 'An iterator can be shared: each `next()` gives an item to one worker only.',
  source: { label: 'src/load.ts:12-17', language: 'typescript', code: '// Loads everything at once\nexport async function loadAll(items: readonly string[]): Promise<Page[]> {\n  const limit = 4;\n  return Promise.all(items.map(async (item) => parse(await fetch(`/page/${item}`))));\n}' },
});

export interface Played {
  readonly handlers: Handlers<QuizProtocol>;
  readonly calls: unknown[][];
  view(): QuizView;
  /** Changes what the extension says. */
  set(change: Partial<QuizView>): QuizView;
}

/** An extension that asks the cards in their order; below 3 they come again at the end. */
export function play(cards: readonly QuizCard[]): Played {
  const queue = [...cards];
  const done: { card: QuizCard; again: boolean }[] = [];
  const calls: unknown[][] = [];
  let answers = 0;
  let turn = 1;
  let extra: Partial<QuizView> = {};
  const now = new Date(2026, 2, 14, 10).getTime();
  const view = (): QuizView => ({
    session: 'quiz-1',
    deck: 'typescript',
    turn,
    title: 'typescript',
    now,
    progress: { done: cards.length - queue.length, total: cards.length },
    card: queue[0],
    summary: queue.length > 0 ? undefined : { answers, known: 2, relearned: 1, tookMs: 95_000, learned: ['What is b?'], hard: ['What is a?'], nextDue: now + 26 * 3_600_000, newLater: 3 },
    canUndo: done.length > 0,
    notice: undefined,
    explanation: { phase: 'none' },
    ...extra,
  });
  const next = () => {
    turn++;
    extra = {};
    return view();
  };
  const first = (): QuizCard => {
    const [shown] = queue;
    if (!shown) throw new Error('nothing is asked');
    return shown;
  };
  const change = (fields: Partial<QuizCard>) => {
    queue[0] = { ...first(), ...fields };
    return view();
  };
  const handlers: Handlers<QuizProtocol> = {
    ready: view,
    rate: (params) => {
      calls.push(['rate', params.confidence, params.turn === turn, params.tookMs >= 0]);
      const shown = first();
      queue.shift();
      answers++;
      const again = params.confidence < 3;
      if (again) queue.push(shown);
      done.push({ card: shown, again });
      return next();
    },
    undo: () => {
      calls.push(['undo']);
      const last = done.pop();
      if (last) {
        if (last.again) queue.pop();
        queue.unshift(last.card);
        answers--;
      }
      return next();
    },
    skip: () => {
      calls.push(['skip']);
      queue.push(first());
      queue.shift();
      return next();
    },
    suspend: () => {
      calls.push(['suspend']);
      queue.shift();
      return next();
    },
    flag: ({ flag }) => {
      calls.push(['flag', flag]);
      return change({ flag });
    },
    edit: ({ question, answer, notes }) => {
      calls.push(['edit', question]);
      return change({ front: question, back: answer, notes, fields: { question, answer, notes } });
    },
    explain: () => {
      calls.push(['explain']);
      extra = { explanation: { phase: 'asking', text: '', model: 'Claude Code' } };
      return view();
    },
    stopExplaining: () => {
      calls.push(['stopExplaining']);
      extra = { explanation: { phase: 'failed', text: 'Because **it', why: 'Stopped.' } };
      return view();
    },
    openSource: () => void calls.push(['openSource']),
    openLink: ({ href }) => void calls.push(['openLink', href]),
    speak: ({ text, language }) => {
      calls.push(['speak', text, language]);
      return false;
    },
    restart: () => next(),
    openStats: () => void calls.push(['openStats']),
    close: () => void calls.push(['close']),
  };
  return {
    handlers,
    calls,
    view,
    set: (given) => {
      extra = { ...extra, ...given };
      return view();
    },
  };
}
