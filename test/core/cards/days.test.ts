import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { createDays, dateOf } from '../../../src/core/cards/days.ts';

/** A zone's offset from the system's own tables. */
function zone(name: string): (at: number) => number {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone: name, dateStyle: 'short', timeStyle: 'medium' });
  return (at) => {
    const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    const wall = Date.UTC(part['year'] ?? 0, (part['month'] ?? 1) - 1, part['day'], part['hour'], part['minute'], part['second']);
    return Math.round((wall - at) / 60_000);
  };
}

describe('which day a moment is in', () => {
  const cases: { zone: string; start?: number; at: string; date: string }[] = [
    { zone: 'UTC', at: '2025-01-26T03:59:59Z', date: '2025-01-25' },
    { zone: 'UTC', at: '2025-01-26T04:00:00Z', date: '2025-01-26' },
    { zone: 'UTC', start: 0, at: '2025-01-26T00:00:00Z', date: '2025-01-26' },
    { zone: 'America/Los_Angeles', at: '2025-01-26T11:59:00Z', date: '2025-01-25' },
    { zone: 'Asia/Kathmandu', at: '2025-01-25T22:15:00Z', date: '2025-01-26' },
    // The night in which the clock went forward, and the one in which it went back.
    { zone: 'Europe/Berlin', at: '2025-03-30T01:59:00Z', date: '2025-03-29' },
    { zone: 'Europe/Berlin', at: '2025-03-30T02:00:00Z', date: '2025-03-30' },
    { zone: 'Europe/Berlin', at: '2025-10-26T02:59:00Z', date: '2025-10-25' },
    { zone: 'Europe/Berlin', at: '2025-10-26T03:00:00Z', date: '2025-10-26' },
  ];
  for (const { zone: name, start, at, date } of cases) {
    test(`${at} in ${name}${start === undefined ? '' : `, days from ${start} o'clock`} is ${date}`, () => assert.equal(dateOf(createDays(zone(name), start).dayOf(Date.parse(at))), date));
  }
});

for (const name of ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'America/Sao_Paulo', 'Asia/Kolkata']) {
  for (const start of [0, 2, 4]) {
    test(`days in ${name} from ${start} o'clock: each begins where the one before ends`, () => {
      const days = createDays(zone(name), start);
      fc.assert(
        fc.property(fc.integer({ min: 17_500, max: 20_500 }), (day) => {
          const from = days.startOf(day);
          assert.equal(days.dayOf(from), day);
          assert.ok(days.startOf(day + 1) > from);
          const hours = (days.startOf(day + 1) - from) / 3_600_000;
          assert.ok(hours >= 22.9 && hours <= 25.1, `${hours} hours`);
        }),
        { seed: 3, numRuns: 60, examples: [[17_834], [17_835], [20_177], [20_387]] },
      );
    });
  }
}
