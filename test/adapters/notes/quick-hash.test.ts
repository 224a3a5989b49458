// Hashes that stand for files: two files never have one, and every change of a state shows.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { numbersBelow, signatureOf } from '../../../src/adapters/node/notes/quick-hash.ts';

test('a hundred thousand names that look alike have a hundred thousand numbers', () => {
  const folders = ['/n/', '/m/', '/n/n/', '/n/2024-01-'];
  const numbers = folders.flatMap((folder) => {
    const numberOf = numbersBelow(folder);
    return Array.from({ length: 25_000 }, (_, n) => numberOf(`${n}.md`));
  });
  assert(numbers.every((number) => Number.isSafeInteger(number)));
  assert.equal(new Set(numbers).size, numbers.length);
});

test('the number of a path does not depend on where it is divided', () => {
  assert.equal(numbersBelow('/a/')('b/c.md'), numbersBelow('/a/b/')('c.md'));
});

test('a signature shows every change of one number, and every exchange of two', () => {
  const state = fc.double({ min: 0, max: 2e12, noNaN: true });
  fc.assert(
    fc.property(fc.array(state, { minLength: 2, maxLength: 40 }), fc.nat(), fc.nat(), state, (numbers, a, b, other) => {
      const [i, j] = [a % numbers.length, b % numbers.length];
      const before = signatureOf(Float64Array.from(numbers));
      const changed = numbers.with(i, other);
      assert.equal(signatureOf(Float64Array.from(changed)) === before, Object.is(numbers[i], other));
      const swapped = numbers.with(i, numbers[j] ?? NaN).with(j, numbers[i] ?? NaN);
      assert.equal(signatureOf(Float64Array.from(swapped)) === before, Object.is(numbers[i], numbers[j]));
    }),
    { seed: 53, numRuns: 2000 },
  );
});
