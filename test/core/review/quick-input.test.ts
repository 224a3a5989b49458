import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseQuickInput, type Severity } from '../../../src/core/review/index.ts';

const cases: [input: string, text: string, severity: Severity, tags: string[]][] = [
  ['too generic', 'too generic', 'should', []],
  ['! loses data', 'loses data', 'must', []],
  ['!loses data', 'loses data', 'must', []],
  ['? why twice', 'why twice', 'question', []],
  ['~ name', 'name', 'nit', []],
  ['  !  spaced   out ', 'spaced   out', 'must', []],
  ['!', '!', 'should', []],
  ['why?', 'why?', 'should', []],
  ['!!important', '!important', 'must', []],
  ['slow #perf here', 'slow here', 'should', ['perf']],
  ['#perf slow', 'slow', 'should', ['perf']],
  ['! slow #perf #api', 'slow', 'must', ['perf', 'api']],
  ['twice #a #a', 'twice', 'should', ['a']],
  ['issue #12 and a # alone', 'issue #12 and a # alone', 'should', []],
  ['C# and a#b stay', 'C# and a#b stay', 'should', []],
  ['überall #größe', 'überall', 'should', ['größe']],
  ['first\n#tag\nsecond', 'first\nsecond', 'should', ['tag']],
  ['* looks like a heading', '* looks like a heading', 'should', []],
];
for (const [input, text, severity, tags] of cases) {
  test(`one line: ${JSON.stringify(input)}`, () => assert.deepEqual(parseQuickInput(input), { text, severity, tags }));
}
