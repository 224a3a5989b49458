/**
 * Folders that nobody should have, and somebody will. What is eight times as large may cost eight times as much, and
 * not the square of it: both are measured here, by the time that this thread was on a processor, which a slow or busy
 * machine does not change.
 */
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { linkedNotes } from '../../../src/core/notes/index.ts';
import { org, stage } from './stage.ts';

const [MANY, FEW] = [9000, 9000 / 8];
/** Between 8, which is in proportion, and 64, which is its square. */
const MOST_TIMES = 24;
/** What is over so soon is all beginnings. */
const LEAST_MS = 5;

/** Milliseconds on a processor, by what was done. */
type Costs = Map<string, number>;

async function counted<T>(costs: Costs, what: string, work: () => Promise<T>): Promise<T> {
  const { user, system } = process.threadCpuUsage();
  const result = await work();
  const after = process.threadCpuUsage();
  costs.set(what, (after.user + after.system - user - system) / 1000);
  return result;
}

function assertInProportion(small: Costs, large: Costs): void {
  for (const [what, cost] of large) {
    const times = cost / Math.max(LEAST_MS, small.get(what) ?? NaN);
    assert(times < MOST_TIMES, `${what} took ${cost.toFixed(0)} ms of a processor, ${times.toFixed(0)} times as much as an eighth of it`);
  }
}

const files = (many: number, textOf: (n: number) => string) => Object.fromEntries(Array.from({ length: many }, (_, n) => [`n${n}.org`, org(`n${n}`, `Note ${n}`, n % 2 === 0 ? ':PUBLIC:' : '', textOf(n))]));

async function hub(t: TestContext, many: number): Promise<Costs> {
  const costs: Costs = new Map();
  const s = stage(t, { ...files(many, () => '[[id:hub]]'), 'hub.org': org('hub', 'Hub', ':PUBLIC:', 'centre') });
  const notes = await counted(costs, 'the index', () => s.all());
  assert.equal((await counted(costs, 'the hub', () => notes.get('hub'))).backlinks.length, many);
  s.write('hub.org', org('hub', 'Hub', ':PUBLIC:', 'periphery'));
  assert.equal((await counted(costs, 'a change of the hub', () => notes.search('periphery'))).total, 1);
  const { links } = await counted(costs, 'the graph', () => linkedNotes(notes.index, () => Promise.resolve()));
  assert.equal(links.length, 2 * many);
  const agents = await s.public();
  assert.equal((await agents.agent.get('hub')).backlinks.length, Math.ceil(many / 2));
  return costs;
}

test('9,000 notes link to one: it is read, changed and drawn; the public view knows of the public half only', { timeout: 600_000 }, async (t) => {
  assertInProportion(await hub(t, FEW), await hub(t, MANY));
});

async function ring(t: TestContext, many: number): Promise<Costs> {
  const costs: Costs = new Map();
  const s = stage(t, files(many, (n) => `[[id:n${(n + 1) % many}]] [[id:n${(n + many - 1) % many}]]`));
  const notes = await counted(costs, 'the index', () => s.all());
  const { links, backlinks } = await notes.get('n0');
  assert.deepEqual([links.map(({ note }) => note?.id), backlinks.map(({ id }) => id)], [['n1', `n${many - 1}`], ['n1', `n${many - 1}`]]);
  assert.deepEqual((await counted(costs, 'a check', () => notes.check())).orphans, []);
  const graph = await counted(costs, 'the graph', () => linkedNotes(notes.index, () => Promise.resolve()));
  assert.equal(graph.links.length, 4 * many);
  return costs;
}

test('9,000 notes in one ring, each also linking back: nothing goes round in circles', { timeout: 600_000 }, async (t) => {
  assertInProportion(await ring(t, FEW), await ring(t, MANY));
});

const MEGABYTES = 20;
const filled = (line: string, megabytes: number) => `${line.repeat(Math.ceil((megabytes * 1024 * 1024) / line.length))}\n`;
const large: readonly { name: string; file: string; text: (megabytes: number) => string }[] = [
  { name: 'lines of words', file: 'big.org', text: (mb) => org('big', 'Big', ':PUBLIC:', `needle ${filled('some words in a line of a long note\n', mb)}`) },
  { name: 'headlines', file: 'big.org', text: (mb) => org('big', 'Big', ':PUBLIC:', `needle\n${filled(`* Head\n${'text '.repeat(40)}\n`, mb)}`) },
  { name: 'one line without blanks', file: 'big.md', text: (mb) => `---\nid: big\ntags: [PUBLIC]\n---\nneedle ${filled('x[[y](', mb)}` },
  { name: 'links in org', file: 'big.org', text: (mb) => org('big', 'Big', ':PUBLIC:', `needle ${filled('[[other]] [[no]] \n', mb)}`) },
  { name: 'links', file: 'big.md', text: (mb) => `---\nid: big\ntags: [PUBLIC]\n---\nneedle ${filled('[[other]] ', mb)}` },
  { name: 'comments without an end', file: 'big.md', text: (mb) => `---\nid: big\ntags: [PUBLIC]\n---\nneedle ${filled('<!-- ', mb)}` },
];

async function longNote(t: TestContext, file: string, text: string): Promise<Costs> {
  const costs: Costs = new Map();
  const s = stage(t, { [file]: text, 'other.org': org('other', 'Other', ':PUBLIC:', 'small') });
  const notes = await counted(costs, 'the index', () => s.all());
  assert.equal((await notes.search('needle')).notes[0]?.id, 'big');
  assert.equal((await notes.get('big')).content.length, text.length);
  assert.equal((await counted(costs, 'another note', () => notes.get('other'))).note.id, 'other');
  return costs;
}

for (const { name, file, text } of large) {
  test(`a note of ${MEGABYTES} MB: ${name}`, { timeout: 600_000 }, async (t) => {
    assertInProportion(await longNote(t, file, text(MEGABYTES / 8)), await longNote(t, file, text(MEGABYTES)));
  });
}

test('a file of more headlines than anybody writes is private, and said to be', { timeout: 600_000 }, async (t) => {
  const s = stage(t, { 'heads.org': org('heads', 'Heads', ':PUBLIC:', '* a\n** b\n'.repeat(60_000)), 'other.org': org('other', 'Other', ':PUBLIC:', '') });
  const notes = await s.all();
  assert.match((await notes.check()).files[0]?.problem ?? '', /120000 headlines/);
  assert.deepEqual((await (await s.public()).list()).map(({ id }) => id), ['other']);
});
