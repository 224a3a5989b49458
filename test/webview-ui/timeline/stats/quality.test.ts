import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { bestSentence, lengthLabel, lengthSentence, merge, spread, sum, type LengthGroup } from '../../../../webview-ui/timeline/stats/quality.ts';

const group = (rated: number, mean: number, count = rated) => ({ count, rated, mean });
const lengths = (...groups: [rated: number, mean: number][]): LengthGroup[] => groups.map(([rated, mean], i) => ({ from: i * 100, to: i === groups.length - 1 ? null : (i + 1) * 100, ...group(rated, mean) }));
/** As many of each star: a wide spread. */
const wide = [20, 20, 20, 20, 20];
/** Nearly all the same. */
const narrow = [0, 5, 90, 5, 0];

const cases: { what: string; lengths: LengthGroup[]; distribution: number[]; says: RegExp }[] = [
  { what: 'nothing at all', lengths: [], distribution: [0, 0, 0, 0, 0], says: /^Too few ratings to say: 0 so far/ },
  { what: 'nothing rated', lengths: lengths([0, 0], [0, 0]), distribution: [0, 0, 0, 0, 0], says: /^Too few ratings to say: 0 so far/ },
  { what: 'all of one length', lengths: lengths([500, 3], [3, 5]), distribution: wide, says: /^Too few ratings to say: 503 so far/ },
  { what: 'longer ones do better', lengths: lengths([40, 2.5], [40, 4]), distribution: wide, says: /^Longer, more specific prompts do better: from 100 characters on the mean is 4\.0 stars \(40 rated\), below it is 2\.5 \(40 rated\)\.$/ },
  { what: 'shorter ones do better', lengths: lengths([40, 4], [40, 2.5]), distribution: wide, says: /^Shorter prompts do better/ },
  { what: 'a difference that may be chance', lengths: lengths([12, 3], [12, 3.5]), distribution: wide, says: /^No clear difference/ },
  { what: 'the same difference where ratings hardly differ', lengths: lengths([12, 3], [12, 3.5]), distribution: narrow, says: /^Longer/ },
  { what: 'the cut halves the rated ones, it does not look for a difference', lengths: lengths([40, 3], [40, 3], [10, 5]), distribution: wide, says: /from 100 characters on the mean is 3\.4 stars \(50 rated\)/ },
];
for (const { what, lengths: groups, distribution, says } of cases) test(what, () => assert.match(lengthSentence(groups, distribution), says));

test('groups add up, whatever is put together', () => {
  const groups = fc.array(fc.record({ count: fc.integer({ min: 0, max: 99 }), rated: fc.integer({ min: 0, max: 99 }), mean: fc.double({ min: 1, max: 5, noNaN: true }) }), { maxLength: 30 });
  fc.assert(fc.property(groups, fc.integer({ min: 1, max: 9 }), (all, size) => {
    const merged = merge(all, size);
    assert.equal(merged.length, Math.ceil(all.length / size));
    const [a, b] = [sum(all), sum(merged)];
    assert.deepEqual([a.count, a.rated], [b.count, b.rated]);
    assert(Math.abs(a.mean - b.mean) < 1e-9);
  }), { seed: 6 });
});

test('the spread of single ratings', () => {
  assert.equal(spread([0, 0, 7, 0, 0]), 0);
  assert.equal(spread([1, 0, 0, 0, 1]).toFixed(3), '2.828');
  assert.equal(spread([0, 0, 1, 0, 0]), 0);
});

test('best and weakest are named only where enough is rated', () => {
  const named = [group(30, 4.2), group(9, 5), group(12, 2)].map((one, i) => ({ ...one, name: 'abc'[i]! }));
  assert.equal(bestSentence(named, ({ name }) => name), 'Best: a with 4.2 stars (30 rated). Weakest: c with 2.0 stars (12 rated).');
  assert.match(bestSentence(named.slice(0, 2), ({ name }) => name), /^Where at least 10/);
});

test('labels of lengths', () => {
  assert.deepEqual([...lengths([1, 1], [1, 1]), { ...group(1, 1), from: 5, to: 6 }].map(lengthLabel), ['0–99', '100+', '5']);
});
