import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createInvoice, formatInvoice } from '../src/invoice.js';

const data = {
  clients: [{ name: 'acme', rate: 80 }],
  entries: [
    { id: 1, client: 'acme', hours: 2.5, note: 'Landing page', date: '2026-03-02' },
    { id: 2, client: 'acme', hours: 1, note: 'Fixes', date: '2026-04-01' },
  ],
};

test('an invoice adds up with tax', () => {
  const invoice = createInvoice(data, 'acme');
  assert.equal(invoice.net, 280);
  assert.equal(invoice.total.toFixed(2), '333.20');
});

test('an invoice can be for one month', () => {
  assert.equal(createInvoice(data, 'acme', '2026-04').net, 80);
});

test('an invoice is printed with its lines', () => {
  assert.match(formatInvoice(createInvoice(data, 'acme')), /Landing page .* 200\.00/);
});
