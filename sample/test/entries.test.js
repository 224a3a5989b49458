import assert from 'node:assert/strict';
import { test } from 'node:test';

import { listEntries, logEntry } from '../src/entries.js';

test('an entry adds its client once', () => {
  const data = { clients: [], entries: [] };
  logEntry(data, { client: 'acme', hours: 2, note: 'Landing page' });
  logEntry(data, { client: 'acme', hours: 1, note: 'Fixes' });
  assert.deepEqual(data.clients, [{ name: 'acme', rate: 80 }]);
  assert.equal(data.entries.length, 2);
});

test('entries come newest first, ten to a page', () => {
  const data = { clients: [], entries: [] };
  for (let day = 1; day <= 12; day++) {
    logEntry(data, { client: 'acme', hours: 1, date: `2026-03-${String(day).padStart(2, '0')}` });
  }
  const first = listEntries(data, 'acme');
  assert.equal(first.entries.length, 10);
  assert.equal(first.entries[0].date, '2026-03-12');
  assert.equal(first.pages, 2);
  assert.equal(listEntries(data, 'acme', 2).entries.length, 2);
});
