// Names, titles and paths of panes are other people's: none of them may break the reading of the others.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { paneFormat, parsePanes } from '../../../src/adapters/node/sessions/tmux-panes.ts';
import { ancestorAmong } from '../../../src/adapters/node/sessions/tmux-processes.ts';
import { statusLines } from '../../../src/adapters/node/sessions/tmux-window-option.ts';

const separator = '|ab3d5f7h2j4k|';

interface Row { id: number; attached: number; session: string; window: string; title: string; path: string }

function printed(rows: readonly Row[]): string {
  return rows.map(({ id, attached, session, window, title, path }) =>
    ['/tmp/s', `%${id}`, '100', '$0', session, attached, '@1', '2', window, '1', '0', '1700000000', '0', 'zsh', title, path, '\n'].join(separator)).join('');
}

const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom('', ' ', "'", '"', '\n', '\t', 'a\nb', '💬', '\x1f', '#{pane_id}', '|', '%0', '\\n'));

test('any text in names, titles and paths comes back as it was', () => {
  fc.assert(fc.property(fc.uniqueArray(fc.record({ id: fc.nat(99), attached: fc.nat(2), session: text, window: text, title: text, path: text }, { noNullPrototype: true }), { selector: ({ id }) => id }), (rows) => {
    const panes = parsePanes(printed(rows), separator);
    assert.deepEqual(panes.map(({ id, attached, session, window, title, path }) => ({ id: Number(id.slice(1)), attached, session, window, title, path })), rows);
  }), { seed: 3, numRuns: 300 });
});

test('an answer that breaks off gives the panes that are whole', () => {
  const rows = [1, 2, 3].map((id) => ({ id, attached: 0, session: 'a\nb', window: 'w', title: 't', path: '/p' }));
  const whole = printed(rows);
  fc.assert(fc.property(fc.nat(whole.length), (length) => {
    const panes = parsePanes(whole.slice(0, length), separator);
    assert.deepEqual(panes, parsePanes(whole, separator).slice(0, panes.length));
  }), { seed: 3 });
});

test('a pane that several sessions share comes once, in the one that is on a screen', () => {
  const row = { id: 4, window: 'w', title: 't', path: '/p' };
  const panes = parsePanes(printed([{ ...row, attached: 0, session: 'one' }, { ...row, attached: 1, session: 'two' }, { ...row, attached: 0, session: 'three' }]), separator);
  assert.deepEqual(panes.map(({ id, session }) => [id, session]), [['%4', 'two']]);
});

test('nothing comes of nothing', () => {
  for (const output of ['', '\n', 'no server running on /tmp/s', paneFormat(separator)]) assert.deepEqual(parsePanes(output, separator), []);
});

test('a process is joined to the nearest pane above it, and circles end', () => {
  const table = new Map([[2, 1], [3, 2], [4, 3], [8, 9], [9, 8]].map(([pid = 0, parent = 0]) => [pid, { pid, parent, foreground: -1 }]));
  assert.equal(ancestorAmong(table, 4, new Set([2])), 2);
  assert.equal(ancestorAmong(table, 4, new Set([2, 3])), 3);
  assert.equal(ancestorAmong(table, 2, new Set([2])), 2);
  assert.equal(ancestorAmong(table, 4, new Set([5])), undefined);
  assert.equal(ancestorAmong(table, 8, new Set([5])), undefined);
});

test('the lines for .tmux.conf show the option only where there is one', () => {
  for (const line of statusLines()) assert.match(line, /^set -g window-status-(current-)?format '#I:#\{\?@wheelhouse,#\{@wheelhouse\} ,\}#W#F'$/);
});
