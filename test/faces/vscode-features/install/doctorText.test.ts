import assert from 'node:assert/strict';
import { test } from 'node:test';
import { doctorMarkdown } from '../../../../src/faces/vscode/install/doctorText.ts';

test('the page of the doctor begins with what is wrong', () => {
  const page = doctorMarkdown(
    [
      { level: 'ok', check: 'git', message: 'git version 2.43' },
      { level: 'warn', check: 'hook', message: 'not | there', fix: 'Install it.' },
      { level: 'fail', check: 'log', message: '<b>gone</b>' },
    ],
    '0.1.0',
  );
  assert.match(page, /^# Wheelhouse Doctor\n\n1 thing does not work\.\n\n### ✗ log\n\n\\<b\\>gone\\<\\\/b\\>\n\n### ! hook\n\nnot \\\| there\n\n\*\*What to do:\*\* Install it\\\.\n/);
  assert.match(page, /^\| ✓ \| git \| git version 2\\\.43 \|$/m);
  assert.match(doctorMarkdown([{ level: 'ok', check: 'a', message: 'b' }], '1'), /Everything is in order\./);
});
