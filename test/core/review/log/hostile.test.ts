import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scanLog } from '../../../../src/core/review/log/index.ts';
import { proportionate } from '../../../helpers/proportionate.ts';

const MANY = 300_000;
const entry = '** TODO [[file:a]]\n';

/** Each is long enough that a reader with a loop in a loop would need minutes for. */
const table: [name: string, text: (many: number) => string, entries: (many: number) => number][] = [
  ['stars', (many) => `${'*'.repeat(many)}\n${'*\n'.repeat(many)}`, () => 0],
  ['settings on one line', (many) => '#+'.repeat(many), () => 0],
  ['blocks never closed', (many) => '#+begin_src\n#+TODO: A | B\n'.repeat(many / 20), () => 0],
  ['a block never closed, before a section', (many) => `#+begin_src\n${'#+TODO: A | B\n'.repeat(many / 5)}* x\n#+end_src\n`, () => 0],
  ['open links', (many) => `** TODO ${'[['.repeat(many / 10)}\n`, () => 0],
  ['links without an end', (many) => `** TODO ${'[[file:a]['.repeat(many / 10)}\n`, () => 1],
  ['links to elsewhere', (many) => `** TODO ${'[[id:a]['.repeat(many / 10)}]]\n`, () => 0],
  ['backslashes', (many) => `** TODO [[file:${'\\'.repeat(many)}\n`, () => 0],
  ['a long body', (many) => entry + '   line\n'.repeat(many / 5), () => 1],
  ['replies', (many) => entry + '- [2026-01-01] a: b\n'.repeat(many / 20), () => 1],
  ['half a reply', (many) => `${entry}- [2026-01-01] ${'a:'.repeat(many)}`, () => 1],
  ['blank lines', (many) => entry + '\n'.repeat(many), () => 1],
  ['drawers never closed', (many) => entry + ':LOGBOOK:\n'.repeat(many / 10), () => 1],
  ['log items', (many) => entry + '- State "A" from "B"\n  note\n'.repeat(many / 20), () => 1],
  ['properties', (many) => `${entry}:PROPERTIES:\n${':a: b\n'.repeat(many / 10)}`, () => 1],
  ['tags', (many) => `** TODO [[file:a]] ${':a'.repeat(many / 10)}\n`, () => 1],
  ['twins', (many) => entry.repeat(many / 50), (many) => many / 50],
  ['bytes', (many) => Array.from({ length: many }, (_, i) => String.fromCharCode((i * 7919) % 65536)).join(''), () => 0],
];

for (const [name, text, entries] of table) {
  test(`hostile: ${name}`, { timeout: 120_000 }, () => {
    assert.equal(scanLog(text(MANY)).entries.length, entries(MANY));
    proportionate({ n: MANY, make: text, run: scanLog });
  });
}
