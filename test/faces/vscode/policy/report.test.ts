/** What was verified, as rows and sentences. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Protection, Verification, VerifyRow } from '../../../../src/adapters/node/policy/policy.ts';
import type { Policy, Rule } from '../../../../src/core/policy/index.ts';
import { protectionText, weakest } from '../../../../src/faces/vscode/policy/protectionText.ts';
import { notesOf, rowsOf } from '../../../../src/faces/vscode/policy/report.ts';
import { rowsOfText } from '../../../../src/faces/vscode/policy/rowsOfText.ts';

const source = { scope: 'repository', file: '/repo/.wheelhouse/policy.yaml', line: 4 } as const;
const env: Rule = { kind: 'path', pattern: '.env', access: 'read', effect: 'deny', globs: ['**/.env'], source };
const push: Rule = { kind: 'command', pattern: 'git push', effect: 'ask', words: ['git', 'push'], source: { ...source, line: 9 } };
const row = (change: Partial<VerifyRow> = {}): VerifyRow => ({ rule: env, canary: '/repo/c/.env', tool: 'Read', layers: { engine: 'denied', hook: 'denied', rules: 'denied', sandbox: 'none' }, holds: true, ...change });

test('the tries of a rule are one row with the weakest of each layer', () => {
  const [only, ...others] = rowsOf([row(), row({ tool: 'Edit', holds: false, message: 'It failed.', layers: { engine: 'denied', hook: 'passed', rules: 'absent', sandbox: 'denied' } })]);
  assert.deepEqual(others, []);
  assert.deepEqual(only, {
    rule: 'read.deny .env', effect: 'deny', file: source.file, line: 4, holds: false,
    tries: [{ what: 'Read /repo/c/.env', holds: true }, { what: 'Edit /repo/c/.env', holds: false, message: 'It failed.' }],
    layers: { engine: 'stopped', hook: 'open', rules: 'absent', sandbox: 'stopped' },
  });
});

test('a rule about a command is never said to be sure', () => {
  const [found] = rowsOf([row({ rule: push, tool: 'Bash', canary: 'git push', layers: { engine: 'asked', hook: 'asked', rules: 'asked', sandbox: 'none' } })]);
  assert.deepEqual(found?.layers, { engine: 'unsure', hook: 'unsure', rules: 'unsure', sandbox: 'apart' });
  assert.equal(found.tries[0]?.what, 'Run git push');
});

const sandboxes: readonly { wish: Policy['sandbox']; state: Verification['sandbox']['state']; says: RegExp }[] = [
  { wish: 'off', state: 'works', says: /script.*not stopped.*asks for none/ },
  { wish: 'on', state: 'missing', says: /script.*not stopped.*Install/ },
  { wish: 'required', state: 'missing', says: /Install.*does not start/ },
  { wish: 'on', state: 'works', says: /leave the sandbox with your yes/ },
  { wish: 'required', state: 'works', says: /sandbox alone.*was not tried/ },
];
for (const { wish, state, says } of sandboxes) {
  test(`says what is not guaranteed: sandbox ${wish}, ${state}`, () => {
    const notes = notesOf({ sandbox: { state, message: 'Install it.' } }, { sandbox: wish, rules: [env] } as unknown as Policy, '/repo');
    assert(notes.some((note) => says.test(note)), notes.join('\n'));
    assert(notes.some((note) => /Rules about commands/.test(note)));
  });
}

const at = Date.UTC(2026, 5, 10, 12);
const verified = (holds: boolean, change: Partial<VerifyRow> = {}) => ({ at, rows: [row({ holds, ...change })], protected: holds, sandbox: { state: 'none', message: '' }, notes: [], key: '' }) satisfies Verification;
const states: readonly { protection: Protection; short: RegExp | undefined; claims: boolean }[] = [
  { protection: { state: 'no-policy' }, short: undefined, claims: false },
  { protection: { state: 'unverified' }, short: /not verified/, claims: false },
  { protection: { state: 'stale', verification: verified(true) }, short: /changed/, claims: false },
  { protection: { state: 'failed', verification: verified(false) }, short: /does not hold/, claims: false },
  { protection: { state: 'failed', verification: verified(false, { layers: { engine: 'denied', hook: 'absent', rules: 'absent', sandbox: 'none' } }) }, short: /^Policy not applied$/, claims: false },
  { protection: { state: 'failed', verification: { ...verified(false, { layers: { engine: 'denied', hook: 'absent', rules: 'absent', sandbox: 'none' } }), notes: ['No hook runs.'] } }, short: /does not hold/, claims: false },
  { protection: { state: 'protected', verification: verified(true) }, short: /^Protected · 3 m$/, claims: true },
];
for (const { protection, short, claims } of states) {
  test(`${protection.state}: ${claims ? 'claims' : 'does not claim'} to be protected`, () => {
    const text = protectionText(protection, at + 3 * 60_000 + 1);
    if (short === undefined) assert.equal(text, undefined);
    else assert.match(text?.short ?? '', short);
    assert.equal(/^Protected/.test(text?.short ?? '') || /^Protected/.test(text?.long ?? ''), claims);
  });
}

test('a long note is rows that a list does not cut off', () => {
  const note = `"disableAllHooks" is set in /home/somebody/${'deep/'.repeat(20)}settings.json: no hook runs. Remove it there.`;
  assert.deepEqual([rowsOfText(note).join(' '), rowsOfText('short')], [note, ['short']]);
  assert(rowsOfText(note).every((row) => row.length <= 66 || !row.includes(' ')));
});

test('of several folders the least protected counts', () => {
  const all = states.map(({ protection }) => protection);
  assert.equal(weakest(all)?.state, 'failed');
  assert.equal(weakest(all.filter(({ state }) => state !== 'failed'))?.state, 'stale');
  assert.equal(weakest([]), undefined);
});
