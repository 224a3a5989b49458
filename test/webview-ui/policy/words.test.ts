import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LayerResult, PolicyReport, PolicyRow } from '../../../src/protocol/policy.ts';
import { ago, cell, headline, place, sorted } from '../../../webview-ui/policy/words.ts';

const row = (change: Partial<PolicyRow> = {}): PolicyRow => ({ rule: 'read.deny .env', effect: 'deny', file: '/r/.wheelhouse/policy.yaml', line: 14, tries: [], layers: { engine: 'stopped', hook: 'stopped', rules: 'set', sandbox: 'apart' }, holds: true, ...change });
const report = (change: Partial<PolicyReport>): PolicyReport => ({ folder: 'r', state: 'protected', at: 0, running: undefined, rows: [row()], obstacles: [], notes: [], applied: true, problem: undefined, ...change });

const lines: readonly { name: string; report: Partial<PolicyReport>; title: string; text: RegExp }[] = [
  { name: 'none', report: { state: 'no-policy', rows: [] }, title: 'There is no policy', text: /Set one up/ },
  { name: 'unverified', report: { state: 'unverified', rows: [], at: undefined }, title: 'Not verified', text: /nothing proves/ },
  { name: 'never applied', report: { state: 'unverified', rows: [], at: undefined, applied: false }, title: 'Not applied', text: /Apply it, then verify/ },
  { name: 'protected', report: {}, title: 'Protected', text: /All 1 rules were tried.*3 m ago/ },
  { name: 'stale', report: { state: 'stale' }, title: 'Changed since verified', text: /3 m ago/ },
  { name: 'failed', report: { state: 'failed', rows: [row(), row({ holds: false })] }, title: 'Not protected', text: /1 of 2 rules does not hold/ },
  { name: 'failed by an obstacle', report: { state: 'failed' }, title: 'Not protected', text: /in the way/ },
  { name: 'failed by the company', report: { state: 'failed', rows: [row({ holds: false })], obstacles: ['No hook runs.'] }, title: 'Not protected', text: /1 of 1 rules does not hold\. Something stands in the way/ },
  { name: 'not applied', report: { state: 'failed', applied: false }, title: 'Not applied', text: /stops nobody/ },
  { name: 'running hides what was', report: { running: { done: 1, of: 2 } }, title: 'Verifying…', text: /canary/ },
];
for (const { name, report: change, title, text } of lines) {
  test(`headline: ${name}`, () => {
    const said = headline(report(change), 200_000);
    assert.equal(said.title, title);
    assert.match(said.text, text);
  });
}

const cells: readonly [LayerResult, 'hook' | 'sandbox', 'ask' | 'deny', string, string][] = [
  ['stopped', 'hook', 'deny', 'Stopped', 'check'],
  ['stopped', 'hook', 'ask', 'Asks you', 'check'],
  ['open', 'hook', 'deny', 'Let through', 'cross'],
  ['absent', 'hook', 'deny', 'Not there', 'cross'],
  ['absent', 'sandbox', 'deny', 'Not there', 'cross'],
  ['set', 'sandbox', 'deny', 'Set', 'dot'],
  ['unsure', 'hook', 'deny', 'As written', 'half'],
  ['apart', 'sandbox', 'deny', 'None', 'dash'],
];
for (const [result, layer, effect, text, mark] of cells) {
  test(`cell: ${result} by the ${layer} of a rule to ${effect}`, () => {
    const said = cell(row({ effect, layers: { engine: 'stopped', hook: 'stopped', rules: 'stopped', sandbox: 'stopped', [layer]: result } }), layer);
    assert.deepEqual([said.text, said.mark], [text, mark]);
  });
}

test('what does not hold comes first, the rest as it was', () => {
  const rows = [row({ line: 1 }), row({ line: 2, holds: false }), row({ line: 3 })];
  assert.deepEqual(sorted(rows).map(({ line }) => line), [2, 1, 3]);
});

test('places and ages', () => {
  assert.deepEqual([place(row()), place(row({ file: '' })), place(row({ file: 'C:\\r\\policy.yaml' }))], ['policy.yaml:14', 'built in', 'policy.yaml:14']);
  assert.deepEqual([0, 61_000, 3 * 3_600_000].map((age) => ago(0, age)), ['just now', '1 m ago', '3 h ago']);
});
