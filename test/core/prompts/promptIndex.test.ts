/** Which sightings are the same prompt, in whatever order they come. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseKey, PromptIndex, promptKey, sightingOf, type Origin, type ToldPrompt } from '../../../src/core/prompts/index.ts';
import { proportionate } from '../../helpers/proportionate.ts';

type Seen = readonly [origin: Origin, told: Partial<ToldPrompt> & { at: number }];
const told = (more: Partial<ToldPrompt>): ToldPrompt => ({ at: 0, text: 'go on', project: '/p', session: 's', agent: 'claude', pasted: undefined, ...more });

/** An index, and the archive that it wrote. */
class Collector {
  index = new PromptIndex();
  readonly archive: { origin: Origin; apart: boolean; told: ToldPrompt }[] = [];

  see([origin, more]: Seen): void {
    const sighting = sightingOf(told(more));
    const verdict = this.index.judge(sighting, origin);
    if (verdict === 'known') return;
    const line = { origin, apart: verdict === 'apart', told: sighting.told };
    const isNew = this.index.fold(line, sighting, { offset: this.archive.length, size: 1 });
    assert(isNew || verdict === 'new', 'what is apart is folded as new');
    this.archive.push(line);
  }

  /** As another process, or one that has lost its index, sees the archive. */
  rebuild(): PromptIndex {
    const index = new PromptIndex();
    for (const [n, line] of this.archive.entries()) index.fold(line, sightingOf(line.told), { offset: n, size: 1 });
    return index;
  }
}

const times = (index: PromptIndex) => [...index.table.at.subarray(0, index.table.count)];

test('the same and not the same', () => {
  const cases: [name: string, seen: Seen[], count: number][] = [
    ['the same line twice', [['history', { at: 0 }], ['history', { at: 0 }]], 1],
    ['in both sources, some seconds apart', [['history', { at: 0 }], ['transcript', { at: 4000 }]], 1],
    ['in the other order', [['transcript', { at: 4000 }], ['history', { at: 0 }]], 1],
    ['too far apart', [['history', { at: 0 }], ['transcript', { at: 5000 }]], 2],
    ['other white space', [['history', { at: 0, text: 'go  on\r\n' }], ['transcript', { at: 9 }]], 1],
    ['another text', [['history', { at: 0 }], ['transcript', { at: 0, text: 'go off' }]], 2],
    ['another session in the same millisecond', [['history', { at: 0 }], ['history', { at: 0, session: 't' }]], 2],
    ['a session that is not known', [['history', { at: 0, session: '' }], ['transcript', { at: 9 }]], 1],
    ['typed twice in a second', [['history', { at: 0 }], ['history', { at: 900 }]], 2],
    ['typed twice, and both in both', [['history', { at: 0 }], ['history', { at: 900 }], ['transcript', { at: 100 }], ['transcript', { at: 1000 }]], 2],
    ['the other way round', [['transcript', { at: 100 }], ['transcript', { at: 1000 }], ['history', { at: 0 }], ['history', { at: 900 }]], 2],
    ['typed twice, of which one has no history', [['history', { at: 0 }], ['transcript', { at: 100 }], ['transcript', { at: 1000 }]], 2],
    ['pasted text in its place', [['history', { at: 0, text: 'see [Pasted text #1 +2 lines]', pasted: { 1: { content: 'a\nb' } } }], ['transcript', { at: 9, text: 'see a\nb' }]], 1],
    ['around the bounds of time slots', [['history', { at: 4999 }], ['transcript', { at: 5001 }], ['history', { at: 9999 }], ['transcript', { at: 10_001 }]], 2],
    ['imported before the history came back', [['import', { at: 0, session: '' }], ['history', { at: 0 }], ['transcript', { at: 700 }]], 1],
    ['damaged characters', [['history', { at: 0, text: 'go on \ud83d' }], ['import', { at: 0, text: 'go on \ufffd', session: '' }]], 1],
  ];
  for (const [name, seen, count] of cases) {
    const collector = new Collector();
    for (const each of [...seen, ...seen]) collector.see(each);
    assert.equal(collector.index.table.count, count, name);
    assert.deepEqual(times(collector.rebuild()), times(collector.index), `${name}: rebuilt`);
  }
});

const sightings = (...origins: Origin[]) =>
  fc.array(fc.tuple(fc.constantFrom(...origins), fc.record({ at: fc.integer({ min: 0, max: 20_000 }), text: fc.constantFrom('a', 'b'), session: fc.constantFrom('', 's', 't') })), { maxLength: 40 });

test('the ids are those of the archive, whatever else was seen', () => {
  fc.assert(
    fc.property(sightings('history', 'transcript', 'import'), (all) => {
      const collector = new Collector();
      for (const each of all) collector.see(each);
      assert.deepEqual(times(collector.rebuild()), times(collector.index));
    }),
    { seed: 1, numRuns: 300 },
  );
});

test('to see it all again changes nothing', () => {
  fc.assert(
    fc.property(sightings('history', 'transcript'), (all) => {
      const collector = new Collector();
      for (const each of all) collector.see(each);
      const before = times(collector.index);
      for (const each of all) collector.see(each);
      assert.deepEqual(times(collector.index), before);
    }),
    { seed: 1, numRuns: 300 },
  );
});

test('twenty thousand times the same words in a minute', () => {
  const collected = (n: number) => {
    const collector = new Collector();
    for (let i = 0; i < n; i++) collector.see([i % 2 === 0 ? 'history' : 'transcript', { at: Math.floor(i * 0.6), session: String(i) }]);
    return collector.index.table.count;
  };
  assert(collected(20_000) >= 10_000);
  proportionate({ n: 20_000, make: (n) => n, run: collected });
});

test('a key finds its prompt, also where another source knows it with another time', () => {
  const collector = new Collector();
  for (const at of [0, 60_000, 120_000]) collector.see(['history', { at }]);
  const rowOf = (more: Partial<ToldPrompt>) => collector.index.rowOf(parseKey(promptKey(told(more)))!);
  assert.equal(rowOf({ at: 60_000 }), 1);
  assert.equal(rowOf({ at: 61_500 }), 1);
  assert.equal(rowOf({ at: 61_500, session: '' }), 1);
  assert.equal(rowOf({ at: 61_500, session: 't' }), undefined);
  assert.equal(rowOf({ at: 70_000 }), undefined);
  assert.equal(promptKey({ ...told({}), pasted: '{}' }), promptKey(told({})));
  assert.equal(parseKey('nonsense'), undefined);
});
