import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recordAnchor, resolveAnchors } from '../../../../src/core/review/anchor/index.ts';
import type { Anchor, AnchorStatus, LineRange } from '../../../../src/core/review/anchor/index.ts';
import { parseMarked } from './marked.ts';

const source = { path: 'src/a.ts', blob: 'b1', dirty: false };
const anchorAt = (text: string, range: LineRange): Anchor => recordAnchor(text, range, source);

interface Case {
  readonly name: string;
  readonly before: string;
  /** The marks say where the comments should be; no mark means orphan. */
  readonly after: string;
  readonly status: Readonly<Record<string, AnchorStatus>>;
  /** Marks of places that an orphan must offer, by the comment's mark. */
  readonly offers?: Readonly<Record<string, string>>;
}

const PRICES = `
import { tax } from './tax';

‹1›export function total(items: Item[]) {
  let sum = 0;
  for (const item of items) {
‹2›    sum += item.price * item.quantity;
  }
‹3›  return sum + tax(sum);
}

export function average(items: Item[]) {
‹4›  if (items.length === 0) return 0;
  return total(items) / items.length;
}
`;

const cases: readonly Case[] = [
  { name: 'nothing changed', before: PRICES, after: PRICES, status: { 1: 'exact', 2: 'exact', 3: 'exact', 4: 'exact' } },
  {
    name: 'lines inserted above and in between',
    before: PRICES,
    after: `
// Prices without discounts.
import { tax } from './tax';

‹1›export function total(items: Item[]) {
  let sum = 0;
  for (const item of items) {
‹2›    sum += item.price * item.quantity;
  }
  log('summed up');
‹3›  return sum + tax(sum);
}

export function average(items: Item[]) {
‹4›  if (items.length === 0) return 0;
  return total(items) / items.length;
}
`,
    status: { 1: 'moved', 2: 'moved', 3: 'moved', 4: 'moved' },
  },
  {
    name: 'lines edited, one deleted',
    before: PRICES,
    after: `
import { tax } from './tax';

‹1›export function total(items: readonly Item[]): number {
  let sum = 0;
  for (const item of items) {
‹2›    sum += item.price * item.count;
  }
‹3›  return sum + tax(sum);
}

export function average(items: Item[]) {
  return total(items) / items.length;
}
`,
    status: { 1: 'edited', 2: 'edited', 3: 'exact', 4: 'orphan' },
  },
  {
    name: 'a line replaced by another on the spot',
    before: PRICES,
    after: PRICES.replace('sum += item.price * item.quantity;', 'yield* invoice;'),
    status: { 1: 'exact', 2: 'rewritten', 3: 'exact', 4: 'exact' },
  },
  {
    name: 're-indented with tabs and CRLF',
    before: PRICES,
    after: PRICES.replaceAll(/^(‹\d›)?( +)/gm, (_, mark: string | undefined, spaces: string) => `${mark ?? ''}${'\t'.repeat(spaces.length / 2)}`),
    status: { 1: 'exact', 2: 'exact', 3: 'exact', 4: 'exact' },
  },
  {
    name: 'a statement wrapped by a formatter',
    before: `
const first = 1;
‹1›const result = await client.request(endpoint, { method: 'POST', body: payload });
use(result);
`,
    after: `
const first = 1;
‹1›const result = await client.request(endpoint, {
‹1›  method: 'POST',
‹1›  body: payload,
‹1›});
use(result);
`,
    status: { 1: 'edited' },
  },
  {
    name: 'a wrapped statement joined again',
    before: `
const first = 1;
foo.bar(
‹1›  alpha, beta,
  gamma);
use(result);
`,
    after: `
const first = 1;
‹1›foo.bar(alpha, beta, gamma);
use(result);
`,
    status: { 1: 'edited' },
  },
  {
    name: 'functions in another order',
    before: PRICES,
    after: `
import { tax } from './tax';

export function average(items: Item[]) {
‹4›  if (items.length === 0) return 0;
  return total(items) / items.length;
}

‹1›export function total(items: Item[]) {
  let sum = 0;
  for (const item of items) {
‹2›    sum += item.price * item.quantity;
  }
‹3›  return sum + tax(sum);
}
`,
    status: { 1: 'moved', 2: 'moved', 3: 'moved', 4: 'moved' },
  },
  {
    name: 'a block deleted, its similar sibling stays',
    before: `
function readUser(id) {
‹1›  const row = database.find('user', id);
  return row;
}

function readOrder(id) {
‹2›  const row = database.find('order', id);
  return row;
}
`,
    after: `
function readOrder(id) {
‹2›  const row = database.find('order', id);
  return row;
}
`,
    status: { 1: 'orphan', 2: 'moved' },
  },
  {
    name: 'a copy right below: both are offered, none is chosen',
    before: `
start();
‹1›server.listen(port, callback);
stop();
`,
    after: `
start();
‹a›server.listen(port, callback);
‹b›server.listen(port, callback);
stop();
`,
    status: { 1: 'orphan' },
    offers: { 1: 'ab' },
  },
  {
    name: 'a copy far away leaves the original alone',
    before: PRICES,
    after: `${PRICES}
export function grandTotal(items: Item[]) {
    sum += item.price * item.quantity;
}
`,
    status: { 1: 'exact', 2: 'exact', 3: 'exact', 4: 'exact' },
  },
  {
    name: 'a range that loses its first and last line is trimmed',
    before: `
open();
‹1›const options = readOptions(path);
‹1›const parsed = parseOptions(options);
‹1›const checked = validate(parsed, schema);
‹1›report(checked.problems);
close();
`,
    after: `
open();
‹1›const parsed = parseOptions(options);
‹1›const checked = validate(parsed, schema);
close();
`,
    status: { 1: 'edited' },
  },
  {
    name: 'a line inserted into a range belongs to it',
    before: `
open();
‹1›const options = readOptions(path);
‹1›const parsed = parseOptions(options);
close();
`,
    after: `
open();
‹1›const options = readOptions(path);
‹1›log(options);
‹1›const parsed = parseOptions(options);
close();
`,
    status: { 1: 'edited' },
  },
  {
    name: 'a closing brace stays with its own function',
    before: `
function a() {
  one();
‹1›}

function b() {
  two();
‹2›}
`,
    after: `
function a() {
  one();
‹1›}

function added() {
  three();
}

function b() {
  two();
‹2›}
`,
    status: { 1: 'exact', 2: 'moved' },
  },
  { name: 'everything deleted', before: PRICES, after: '', status: { 1: 'orphan', 2: 'orphan', 3: 'orphan', 4: 'orphan' } },
  { name: 'not a text any more', before: PRICES, after: 'GIF89a\0\0\0', status: { 1: 'orphan', 2: 'orphan', 3: 'orphan', 4: 'orphan' } },
];

for (const { name, before, after, status, offers } of cases) {
  test(`anchors: ${name}`, () => {
    const old = parseMarked(before);
    const now = parseMarked(after);
    const names = [...old.ranges.keys()];
    const anchors = names.map((mark) => anchorAt(old.text, old.ranges.get(mark)!));
    const resolutions = resolveAnchors(anchors, old.text, now.text);
    const actual = Object.fromEntries(names.map((mark, i) => [mark, { status: resolutions[i]!.status, range: resolutions[i]!.range }]));
    const expected = Object.fromEntries(names.map((mark) => [mark, { status: status[mark], range: now.ranges.get(mark) }]));
    assert.deepEqual(actual, expected);
    for (const [mark, places] of Object.entries(offers ?? {})) {
      const offered = resolutions[names.indexOf(mark)]!.candidates!.map(({ range }) => range);
      assert.deepEqual(offered, Array.from(places, (place) => now.ranges.get(place)));
    }
    // The other end-of-line convention changes nothing.
    assert.deepEqual(resolveAnchors(anchors, old.text, now.text.replaceAll('\n', '\r\n')), resolutions);
    for (const { status: s, nearestLine } of resolutions) assert.equal(nearestLine !== undefined, s === 'orphan');
  });
}

test('anchors: without a file the status says so', () => {
  assert.deepEqual(resolveAnchors([anchorAt('a\nb', { start: 1, end: 1 })], 'a\nb', undefined), [{ status: 'file-gone', score: 0 }]);
});

const old = parseMarked(PRICES);
const withoutSnapshot: readonly { name: string; after: string; status: AnchorStatus; line?: number }[] = [
  { name: 'unchanged', after: old.text, status: 'exact', line: 6 },
  { name: 'moved down', after: `\n\n${old.text}`, status: 'moved', line: 8 },
  { name: 'edited in place', after: old.text.replace('item.quantity', 'item.count'), status: 'edited', line: 6 },
  { name: 'deleted', after: old.text.replace('    sum += item.price * item.quantity;\n', ''), status: 'orphan' },
  { name: 'twice in the same surroundings', after: `${old.text}\n${old.text}`, status: 'orphan' },
];
for (const { name, after, status, line } of withoutSnapshot) {
  test(`anchors without the old text: ${name}`, () => {
    const [resolution] = resolveAnchors([anchorAt(old.text, old.ranges.get('2')!)], undefined, after);
    assert.deepEqual([resolution!.status, resolution!.range?.start], [status, line]);
  });
}

test('anchors: a snapshot that does not hold the quote is not believed', () => {
  const [resolution] = resolveAnchors([anchorAt(old.text, old.ranges.get('2')!)], 'something\nelse', old.text);
  assert.equal(resolution!.range?.start, 6);
});

test('anchors: another text with some lines in common gets nothing attached', () => {
  const filled = (statement: (i: number) => string): string => Array.from({ length: 120 }, (_, i) => (i % 8 === 0 ? '  return finished;' : i % 8 === 4 ? '}' : statement(i))).join('\n');
  const before = filled((i) => `  invoice${i}.total = sumOf(rows[${i}].prices);`);
  const after = filled((i) => `  if (queue.has("job-${i}")) await worker${i * 3}.start({ retries: ${i} });`);
  const anchors = Array.from({ length: 120 }, (_, i) => anchorAt(before, { start: i + 1, end: i + 1 }));
  const attached = resolveAnchors(anchors, before, after).flatMap(({ range }, i) => (range ? [before.split('\n')[i]] : []));
  assert.deepEqual(attached, []);
});
