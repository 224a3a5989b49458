process.env['TZ'] = 'Europe/Berlin';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayAxis, dayLimits, fitting, timeAxis } from '../../../../webview-ui/timeline/chart/axis.ts';
import { day, hour, minute } from '../../../../webview-ui/shared/dates.ts';

const at = (text: string) => new Date(text).getTime();

test('ticks are few and rise, from two seconds to fifty years', () => {
  const middle = at('2025-10-26T02:30+01:00');
  for (const length of [2000, 30_000, minute, 20 * minute, hour, 5 * hour, day, 3 * day, 30 * day, 400 * day, 50 * 365 * day]) {
    const ticks = timeAxis.ticks({ from: middle - length / 2, to: middle + length / 2 }, 12);
    assert(ticks.length >= 1 && ticks.length <= 30, `${length}: ${ticks.length}`);
    assert.deepEqual(ticks.map((tick) => tick.at), ticks.map((tick) => tick.at).toSorted((a, b) => a - b));
    assert(ticks.every(({ label }) => label.length > 0 && !label.includes('Invalid')));
    assert(!ticks.every(({ strong }) => strong), `${length}: something must be ordinary`);
  }
});

test('the doubled hour of October has its own ticks', () => {
  const labels = timeAxis.ticks({ from: at('2025-10-26T01:00+02:00'), to: at('2025-10-26T04:00+01:00') }, 5).map(({ label }) => label);
  assert.equal(labels.filter((label) => label === '02:00').length, 2, labels.join(' '));
});

test('midnight is set apart among hours', () => {
  const ticks = timeAxis.ticks({ from: at('2025-10-02T18:00'), to: at('2025-10-03T06:00') }, 12);
  assert.deepEqual(ticks.filter(({ strong }) => strong).map((tick) => tick.at), [at('2025-10-03T00:00')]);
});

test('both ends are readable alone: they always carry the year', () => {
  for (const length of [3000, hour, day, 400 * day]) {
    const { long, short } = timeAxis.edges({ from: at('2025-10-02T10:00'), to: at('2025-10-02T10:00') + length });
    for (const text of long) assert.match(text, /202[56]/);
    for (const text of short) assert.match(text, /2[56]/);
  }
});

test('the day has hours', () => {
  const labels = dayAxis.ticks(dayLimits, 12).map(({ label }) => label);
  assert(labels.includes('12:00') && labels.includes('00:00'));
  assert.deepEqual(dayAxis.edges(dayLimits).long, ['00:00', '24:00']);
  assert.equal(dayAxis.now(Date.now()), undefined);
});

test('labels that fit never touch and stay inside; strong ones win', () => {
  const labels = Array.from({ length: 60 }, (_, i) => ({ x: i * 11, width: 40, strong: i === 13 }));
  const kept = fitting(labels, 640);
  assert(kept.some(({ strong }) => strong));
  for (let i = 1; i < kept.length; i++) assert(kept[i]!.x - kept[i - 1]!.x >= 52);
  assert(kept.every(({ x }) => x - 20 >= 0 && x + 20 <= 640));
});
