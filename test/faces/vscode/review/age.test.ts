import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OrgTimestamp } from '../../../../src/core/review/index.ts';
import { calendarDaysBetween, formatAge, formatExactly } from '../../../../src/faces/vscode/review/age.ts';

const now = new Date(2026, 10, 25, 14, 30, 20);
const at = (month: number, day: number, hour?: number, minute?: number, year = 2026): OrgTimestamp => ({ year, month, day, ...(hour !== undefined && { hour, minute: minute ?? 0 }) });

const cases: [name: string, time: OrgTimestamp, age: string, exactly: string][] = [
  ['this minute', at(11, 25, 14, 30), 'now', '2026-11-25 14:30'],
  ['a clock that is a little ahead', at(11, 25, 14, 31), 'now', '2026-11-25 14:31'],
  ['minutes', at(11, 25, 14, 27), '3 m', '2026-11-25 14:27'],
  ['an hour ago is no 60 m', at(11, 25, 13, 30), '1 h', '2026-11-25 13:30'],
  ['hours', at(11, 25, 0, 5), '14 h', '2026-11-25 00:05'],
  ['yesterday, less than 24 hours ago', at(11, 24, 23, 59), 'yesterday 23:59', '2026-11-24 23:59'],
  ['this week', at(11, 23, 8, 5), 'Mon 08:05', '2026-11-23 08:05'],
  ['a week ago is not this weekday', at(11, 18, 8, 5), '18 Nov', '2026-11-18 08:05'],
  ['another year', at(12, 31, 23, 0, 2025), '31 Dec 2025', '2025-12-31 23:00'],
  ['a day without a time', at(11, 25), 'today', '2026-11-25'],
  ['yesterday without a time', at(11, 24), 'yesterday', '2026-11-24'],
];

for (const [name, time, age, exactly] of cases) {
  test(`age: ${name}`, () => assert.deepEqual([formatAge(time, now), formatExactly(time)], [age, exactly]));
}

test('yesterday in the first minutes of a day is told in minutes', () => {
  assert.equal(formatAge(at(11, 24, 23, 58), new Date(2026, 10, 25, 0, 3)), '5 m');
});

test('days are counted by the calendar, over changes of the clock and of the year', () => {
  assert.equal(calendarDaysBetween(new Date(2026, 2, 28, 23, 0), new Date(2026, 2, 30, 1, 0)), 2);
  assert.equal(calendarDaysBetween(new Date(2025, 11, 31), new Date(2026, 0, 1)), 1);
});
