import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boundedOutput, withoutEscapes } from '../../../../src/faces/vscode/smoke/boundedOutput.ts';

test('output ends at the limit, and that is said once', () => {
  const shown: string[] = [];
  const append = boundedOutput((text) => shown.push(text), 10);
  for (const text of ['12345', '67890abc', 'more', 'and more']) append(text);
  assert.deepEqual(shown, ['12345', '67890', '\n[… further output left out …]\n']);
});

test('terminal escapes and redrawn lines become plain text', () => {
  assert.equal(withoutEscapes('\u001b[32mok\u001b[0m 1\r2\r\n\u001b]0;title\u0007end'), 'ok 1\n2\r\nend');
});
