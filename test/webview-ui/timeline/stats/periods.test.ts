import assert from 'node:assert/strict';
import { test } from 'node:test';
import { periodOf, periods } from '../../../../webview-ui/timeline/stats/periods.ts';

const now = new Date(2025, 9, 7, 15, 30).getTime();
const begins: Record<string, number | undefined> = { all: undefined, year: new Date(2024, 9, 8).getTime(), 90: new Date(2025, 6, 10).getTime(), 30: new Date(2025, 8, 8).getTime(), 7: new Date(2025, 9, 1).getTime() };
for (const period of periods) {
  test(`${period.label} begins at a local midnight and has no end`, () => assert.deepEqual(periodOf(period, now), begins[period.name] === undefined ? {} : { from: begins[period.name] }));
}
