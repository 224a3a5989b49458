import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scanLog } from '../../../../src/core/review/log/index.ts';

const many = 300_000;
const entry = '** TODO [[file:a]]\n';

/** Each is long enough that a reader with a loop in a loop would need minutes for. */
const table: [name: string, text: string, entries: number][] = [
  ['stars', `${'*'.repeat(many)}\n${'*\n'.repeat(many)}`, 0],
  ['settings on one line', '#+'.repeat(many), 0],
  ['blocks never closed', '#+begin_src\n#+TODO: A | B\n'.repeat(many / 20), 0],
  ['a block never closed, before a section', `#+begin_src\n${'#+TODO: A | B\n'.repeat(many / 5)}* x\n#+end_src\n`, 0],
  ['open links', `** TODO ${'[['.repeat(many / 10)}\n`, 0],
  ['links without an end', `** TODO ${'[[file:a]['.repeat(many / 10)}\n`, 1],
  ['links to elsewhere', `** TODO ${'[[id:a]['.repeat(many / 10)}]]\n`, 0],
  ['backslashes', `** TODO [[file:${'\\'.repeat(many)}\n`, 0],
  ['a long body', entry + '   line\n'.repeat(many / 5), 1],
  ['replies', entry + '- [2026-01-01] a: b\n'.repeat(many / 20), 1],
  ['half a reply', `${entry}- [2026-01-01] ${'a:'.repeat(many)}`, 1],
  ['blank lines', entry + '\n'.repeat(many), 1],
  ['drawers never closed', entry + ':LOGBOOK:\n'.repeat(many / 10), 1],
  ['log items', entry + '- State "A" from "B"\n  note\n'.repeat(many / 20), 1],
  ['properties', `${entry}:PROPERTIES:\n${':a: b\n'.repeat(many / 10)}`, 1],
  ['tags', `** TODO [[file:a]] ${':a'.repeat(many / 10)}\n`, 1],
  ['twins', entry.repeat(many / 50), many / 50],
  ['bytes', Array.from({ length: many }, (_, i) => String.fromCharCode((i * 7919) % 65536)).join(''), 0],
];

for (const [name, text, entries] of table) {
  test(`hostile: ${name}`, { timeout: 5000 }, () => {
    const start = performance.now();
    assert.equal(scanLog(text).entries.length, entries);
    // Tens of milliseconds on a quiet machine; the limit only has to catch a quadratic reader.
    assert.ok(performance.now() - start < 2000, `${Math.round(performance.now() - start)} ms`);
  });
}
