// What an agent may write to hold up the hook: whoever is late is not asked. Each takes minutes, or all memory, where it is tried in every way.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matches } from '../../../src/core/policy/glob.ts';
import { readScript } from '../../../src/core/policy/shell/touches.ts';
import { wildly } from '../../../src/core/policy/shell/options.ts';
import { proportionate } from '../../helpers/proportionate.ts';

test('a pattern with many stars, and a name that nearly fits', { timeout: 20_000 }, () => {
  const [stars, name] = ['*a'.repeat(12), 'a'.repeat(200)];
  assert.deepEqual([matches(`**/${stars}*b*`, `/w/b${name}`, true), matches(`**/${stars}*b`, `/w/${name}b`, true)], [false, true]);
  assert.deepEqual([wildly(`${stars}*b`, name), wildly(`${stars}*b`, `${name}b`)], [false, true]);
});

const scripts: readonly [name: string, script: (n: number) => string][] = [
  ['pipes', (n) => 'a|'.repeat(n)],
  ['pipes in a word', (n) => `cat "$(${'a|'.repeat(n)}b)"`],
  ['commands in a word', (n) => `cat "$(${'a;'.repeat(n)})"`],
  ['variables', (n) => Array.from({ length: n }, (_, at) => `v${at}=1;x;`).join('')],
  ['words of a program that writes', (n) => `python3 -c "${'write'.repeat(n)}"`],
  ['words of a program that prints', (n) => `python3 -c "${'print '.repeat(n)}"`],
];
for (const [name, script] of scripts) {
  test(`a script of nothing but ${name}`, { timeout: 60_000 }, () => proportionate({ n: 12_000, make: script, run: (text) => readScript(text, '/w', '/h') }));
}
