/** Folders that nobody should have, and somebody will. Times are generous: they tell a blow-up from slowness. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linkedNotes } from '../../../src/core/notes/index.ts';
import { org, stage } from './stage.ts';

const MANY = 9000;

async function within<T>(ms: number, what: string, work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const result = await work();
  const took = performance.now() - started;
  assert(took < ms, `${what} took ${Math.round(took)} ms`);
  return result;
}

const files = (textOf: (n: number) => string) => Object.fromEntries(Array.from({ length: MANY }, (_, n) => [`n${n}.org`, org(`n${n}`, `Note ${n}`, n % 2 === 0 ? ':PUBLIC:' : '', textOf(n))]));

test('9,000 notes link to one: it is read, changed and drawn; the public view knows of the public half only', { timeout: 180_000 }, async (t) => {
  const s = stage(t, { ...files(() => '[[id:hub]]'), 'hub.org': org('hub', 'Hub', ':PUBLIC:', 'centre') });
  const notes = await within(60_000, 'the index', () => s.all());
  assert.equal((await within(5000, 'the hub', () => notes.get('hub'))).backlinks.length, MANY);
  s.write('hub.org', org('hub', 'Hub', ':PUBLIC:', 'periphery'));
  assert.equal((await within(5000, 'a change of the hub', () => notes.search('periphery'))).total, 1);
  const { links } = await within(10_000, 'the graph', () => linkedNotes(notes.index, () => Promise.resolve()));
  assert.equal(links.length, 2 * MANY);
  const agents = await s.public();
  assert.equal((await agents.agent.get('hub')).backlinks.length, MANY / 2);
});

test('9,000 notes in one ring, each also linking back: nothing goes round in circles', { timeout: 180_000 }, async (t) => {
  const s = stage(t, files((n) => `[[id:n${(n + 1) % MANY}]] [[id:n${(n + MANY - 1) % MANY}]]`));
  const notes = await within(60_000, 'the index', () => s.all());
  const { links, backlinks } = await notes.get('n0');
  assert.deepEqual([links.map(({ note }) => note?.id), backlinks.map(({ id }) => id)], [['n1', `n${MANY - 1}`], ['n1', `n${MANY - 1}`]]);
  assert.deepEqual((await within(10_000, 'a check', () => notes.check())).orphans, []);
  const graph = await within(10_000, 'the graph', () => linkedNotes(notes.index, () => Promise.resolve()));
  assert.equal(graph.links.length, 4 * MANY);
});

const text20MB = (line: string) => `${line.repeat(Math.ceil((20 * 1024 * 1024) / line.length))}\n`;
const large: readonly { name: string; file: string; text: string }[] = [
  { name: 'lines of words', file: 'big.org', text: org('big', 'Big', ':PUBLIC:', `needle ${text20MB('some words in a line of a long note\n')}`) },
  { name: 'headlines', file: 'big.org', text: org('big', 'Big', ':PUBLIC:', `needle\n${text20MB(`* Head\n${'text '.repeat(40)}\n`)}`) },
  { name: 'one line without blanks', file: 'big.md', text: `---\nid: big\ntags: [PUBLIC]\n---\nneedle ${text20MB('x[[y](')}` },
  { name: 'links', file: 'big.md', text: `---\nid: big\ntags: [PUBLIC]\n---\nneedle ${text20MB('[[other]] ')}` },
  { name: 'comments without an end', file: 'big.md', text: `---\nid: big\ntags: [PUBLIC]\n---\nneedle ${text20MB('<!-- ')}` },
];
for (const { name, file, text } of large) {
  test(`a note of 20 MB: ${name}`, { timeout: 180_000 }, async (t) => {
    const s = stage(t, { [file]: text, 'other.org': org('other', 'Other', ':PUBLIC:', 'small') });
    const notes = await within(90_000, 'the index', () => s.all());
    assert.equal((await notes.search('needle')).notes[0]?.id, 'big');
    assert.equal((await notes.get('big')).content.length, text.length);
    assert.equal((await within(2000, 'another note', () => notes.get('other'))).note.id, 'other');
  });
}

test('a file of more headlines than anybody writes is private, and said to be', { timeout: 120_000 }, async (t) => {
  const s = stage(t, { 'heads.org': org('heads', 'Heads', ':PUBLIC:', '* a\n** b\n'.repeat(60_000)), 'other.org': org('other', 'Other', ':PUBLIC:', '') });
  const notes = await s.all();
  assert.match((await notes.check()).files[0]?.problem ?? '', /120000 headlines/);
  assert.deepEqual((await (await s.public()).list()).map(({ id }) => id), ['other']);
});
