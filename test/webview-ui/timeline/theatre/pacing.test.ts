import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { holdTime } from '../../../../webview-ui/timeline/theatre/pacing.ts';

const minute = 60_000;
const cases: { what: string; length: number; gap: number; speed: number; hold: number }[] = [
  { what: 'a word is seen', length: 5, gap: 0, speed: 1, hold: 1500 },
  { what: '238 words of six letters take a minute, but twelve seconds are enough', length: 1428, gap: 0, speed: 1, hold: 12_000 },
  { what: 'a hundred words', length: 238, gap: 0, speed: 1, hold: 10_000 },
  { what: 'a minute of silence is a second', length: 238, gap: minute, speed: 1, hold: 11_000 },
  { what: 'a night is four seconds', length: 238, gap: 480 * minute, speed: 1, hold: 14_000 },
  { what: 'twice as fast', length: 238, gap: minute, speed: 2, hold: 5500 },
  { what: 'ten times as fast', length: 238, gap: minute, speed: 10, hold: 1100 },
  { what: 'too fast to see', length: 5, gap: 0, speed: 10, hold: 250 },
  { what: 'a clock that went back', length: 238, gap: -minute, speed: 1, hold: 10_000 },
];
for (const { what, length, gap, speed, hold } of cases) test(`${what}: ${hold} ms`, () => assert.equal(Math.round(holdTime(length, gap, speed)), hold));

test('a longer text or a longer gap never plays shorter, and nothing plays for more than 16 seconds', () => {
  const n = fc.integer({ min: 0, max: 1e9 });
  fc.assert(fc.property(n, n, n, n, fc.constantFrom(1, 2, 10), (length, moreLength, gap, moreGap, speed) => {
    const hold = holdTime(length, gap, speed);
    assert(holdTime(length + moreLength, gap + moreGap, speed) >= hold);
    assert(hold >= 150 && hold <= 16_000);
  }), { seed: 1 });
});
