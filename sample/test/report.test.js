import assert from 'node:assert/strict';
import { test } from 'node:test';

import { summarize } from '../src/report.js';

test('the busiest client comes first', () => {
  const data = {
    clients: [{ name: 'acme', rate: 80 }, { name: 'globex', rate: 100 }],
    entries: [
      { client: 'acme', hours: 1 },
      { client: 'globex', hours: 2 },
      { client: 'acme', hours: 0.5 },
    ],
  };
  assert.deepEqual(summarize(data), [
    { client: 'globex', hours: 2, amount: 200 },
    { client: 'acme', hours: 1.5, amount: 120 },
  ]);
});
