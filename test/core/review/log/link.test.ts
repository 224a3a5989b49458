import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describe, findFileLink, formatLink } from '../../../../src/core/review/log/link.ts';
import type { Target } from '../../../../src/core/review/log/index.ts';

/** The readings that Emacs has (the witness test compares them), and those where we read more. */
const readings: [link: string, target: Target | undefined][] = [
  ['[[file:a.py::127]]', { path: 'a.py', line: 127 }],
  ['[[file:~/p/a b.py::127][a b.py:127]]', { path: '~/p/a b.py', line: 127 }],
  ['[[file: a .py::3]]', { path: ' a .py', line: 3 }],
  ['[[file:a%20b]]', { path: 'a%20b' }],
  ['[[FILE:a]]', { path: 'a' }],
  ['[[file+emacs:a::3]]', { path: 'a', line: 3 }],
  ['[[file:///x/y::3]]', { path: '/x/y', line: 3 }],
  ['[[file://h/y::3]]', { path: '//h/y', line: 3 }],
  ['[[./a::3]]', { path: './a', line: 3 }],
  ['[[../a]]', { path: '../a' }],
  ['[[/a]]', { path: '/a' }],
  ['[[~/a]]', { path: '~/a' }],
  ['[[C:/a::3]]', { path: 'C:/a', line: 3 }],
  ['[[file:C:\\a\\b.py::3]]', { path: 'C:\\a\\b.py', line: 3 }],
  ['[[file:a\\[1\\].py::3]]', { path: 'a[1].py', line: 3 }],
  ['[[file:a\\\\\\]b\\\\.py::3]]', { path: 'a\\]b\\\\.py', line: 3 }],
  ['[[file:a\\\\]]', { path: 'a\\' }],
  ['[[file:weird::name.py::9]]', { path: 'weird' }],
  ['[[file:a::*Heading]]', { path: 'a' }],
  ['[[file:a::0]]', { path: 'a' }],
  ['[[file:a::L12]]', { path: 'a', line: 12 }],
  ['[[file:a::3:7]]', { path: 'a', line: 3 }],
  ['[[file:a::10-20]]', { path: 'a', line: 10, endLine: 20 }],
  ['[[file:a::20-10]]', { path: 'a', line: 20 }],
  ['[[https://x.org]] then [[file:a]]', { path: 'a' }],
  ['[[file:]]', undefined],
  ['[[file:a]', { path: 'a' }],
  ['[[file:a::3][x]', { path: 'a', line: 3 }],
  ['see file:src/a.py::12, please', { path: 'src/a.py', line: 12 }],
  ['<file:a b.py::12>', { path: 'a b.py', line: 12 }],
  ['profile:a', undefined],
  ['file: a', undefined],
  ['[[a/b.py]]', undefined],
  ['[[id:1234]]', undefined],
  ['[[[file:a]]', { path: 'a' }],
];

for (const [link, target] of readings) {
  test(`reads ${link}`, () => {
    assert.deepEqual(findFileLink(link, 0, link.length)?.target, target);
  });
}

const printed: [target: Target, link: string][] = [
  [{ path: '~/repos/memento/src/cli.py', line: 127 }, '[[file:~/repos/memento/src/cli.py::127][cli.py:127]]'],
  [{ path: 'a.py' }, '[[file:a.py][a.py]]'],
  [{ path: 'C:\\src\\x y.ts', line: 1 }, '[[file:C:\\src\\x y.ts::1][x y.ts:1]]'],
  [{ path: 'src/[id].tsx', line: 2 }, '[[file:src/\\[id\\].tsx::2][[id].tsx:2]]'],
  [{ path: 'a]]b]' }, '[[file:a\\]\\]b\\]][a]​]b]​]]'],
  [{ path: 'a\\' }, '[[file:a\\\\][a\\]]'],
  [{ path: '日本/ñ 🎉.md', line: 3 }, '[[file:日本/ñ 🎉.md::3][ñ 🎉.md:3]]'],
  [{ path: 'p/weird::x.py', line: 3 }, '[[file:p/][weird::x.py:3]]'],
  [{ path: 'weird::d/x.py', line: 3 }, '[[file:./][x.py:3]]'],
  [{ path: '/a/b:', line: 3 }, '[[file:/a/][b::3]]'],
  [{ path: 'new\nline' }, '[[file:./][new line]]'],
];

for (const [target, link] of printed) {
  test(`prints ${JSON.stringify(target.path)}`, () => {
    assert.equal(formatLink(target).link, link);
  });
}

test('a description names the file, of POSIX and Windows paths', () => {
  assert.deepEqual(['/a/b', 'a\\b', 'C:\\a\\b', '\\\\h\\s\\b', 'dir/', '/'].map((path) => describe({ path, line: 1 })), ['b:1', 'a\\b:1', 'b:1', 'b:1', 'dir:1', '/:1']);
});
