import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { settleDataRoot, userScope } from '../../../src/adapters/node/locations.ts';
import { articleCards } from '../articleCards.ts';
import { cli, stage, type Ran, type Stage } from './stage.ts';

/** As in an article: three cards as a model writes them, with prose around. */
const threeCards = `Here are your flashcards:
\`\`\`json
[
  {"question": "What does (get m k) return when the key is missing?", "answer": "nil", "tags": ["clojure", "maps"], "notes": "get takes a default as a third argument."},
  {"question": "What is a transducer?", "answer": "A transformation of a reducing function, independent of its source."},
  {"question": "When is a lazy sequence realised?", "answer": "When its elements are first needed, in chunks of 32.", "tags": ["clojure"],},
]
\`\`\`
Good luck!`;

const exactly = JSON.stringify(articleCards, null, 2);

interface Cards extends Stage {
  /** `cards …` with input on standard input. */
  readonly cards: (args: readonly string[], input?: string) => Promise<Ran>;
  readonly json: <T = Record<string, unknown>>(args: readonly string[], input?: string) => Promise<T>;
}

async function staged(t: TestContext): Promise<Cards> {
  const self = await stage(t, { git: false });
  const cards = (args: readonly string[], input = '') => feed(self, ['cards', ...args], input);
  return {
    ...self,
    cards,
    async json<T>(args: readonly string[], input?: string) {
      const ran = await cards([...args, '--json'], input);
      assert.equal(ran.code, 0, ran.stderr);
      return JSON.parse(ran.stdout) as T;
    },
  };
}

function feed({ repo, env }: Stage, args: readonly string[], input: string): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cli, ...args], { cwd: repo, env: { ...env }, stdio: ['pipe', 'pipe', 'pipe'] });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.stdin.on('error', () => undefined).end(input);
    child.on('error', reject).on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

interface CardJson {
  id: string;
  question: string;
  answer: string;
  tags: string[];
  reps: number;
  interval: number;
  algorithm: string;
  project: string;
}

test('the article\'s way: bulk-create on standard input and by file, list, quiz, review, stats', { timeout: 120_000 }, async (t) => {
  const { cards, json, repo } = await staged(t);
  const made = await json<{ created: number; ids: string[] }>(['bulk-create', '--project', 'clojure'], threeCards);
  assert.equal(made.created, 3);
  writeFileSync(join(repo, 'cards.json'), threeCards);
  assert.deepEqual(await json<{ created: number; skipped: number }>(['bulk-create', '--file', 'cards.json', '--project', 'clojure']).then(({ created, skipped }) => [created, skipped]), [0, 3]);
  const list = await json<CardJson[]>(['list', '--project', 'clojure']);
  assert.deepEqual(list.map(({ question }) => question.slice(0, 4)), ['What', 'What', 'When']);
  const [first] = list;
  assert.ok(first);
  assert.match(first.id, /^card-\d{8}-\d{6}$/);
  assert.deepEqual(first.tags, ['clojure', 'maps']);
  for (const key of ['id', 'question', 'answer', 'project', 'tags', 'notes', 'algorithm', 'due', 'interval', 'ease', 'reps', 'lapses', 'box', 'suspended']) assert.ok(key in first, key);
  assert.equal(first.algorithm, 'sm2');

  const quiz = await cards(['quiz', '--project', 'clojure', '--limit', '5']);
  assert.match(quiz.stdout, /^Question 1\/3: What does \(get m k\) return/m);
  assert.match(quiz.stdout, /^Question 3\/3: When/m);

  assert.deepEqual(await json<CardJson>(['review', first.id, '4']).then(({ reps, interval }) => [reps, interval]), [1, 1]);
  assert.equal((await json<CardJson>(['review', first.id, '--confidence', '5'])).reps, 2);
  const stats = await json<{ reviews: number; right: number }>(['stats', '--project', 'clojure']);
  assert.deepEqual([stats.reviews, stats.right], [2, 2]);
  assert.match((await cards(['stats', '--format', 'chart'])).stdout, /Answers a day\n +\d{4}-\d\d-\d\d +2 █/);
});

for (const way of ['on standard input', 'by --file'] as const) {
  test(`three cards, just as printed, ${way}: bulk-create, quiz, review, list, stats`, { timeout: 120_000 }, async (t) => {
    const { cards, json, repo } = await staged(t);
    writeFileSync(join(repo, 'cards.json'), exactly);
    const { created, ids } = await (way === 'by --file' ? json<{ created: number; ids: string[] }>(['bulk-create', '--file', 'cards.json', '--project', 'clojure']) : json<{ created: number; ids: string[] }>(['bulk-create', '--project', 'clojure'], exactly));
    assert.equal(created, 3);
    const fields = (await json<(CardJson & { notes: string })[]>(['list', '--project', 'clojure'])).map(({ question, answer, tags, notes }) => ({ question, answer, tags, notes }));
    assert.deepEqual(fields, articleCards);
    const { session } = await json<{ session: string }>(['quiz', '--project', 'clojure', '--limit', '5']);
    assert.match((await cards(['submit-and-next', session, ids[0] ?? '', '4'])).stdout, /^Right\.\n\nQuestion 2\/3: What is a transducer\?/);
    assert.equal((await cards(['review', ids[1] ?? '', '--confidence', '2'])).code, 0);
    const { reviews, right } = await json<{ reviews: number; right: number }>(['stats', '--project', 'clojure']);
    assert.deepEqual([reviews, right], [2, 1]);
  });
}

test('a day begins when the user\'s settings say', { timeout: 60_000 }, async (t) => {
  const { json, env } = await staged(t);
  const { id } = await json<CardJson>(['new', 'Q', 'A']);
  writeFileSync(join(userScope(settleDataRoot({ env })), 'settings.json'), '{"dayStart":9}');
  const { due } = await json<{ due: string }>(['review', id, '4']);
  assert.equal(new Date(due).getUTCHours(), 9);
});

test('the other way: new, update, projects, submit-and-next, bulk-review, algorithm, reset, delete, undo', { timeout: 120_000 }, async (t) => {
  const { cards, json } = await staged(t);
  const one = await json<CardJson>(['new', 'Q1', 'A1', '--project', 'p', '--tags', 'a,b', '--notes', 'n', '--algorithm', 'leitner']);
  const two = await json<CardJson>(['create', '--question', 'Q2', '--answer', 'A2', '--project', 'p']);
  assert.deepEqual([one.algorithm, one.tags, two.algorithm], ['leitner', ['a', 'b'], 'sm2']);
  assert.equal((await json<CardJson>(['update', one.id, '--question', 'Q1 better', '--tags', 'c'])).question, 'Q1 better');
  assert.deepEqual(await json(['projects']), [{ project: 'p', cards: 2 }]);
  assert.equal((await json<{ new: number }[]>(['decks']))[0]?.new, 2);
  assert.deepEqual((await json<CardJson[]>(['search', 'better'])).map(({ id }) => id), [one.id]);

  const { session, cards: asked } = await json<{ session: string; cards: CardJson[] }>(['quiz', '--project', 'p', '--limit', '2']);
  assert.deepEqual(asked.map(({ id }) => id), [one.id, two.id]);
  const wrong = await json<{ again: boolean; next: CardJson }>(['submit-and-next', session, one.id, '2']);
  assert.deepEqual([wrong.again, wrong.next.id], [true, two.id]);
  assert.match((await cards(['submit-and-next', session, two.id, '5'])).stdout, /^Right\.\n\nQuestion 1\/2: Q1 better/);
  const last = await json<{ next: null; summary: { relearned: number } }>(['submit-and-next', session, one.id, '3']);
  assert.deepEqual([last.next, last.summary.relearned], [null, 1]);

  assert.equal((await json<{ reviewed: number }>(['bulk-review', '--reviews', JSON.stringify([{ id: one.id, confidence: 3 }, { id: two.id, confidence: 1 }])])).reviewed, 2);
  assert.equal((await json<{ converted: number }>(['algorithm', '--type', 'leitner', '--boxes', '4', '--project', 'p'])).converted, 1);
  assert.equal((await json<{ boxes: number }>(['algorithm', '--project', 'p'])).boxes, 4);
  assert.equal((await json<{ reset: number }>(['reset', 'all', '--project', 'p', '--yes'])).reset, 2);
  assert.equal((await json<CardJson>(['show', one.id])).reps, 0);
  await json(['delete', one.id, '--force']);
  assert.equal((await json<CardJson[]>(['list'])).length, 1);
  await json(['undo']);
  assert.equal((await json<CardJson[]>(['list', '--limit', '5', '--due'])).length, 2);
});

test('an interactive quiz: wrong ones come again, u takes back, q ends', { timeout: 120_000 }, async (t) => {
  const { cards, json } = await staged(t);
  await json(['bulk-create'], '[{"question":"Q1","answer":"A1"},{"question":"Q2","answer":"A2"}]');
  const ran = await cards(['quiz', '--interactive'], '\n1\n\nu\n\n2\n\n4\n\n9\n5\n');
  assert.equal(ran.code, 0, ran.stderr);
  assert.deepEqual([...ran.stdout.matchAll(/Question (\d\/\d: Q\d)/g)].map((match) => match[1]), ['1/2: Q1', '2/2: Q2', '1/2: Q1', '2/2: Q2', '1/2: Q1']);
  assert.match(ran.stdout, /2 of 2 cards done: 1 known, 1 learned again/);
  const none = await cards(['quiz']);
  assert.match(none.stdout, /^Nothing is due\. The next card comes in \d+ h\.$/m);
});

test('files: every format out, and in again elsewhere', { timeout: 120_000 }, async (t) => {
  const from = await staged(t);
  await from.json(['bulk-create', '--project', 'p'], threeCards);
  for (const format of ['json', 'csv', 'org', 'markdown', 'apkg']) {
    const file = `out.${format === 'markdown' ? 'md' : format}`;
    assert.equal((await from.json<{ count: number }>(['export', '--format', format, '--output', file])).count, 3);
    const to = await staged(t);
    const ran = await to.json<{ added: number }>(['import', join(from.repo, file)]);
    assert.equal(ran.added, 3, format);
    assert.deepEqual((await to.json<CardJson[]>(['list'])).map(({ answer }) => answer), (await from.json<CardJson[]>(['list'])).map(({ answer }) => answer), format);
  }
  assert.equal((JSON.parse(readFileSync(join(from.repo, 'out.json'), 'utf8')) as unknown[]).length, 3);
  assert.equal((await from.cards(['export', '--format', 'csv'])).stdout.split('\n')[0]?.startsWith('id,question,answer'), true);
});

test('bad input: a sentence, the exit code, and nothing lost', { timeout: 120_000 }, async (t) => {
  const { cards, json } = await staged(t);
  const { id } = await json<CardJson>(['new', 'Q', 'A']);
  const bad: [args: string[], code: number, says: RegExp, input?: string][] = [
    [['review', id, '0'], 1, /from 1 \(forgotten\) to 5/],
    [['review', id, '6'], 1, /from 1 \(forgotten\) to 5/],
    [['review', id, 'x'], 2, /is a number/],
    [['review', id], 2, /usage/],
    [['review', 'card-19990101-000000', '3'], 1, /There is no card/],
    [['new', '', 'A'], 1, /needs a question/],
    [['new', 'Q'], 1, /needs an answer/],
    [['create'], 2, /needs a question/],
    [['bulk-create'], 1, /no card/, 'no cards here'],
    [['bulk-create', '--file', 'missing.json'], 1, /missing\.json/],
    [['bulk-review', '--reviews', '{'], 2, /--reviews is JSON/],
    [['list', '--limit', '0'], 2, /--limit/],
    [['quiz', '--limit', 'x'], 2, /--limit/],
    [['submit-and-next', 'quiz-x', id, '3'], 1, /no quiz/],
    [['algorithm', 'sm3'], 2, /one of fsrs, sm2/],
    [['algorithm', '--boxes', '11'], 2, /3 to 10/],
    [['export', '--format', 'apkg'], 2, /--output/],
    [['reset', 'all'], 1, /--yes/],
    [['delete', 'nope'], 1, /There is no card/],
  ];
  for (const [args, code, says, input] of bad) {
    const ran = await cards(args, input);
    assert.equal(ran.code, code, `${args.join(' ')}: ${ran.stdout}${ran.stderr}`);
    assert.match(ran.stderr, says);
    assert.match(ran.stderr, /^wheelhouse: [^\n]*\n$/);
  }
  const [card] = await json<CardJson[]>(['list']);
  assert.deepEqual([card?.id, card?.reps], [id, 0]);
});
