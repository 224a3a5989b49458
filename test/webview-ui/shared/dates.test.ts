/** Local days where clocks change: run in Berlin, where a day of March has 23 hours and one of October 25. */
process.env['TZ'] = 'Europe/Berlin';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addMonths, calendarMonth, dayWithPrompts, isOneDay } from '../../../webview-ui/timeline/model/calendar.ts';
import { addDays, dateOf, dayOf, hour, isoDay, midnights, parseIsoDay, startOfDay } from '../../../webview-ui/shared/dates.ts';
import { foldDays } from '../../../webview-ui/timeline/model/dayFold.ts';

const at = (text: string) => new Date(text).getTime();
const offsetAt = (moment: number) => dateOf(moment).getTimezoneOffset();
const clock = (time: number) => `${Math.floor(time / hour)}:${String(Math.floor((time % hour) / 60_000)).padStart(2, '0')}`;

test('a day is as long as it is', () => {
  const hours = (day: string) => (dayOf(at(`${day}T12:00`)).to - dayOf(at(`${day}T12:00`)).from) / hour;
  assert.deepEqual(['2025-03-30', '2025-10-26', '2025-10-27'].map(hours), [23, 25, 24]);
});

test('midnights stay midnights across a change of the clock', () => {
  const found = midnights({ from: at('2025-10-25T10:00'), to: at('2025-10-28T10:00') });
  assert.deepEqual(found.map((moment) => dateOf(moment).getHours()), [0, 0, 0]);
  assert.deepEqual(found.map(isoDay), ['2025-10-26', '2025-10-27', '2025-10-28']);
  assert.deepEqual(midnights({ from: 0, to: 8.64e15 }), [], 'too many for anybody to see');
});

test('addDays crosses months, years and changes of the clock', () => {
  for (const [from, days, to] of [['2025-03-29', 1, '2025-03-30'], ['2025-03-30', 1, '2025-03-31'], ['2025-12-31', 1, '2026-01-01'], ['2024-02-28', 2, '2024-03-01'], ['2025-11-02', -7, '2025-10-26']] as const) {
    assert.equal(isoDay(addDays(at(`${from}T23:59`), days)), to);
  }
});

test('any number becomes a date', () => {
  for (const moment of [NaN, Infinity, -Infinity, 1e300, 8.64e15 + 1, -1e20]) assert(!Number.isNaN(dateOf(moment).getTime()));
});

test('days as text', () => {
  assert.equal(parseIsoDay('2025-10-26'), startOfDay(at('2025-10-26T05:00')));
  for (const bad of ['', '2025-02-30', '26.10.2025', '2025-10-26T10:00']) assert.equal(parseIsoDay(bad), undefined);
});

test('the fold puts each prompt at the time on the wall', () => {
  const moments = ['2025-03-30T01:30+01:00', '2025-03-30T03:30+02:00', '2025-10-26T02:30+02:00', '2025-10-26T02:30+01:00', '2025-10-26T23:59+01:00'].map(at);
  const { x, rows } = foldDays(Float64Array.from(moments), offsetAt);
  const wall = new Map([...rows].map((row, i) => [row, clock(x[i]!)]));
  assert.deepEqual(moments.map((_, row) => wall.get(row)), ['1:30', '3:30', '2:30', '2:30', '23:59']);
  assert.deepEqual([...x], [...x].toSorted((a, b) => a - b), 'rising');
});

test('the fold agrees with the clock for every quarter of an hour of a year', () => {
  const moments = Float64Array.from({ length: 366 * 96 }, (_, i) => at('2025-01-01T00:00') + i * 15 * 60_000 + 1234);
  const { x, rows } = foldDays(moments, offsetAt);
  for (let i = 0; i < x.length; i++) {
    const date = new Date(moments[rows[i]!]!);
    assert.equal(x[i], ((date.getHours() * 60 + date.getMinutes()) * 60 + date.getSeconds()) * 1000 + date.getMilliseconds());
  }
});

test('the calendar counts local days', () => {
  const times = Float64Array.from(['2025-09-30T23:30', '2025-10-01T00:10', '2025-10-26T02:30', '2025-10-26T23:59', '2025-10-27T00:00'].map(at));
  const days = calendarMonth(at('2025-10-15T12:00'), times, 1);
  assert.equal(days.length, 42);
  const count = (day: string) => days.find(({ from }) => isoDay(from) === day)?.count;
  assert.deepEqual(['2025-09-30', '2025-10-01', '2025-10-26', '2025-10-27'].map(count), [1, 1, 2, 1]);
  assert.equal(dateOf(days[0]!.from).getDay(), 1, 'begins with Monday');
  assert.deepEqual(days.filter(({ inMonth }) => inMonth).length, 31);
  assert.equal(days.find(({ from }) => isoDay(from) === '2025-10-26')?.level, 4);
  const hidden = calendarMonth(at('2025-10-15T12:00'), times, 1, Uint8Array.of(2, 2, 0, 1, 2));
  assert.equal(hidden.find(({ from }) => isoDay(from) === '2025-10-26')?.count, 1);
});

test('months turn, also from their last day', () => {
  assert.equal(isoDay(addMonths(at('2025-01-31T10:00'), 1)), '2025-02-01');
  assert.equal(isoDay(addMonths(at('2025-01-31T10:00'), -1)), '2024-12-01');
});

test('the next day with prompts skips days without, and hidden ones', () => {
  const times = Float64Array.from(['2025-10-01T10:00', '2025-10-03T10:00', '2025-10-09T10:00'].map(at));
  const shown = Uint8Array.of(2, 0, 1);
  const day = (found: ReturnType<typeof dayWithPrompts>) => found && isoDay(found.from);
  assert.equal(day(dayWithPrompts(at('2025-10-01T12:00'), 1, times, shown)), '2025-10-09');
  assert.equal(day(dayWithPrompts(at('2025-10-09T12:00'), -1, times, shown)), '2025-10-01');
  assert.equal(dayWithPrompts(at('2025-10-01T12:00'), -1, times, shown), undefined);
  assert(isOneDay(dayWithPrompts(at('2025-10-01T12:00'), 1, times, shown)!));
});
