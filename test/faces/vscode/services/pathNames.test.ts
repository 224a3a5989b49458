import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isIn, PathNames } from '../../../../src/faces/vscode/services/pathNames.ts';

test('files of a folder that was opened by a link have two names', () => {
  const names = new PathNames();
  names.add('/home/me/link', '/data/project');
  names.add('/same', '/same');
  const pairs: [opened: string, real: string][] = [
    ['/home/me/link/src/a.ts', '/data/project/src/a.ts'],
    ['/home/me/link', '/data/project'],
    ['/home/me/link-2/a.ts', '/home/me/link-2/a.ts'],
    ['/same/a.ts', '/same/a.ts'],
  ];
  for (const [opened, real] of pairs) assert.deepEqual([names.toReal(opened), names.toOpened(real)], [real, opened]);
});

test('a folder holds what is below it, and not its namesakes', () => {
  assert.deepEqual(['/a', '/a/b', '/ab', '/'].map((path) => isIn('/a', path)), [true, true, false, false]);
  assert.ok(isIn('/', '/a'));
});
