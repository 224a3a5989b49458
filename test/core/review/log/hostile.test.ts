import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scanLog } from '../../../../src/core/review/log/index.ts';

const mega = 1_000_000;
const entry = '** TODO [[file:a]]\n';

/** Each is some megabytes that a reader with a loop in a loop would need minutes for. */
const table: [name: string, text: string, entries: number][] = [
  ['stars', `${'*'.repeat(mega)}\n${'*\n'.repeat(mega)}`, 0],
  ['settings on one line', '#+'.repeat(mega), 0],
  ['blocks never closed', '#+begin_src\n#+TODO: A | B\n'.repeat(mega / 20), 0],
  ['open links', `** TODO ${'[['.repeat(mega / 10)}\n`, 0],
  ['links without an end', `** TODO ${'[[file:a]['.repeat(mega / 10)}\n`, 0],
  ['links to elsewhere', `** TODO ${'[[id:a]['.repeat(mega / 10)}]]\n`, 0],
  ['backslashes', `** TODO [[file:${'\\'.repeat(mega)}\n`, 0],
  ['a long body', entry + '   line\n'.repeat(mega / 5), 1],
  ['replies', entry + '- [2026-01-01] a: b\n'.repeat(mega / 20), 1],
  ['half a reply', `${entry}- [2026-01-01] ${'a:'.repeat(mega)}`, 1],
  ['blank lines', entry + '\n'.repeat(mega), 1],
  ['drawers never closed', entry + ':LOGBOOK:\n'.repeat(mega / 10), 1],
  ['log items', entry + '- State "A" from "B"\n  note\n'.repeat(mega / 20), 1],
  ['properties', `${entry}:PROPERTIES:\n${':a: b\n'.repeat(mega / 10)}`, 1],
  ['tags', `** TODO [[file:a]] ${':a'.repeat(mega / 10)}\n`, 1],
  ['twins', entry.repeat(mega / 50), mega / 50],
  ['bytes', Array.from({ length: mega }, (_, i) => String.fromCharCode((i * 7919) % 65536)).join(''), 0],
];

for (const [name, text, entries] of table) {
  test(`hostile: ${name}`, { timeout: 5000 }, () => {
    const start = performance.now();
    assert.equal(scanLog(text).entries.length, entries);
    // Tens of milliseconds on a quiet machine; the limit only has to catch a quadratic reader.
    assert.ok(performance.now() - start < 2000, `${Math.round(performance.now() - start)} ms`);
  });
}
